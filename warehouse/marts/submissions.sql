SELECT
    s.submission_id,
    s.district_code,
    s.period,
    s.seq,
    s.received_at::TIMESTAMP AS received_at,
    s.verdict,
    coalesce(a.is_effective, false) AS is_effective,
    l.sha256,
    l.size_bytes
FROM intermediate.submission AS s
JOIN ledger.submission AS l USING (submission_id)
LEFT JOIN intermediate.accepted_submission AS a USING (submission_id)
ORDER BY s.received_at, s.submission_id
