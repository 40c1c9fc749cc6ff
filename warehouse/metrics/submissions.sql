-- The returns shown, one a district and period, by verdict.
SELECT verdict, count(*) AS submissions
FROM snapshot.marts.submission_compliance
WHERE verdict IS NOT NULL
GROUP BY verdict
ORDER BY verdict
