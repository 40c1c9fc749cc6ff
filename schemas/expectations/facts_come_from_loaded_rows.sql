-- One row a sheet with facts: its facts against those that stand on a loaded row of an accepted submission.
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

grounded AS (
    SELECT
        fact.*,
        coalesce(
            source_row.state = 'loaded'
            AND submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted'),
            false
        ) AS is_grounded
    FROM fact
    LEFT JOIN ledger.source_row AS source_row USING (submission_id, source_sheet, source_row)
    LEFT JOIN ledger.submission AS submission USING (submission_id)
)

SELECT
    submission_id || ' · ' || source_sheet AS subject,
    submission_id,
    source_sheet AS sheet,
    count(*) AS expected,
    count(*) FILTER (is_grounded) AS actual,
    coalesce(
        string_agg(source_row::VARCHAR, ', ' ORDER BY source_row) FILTER (NOT is_grounded), ''
    ) AS rows_without_ground
FROM grounded
GROUP BY ALL
ORDER BY subject
