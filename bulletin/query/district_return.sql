-- The return that counts for each district and period: what its people, posts, petitions and activities are from.
SELECT d.district_code, d.district_name, s.period, s.submission_id, s.seq, s.received_at, s.verdict, s.sha256
FROM submissions AS s
JOIN districts AS d USING (district_code)
WHERE s.is_effective
ORDER BY d.district_code, s.period DESC
