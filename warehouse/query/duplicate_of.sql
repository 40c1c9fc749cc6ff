-- The submission of the same district with the same bytes. A file refused for its period may come again unchanged,
-- once its time has come or an exception is recorded, and is judged anew.
SELECT submission_id
FROM ledger.submission
WHERE
    sha256 = $1
    AND district_code = $2
    AND verdict <> 'duplicate'
    AND NOT (
        verdict = 'rejected'
        AND submission_id IN (SELECT submission_id FROM ledger.finding WHERE fault = 'bad_period')
    )
ORDER BY received_at
LIMIT 1
