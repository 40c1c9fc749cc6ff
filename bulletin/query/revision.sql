-- Returns sent again and accepted: from them on their period's figures may differ from those published before.
SELECT s.period, d.short_name, s.seq, s.received_at, s.submission_id
FROM submissions AS s
JOIN districts AS d USING (district_code)
WHERE s.seq > 1 AND s.verdict <> 'rejected'
ORDER BY s.received_at DESC, s.submission_id
