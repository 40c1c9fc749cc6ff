-- Open periods up to the one from which on every unit is reported and completed: nothing is tracked after that.
WITH city AS (
    SELECT
        position,
        sum(communes_remaining + thon_remaining + tdp_remaining + communes_unreported + villages_unreported) = 0
            AS is_complete
    FROM intermediate.district_state
    GROUP BY position
),

completion AS (
    SELECT min(position) AS position
    FROM city
    WHERE position > (SELECT coalesce(max(position) FILTER (NOT is_complete), -1) FROM city)
)

SELECT
    p.*,
    p.position IS NOT DISTINCT FROM completion.position AS is_complete,
    p.position = max(p.position) OVER () AS is_latest
FROM intermediate.open_period AS p
CROSS JOIN completion
WHERE p.position <= coalesce(completion.position, p.position)
