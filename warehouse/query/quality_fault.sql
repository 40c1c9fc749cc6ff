-- Findings so far by fault, the same bytes sent again left out; open are those that the tables to be released list.
SELECT
    f.fault,
    f.severity,
    count(*) AS findings,
    count(DISTINCT f.submission_id) AS submissions,
    count(o.finding_no) AS open
FROM ledger.finding AS f
JOIN ledger.submission AS s USING (submission_id)
LEFT JOIN marts.findings AS o ON o.submission_id = f.submission_id AND o.finding_no = f.finding_no
WHERE s.verdict <> 'duplicate'
GROUP BY f.fault, f.severity
ORDER BY list_position(['fatal', 'row', 'submission', 'warning'], f.severity), findings DESC, f.fault
