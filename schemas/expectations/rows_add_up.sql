-- One row a sheet of a file: what the reader counted against what the ledger says became of the rows.
WITH
disposed AS (
    SELECT
        submission_id,
        source_sheet,
        count(*) AS rows_accounted,
        count(*) FILTER (state = 'loaded') AS loaded,
        count(*) FILTER (state = 'quarantined') AS quarantined,
        count(*) FILTER (state = 'duplicate') AS duplicate,
        count(*) FILTER (state = 'layout') AS layout
    FROM ledger.source_row
    GROUP BY ALL
)

SELECT
    submission_id || ' · ' || source_sheet AS subject,
    submission_id,
    source_sheet AS sheet,
    coalesce(sheet.rows_in_file, 0) AS expected,
    coalesce(disposed.rows_accounted, 0) AS actual,
    coalesce(disposed.loaded, 0) AS loaded,
    coalesce(disposed.quarantined, 0) AS quarantined,
    coalesce(disposed.duplicate, 0) AS duplicate,
    coalesce(disposed.layout, 0) AS layout
FROM ledger.sheet AS sheet
FULL JOIN disposed USING (submission_id, source_sheet)
ORDER BY subject
