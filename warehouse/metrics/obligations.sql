-- Obligations of every period by state: on_time, late, rejected, missing, exempt, not_due.
SELECT state, count(*) AS obligations
FROM snapshot.marts.submission_compliance
GROUP BY state
ORDER BY state
