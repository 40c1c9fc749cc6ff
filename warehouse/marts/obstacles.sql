SELECT
    period,
    obstacle_code,
    area_flag,
    sum(units)::BIGINT AS units,
    count(*) AS districts
FROM intermediate.obstacle
GROUP BY position, period, obstacle_code, area_flag
ORDER BY position, obstacle_code, area_flag
