-- The spells of each unit with the period each begins in; a spell that begins after all periods is not there yet.
WITH placed AS (
    SELECT
        unit_id,
        starts_on,
        known_from,
        CASE
            WHEN known_from IS NULL THEN 0
            ELSE (SELECT min(p.position) FROM core.period AS p WHERE p.ends_on >= spell.starts_on)
        END AS position
    FROM register.spell AS spell
)

SELECT
    *,
    starts_on = min(starts_on) OVER (PARTITION BY unit_id) AS is_first
FROM placed
WHERE position IS NOT NULL
