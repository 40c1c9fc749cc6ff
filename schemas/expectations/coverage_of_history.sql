-- One row a level of units: units whose history readers can follow now still have one, or were made by a change that was
-- withdrawn or corrected since.
SELECT
    before.unit_level AS subject,
    count(DISTINCT before.unit_id) AS previous,
    count(DISTINCT after.unit_id) AS current
FROM published.marts.unit_history AS before
LEFT JOIN marts.unit_history AS after USING (unit_id)
WHERE NOT EXISTS (
    FROM published.marts.unit_changes AS change
    WHERE change.successor_id = before.unit_id
        AND NOT EXISTS (
            FROM marts.unit_changes AS known
            WHERE known.successor_id = change.successor_id AND known.effective_on = change.effective_on
        )
)
GROUP BY before.unit_level
ORDER BY subject
