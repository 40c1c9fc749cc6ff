-- One row an accepted submission: the sheets of its form (seven of a return, two of a unit change file), each found.
SELECT
    submission.submission_id AS subject,
    submission.district_code,
    submission.period,
    CASE WHEN change.submission_id IS NULL THEN 7 ELSE 2 END AS expected,
    count(DISTINCT sheet.form_sheet) AS actual
FROM ledger.submission AS submission
LEFT JOIN ledger.sheet AS sheet USING (submission_id)
LEFT JOIN core.unit_change_document AS change USING (submission_id)
WHERE submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
GROUP BY ALL
ORDER BY subject
