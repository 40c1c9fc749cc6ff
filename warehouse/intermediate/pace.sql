-- Units fewer a period, as each scenario would have reckoned it at each period. Two changes, so three periods,
-- are the least that can be called a pace.
SELECT
    now.unit_level,
    scenario.scenario,
    now.position,
    now.remaining,
    (earlier.remaining - now.remaining) / nullif(now.position - earlier.position, 0)::DOUBLE AS pace
FROM intermediate.remaining_by_level AS now
CROSS JOIN (VALUES ('recent_pace', 3), ('average_pace', NULL)) AS scenario (scenario, looks_back)
JOIN intermediate.remaining_by_level AS earlier
    ON earlier.unit_level = now.unit_level
    AND earlier.position = greatest(now.position - coalesce(scenario.looks_back, now.position), 0)
WHERE now.position >= 2
