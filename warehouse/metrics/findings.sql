-- Findings that no later return has settled, by fault.
SELECT fault, severity, count(*) AS findings
FROM snapshot.marts.findings
GROUP BY fault, severity
ORDER BY fault, severity
