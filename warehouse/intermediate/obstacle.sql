-- How many outstanding units of each district name which obstacle, by the kind of area they lie in.
WITH flagged AS (
    SELECT
        district_code,
        position,
        period,
        coalesce(obstacle_code, 'not_reported') AS obstacle_code,
        unnest(
            CASE
                WHEN obstacle_code IS NULL THEN ['not_reported']
                WHEN coalesce(area_flags, '') = '' THEN ['none']
                ELSE list_distinct(string_split(area_flags, ';'))
            END
        ) AS area_flag
    FROM intermediate.backlog
)

SELECT district_code, position, period, obstacle_code, area_flag, count(*) AS units
FROM flagged
GROUP BY ALL
UNION ALL BY NAME
SELECT obstacle.*
FROM settled.obstacle AS obstacle
SEMI JOIN intermediate.settled_period USING (district_code, position)
