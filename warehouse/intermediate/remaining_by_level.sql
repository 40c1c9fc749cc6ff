-- The series the forecast works on: units remaining and unreported, communes and villages apart, by period.
SELECT
    level.unit_level,
    t.position,
    t.period,
    t.ends_on,
    t.is_latest,
    sum(CASE level.unit_level WHEN 'commune' THEN d.communes_remaining ELSE d.thon_remaining + d.tdp_remaining END)
        ::BIGINT AS remaining,
    -- of a commune that never reported nobody knows the villages: they are as unreported as it is
    sum(d.communes_unreported + CASE level.unit_level WHEN 'commune' THEN 0 ELSE d.villages_unreported END)
        ::BIGINT AS unreported
FROM intermediate.tracked_period AS t
JOIN intermediate.district_state AS d USING (position)
CROSS JOIN (VALUES ('commune'), ('village')) AS level (unit_level)
GROUP BY ALL
