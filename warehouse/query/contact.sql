-- The address each district gave last. A file of another district in its folder says nothing of its address.
SELECT district_code, arg_max(contact_email, received_at) AS email
FROM ledger.submission AS submission
WHERE
    contact_email IS NOT NULL
    AND received_at <= getvariable('known_at')
    AND NOT EXISTS (
        FROM ledger.finding AS finding
        WHERE finding.submission_id = submission.submission_id AND finding.fault = 'wrong_district'
    )
GROUP BY district_code
