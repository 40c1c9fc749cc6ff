-- Files taken in by known_at, the same bytes sent again left out; of what arrived after as_of only what speaks of
-- periods up to `through`. A period that had not begun when the
-- file came cannot be meant: it counts as unreadable.
SELECT
    s.submission_id,
    s.district_code,
    s.received_at,
    s.verdict,
    s.seq,
    s.is_simulated,
    s.has_declared_no_petitions,
    p.period,
    p.position
FROM ledger.submission AS s
LEFT JOIN core.period AS p ON p.period = s.period AND p.starts_on <= s.received_at::DATE
WHERE s.known_at <= getvariable('known_at')
    AND (s.received_at <= getvariable('as_of') OR p.period <= getvariable('through')::VARCHAR)
    AND s.verdict <> 'duplicate'
