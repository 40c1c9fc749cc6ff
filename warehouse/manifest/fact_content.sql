-- What is in the tables of facts now, by submission and table; also of submissions that the ledger does not know.
WITH submission AS (
    SELECT submission_id FROM ledger.submission
    UNION
    SELECT submission_id FROM core.activity_report
    UNION
    SELECT submission_id FROM core.commune_report
    UNION
    SELECT submission_id FROM core.outstanding_report
    UNION
    SELECT submission_id FROM core.petition_report
    UNION
    SELECT submission_id FROM core.post_report
    UNION
    SELECT submission_id FROM core.unit_change
    UNION
    SELECT submission_id FROM core.unit_change_document
    UNION
    SELECT registered_by FROM core.village
    UNION
    SELECT submission_id FROM core.village_report
)

SELECT submission_id, core_table, rows, sha256
FROM fact_content('submission')
ORDER BY submission_id, core_table
