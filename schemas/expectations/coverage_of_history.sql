-- One row a level of units: units whose history readers can follow now still have one.
SELECT
    before.unit_level AS subject,
    count(DISTINCT before.unit_id) AS previous,
    count(DISTINCT after.unit_id) AS current
FROM published.marts.unit_history AS before
LEFT JOIN marts.unit_history AS after USING (unit_id)
GROUP BY before.unit_level
ORDER BY subject
