WITH flagged AS (
    SELECT
        period,
        position,
        unit_id,
        district_code,
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

SELECT
    period,
    obstacle_code,
    area_flag,
    count(*) AS units,
    count(DISTINCT district_code) AS districts
FROM flagged
GROUP BY position, period, obstacle_code, area_flag
ORDER BY position, obstacle_code, area_flag
