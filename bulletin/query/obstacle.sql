-- Obstacles of the units outstanding now, most first; a unit counts once here whatever is special where it lies.
WITH unit AS (
    SELECT district_code, obstacle_code FROM remaining_communes
    UNION ALL
    SELECT district_code, obstacle_code FROM remaining_villages
)

SELECT
    coalesce(obstacle_code, 'not_reported') AS obstacle_code,
    count(*) AS units,
    count(DISTINCT district_code) AS districts
FROM unit
GROUP BY ALL
ORDER BY units DESC, obstacle_code
