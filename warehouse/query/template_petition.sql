-- What is open at the start: the last closing. Of a period that has a return already, the rows as they were sent.
WITH last_return AS (
    SELECT submission.submission_id, period.starts_on = getvariable('template_starts_on')::DATE AS is_of_period
    FROM ledger.submission AS submission
    JOIN core.period AS period
        ON period.period = submission.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    WHERE
        submission.district_code = getvariable('template_district')
        AND submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    LIMIT 1
)

SELECT
    report.commune_code,
    report.petition_kind,
    CASE WHEN last_return.is_of_period THEN report.opening ELSE report.closing END AS opening,
    CASE WHEN last_return.is_of_period THEN report.received END AS received,
    CASE WHEN last_return.is_of_period THEN report.resolved END AS resolved,
    CASE WHEN last_return.is_of_period THEN report.closing END AS closing
FROM core.petition_report AS report
JOIN last_return ON last_return.submission_id = report.submission_id
WHERE last_return.is_of_period OR report.closing > 0
ORDER BY report.commune_code, report.petition_kind
