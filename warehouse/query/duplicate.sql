-- Of the arrivals with the ids $1, hashes $2 and districts $3, those whose bytes the same district sent before, and in
-- which submission. A file refused for its period may come again unchanged, once its time has come or an exception is
-- recorded, and is judged anew.
SELECT arrival.submission_id, arg_min(earlier.submission_id, (earlier.received_at, earlier.submission_id))
FROM (SELECT unnest($1) AS submission_id, unnest($2) AS sha256, unnest($3) AS district_code) AS arrival
JOIN ledger.submission AS earlier
    ON
        earlier.sha256 = arrival.sha256
        AND earlier.district_code = arrival.district_code
        AND earlier.verdict <> 'duplicate'
        AND NOT (
            earlier.verdict = 'rejected'
            AND earlier.submission_id IN (SELECT submission_id FROM ledger.finding WHERE fault = 'bad_period')
        )
GROUP BY arrival.submission_id
