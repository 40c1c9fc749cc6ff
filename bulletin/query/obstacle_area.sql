-- Obstacles by what is special where the units lie, in the latest period.
SELECT obstacle_code, area_flag, units
FROM obstacles
JOIN release ON release.latest_period = obstacles.period
