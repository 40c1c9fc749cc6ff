-- The spells of a unit: a new one begins whenever it takes over another unit. What was reported of a unit before
-- says nothing of what it has taken over since.
SELECT DISTINCT successor_id AS unit_id, effective_on AS starts_on, true AS takes_over
FROM register.succession
UNION ALL
SELECT unit_id, valid_from, false
FROM register.commune AS commune
WHERE NOT EXISTS (
    FROM register.succession AS born
    WHERE born.successor_id = commune.unit_id AND born.effective_on = commune.valid_from
)
UNION ALL
SELECT village_id, min(valid_from), false
FROM register.village AS village
GROUP BY village_id
HAVING NOT EXISTS (
    FROM register.succession AS born
    WHERE born.successor_id = village.village_id AND born.effective_on = min(village.valid_from)
)
