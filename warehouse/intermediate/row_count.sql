-- What became of the rows of each submission, by sheet of the form; one that holds no row has one line without a sheet.
WITH counted AS (
    SELECT
        source.submission_id,
        sheet.form_sheet,
        count(*) FILTER (source.state = 'loaded') AS rows_loaded,
        count(*) FILTER (source.state = 'quarantined') AS rows_quarantined
    FROM ledger.source_row AS source
    SEMI JOIN (FROM intermediate.submission ANTI JOIN settled.row_count USING (submission_id)) USING (submission_id)
    LEFT JOIN ledger.sheet AS sheet USING (submission_id, source_sheet)
    GROUP BY ALL
)

SELECT
    submission.submission_id,
    counted.form_sheet,
    coalesce(counted.rows_loaded, 0) AS rows_loaded,
    coalesce(counted.rows_quarantined, 0) AS rows_quarantined
FROM intermediate.submission AS submission
ANTI JOIN settled.row_count USING (submission_id)
LEFT JOIN counted USING (submission_id)
UNION ALL BY NAME
SELECT row_count.*
FROM settled.row_count AS row_count
SEMI JOIN intermediate.submission USING (submission_id)
