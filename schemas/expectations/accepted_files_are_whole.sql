-- One row an accepted submission: the form's seven sheets, each found in it.
SELECT
    submission.submission_id AS subject,
    submission.district_code,
    submission.period,
    7 AS expected,
    count(DISTINCT sheet.form_sheet) AS actual
FROM ledger.submission AS submission
LEFT JOIN ledger.sheet AS sheet USING (submission_id)
WHERE submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
GROUP BY ALL
ORDER BY subject
