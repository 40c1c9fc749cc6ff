-- Which expectations of the gate may fail, as of the candidate's own moment; the earliest grant first.
SELECT exception_id, expectation, district_code, unit_id, reason, granted_by, expires_at
FROM marts.exceptions
WHERE kind = 'waiver' AND state = 'in_force'
