-- The spells of each unit with the period each begins in; a spell that begins after all periods is not there yet.
SELECT *
FROM (
    SELECT
        unit_id,
        starts_on,
        takes_over,
        CASE
            WHEN takes_over
                THEN (SELECT min(p.position) FROM core.period AS p WHERE p.ends_on >= spell.starts_on)
            ELSE 0
        END AS position
    FROM register.spell AS spell
)
WHERE position IS NOT NULL
