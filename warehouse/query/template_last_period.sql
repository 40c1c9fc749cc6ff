-- The last period of which a return of the district was accepted, and when the last of them arrived.
SELECT arg_max(submission.period, period.position) AS period, max(submission.received_at) AS received_at
FROM ledger.submission AS submission
JOIN core.period AS period ON period.period = submission.period
WHERE
    submission.district_code = $1
    AND submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
