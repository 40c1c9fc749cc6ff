-- The names and kinds of each village with the days they hold; a village keeps its id when its name changes.
WITH said AS (
    SELECT village_id, DATE '0001-01-01' AS on_day, village_kind, village_name
    FROM core.village
    WHERE known_at <= getvariable('known_at')
    UNION ALL
    SELECT new_code, effective_on, new_kind, new_name
    FROM register.unit_change
    WHERE unit_level IN ('thon', 'tdp')
    UNION ALL
    SELECT old_code, effective_on, NULL, NULL
    FROM register.unit_change
    WHERE unit_level IN ('thon', 'tdp') AND old_code IS NOT NULL
),

day AS (
    SELECT village_id, on_day, max(village_kind) AS village_kind, max(village_name) AS village_name
    FROM said
    GROUP BY village_id, on_day
),

held AS (
    SELECT
        village_id,
        village_kind,
        village_name,
        on_day AS valid_from,
        lead(on_day) OVER (PARTITION BY village_id ORDER BY on_day) - 1 AS valid_to
    FROM day
)

SELECT * FROM held WHERE village_name IS NOT NULL
