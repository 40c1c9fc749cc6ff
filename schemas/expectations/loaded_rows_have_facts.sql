-- One row a sheet that loaded anything: its loaded rows against those of them with exactly one fact.
WITH
fact AS (
    SELECT submission_id, source_sheet, source_row FROM core.commune_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.village_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.post_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.outstanding_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.petition_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.activity_report
    UNION ALL
    SELECT submission_id, source_sheet, source_row FROM core.unit_change
),

counted AS (
    SELECT submission_id, source_sheet, source_row, count(*) AS facts
    FROM fact
    GROUP BY ALL
)

SELECT
    loaded.submission_id || ' · ' || loaded.source_sheet AS subject,
    loaded.submission_id,
    loaded.source_sheet AS sheet,
    count(*) AS expected,
    count(*) FILTER (counted.facts = 1) AS actual,
    coalesce(
        string_agg(loaded.source_row::VARCHAR, ', ' ORDER BY loaded.source_row)
            FILTER (coalesce(counted.facts, 0) <> 1),
        ''
    ) AS rows_without_one_fact
FROM ledger.source_row AS loaded
JOIN ledger.sheet AS sheet USING (submission_id, source_sheet)
LEFT JOIN counted USING (submission_id, source_sheet, source_row)
WHERE loaded.state = 'loaded' AND sheet.form_sheet NOT IN ('00_ThongTin', '00_PhieuThayDoi')
GROUP BY ALL
ORDER BY subject
