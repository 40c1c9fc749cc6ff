SELECT
    t.period,
    d.district_code,
    d.district_name,
    d.people_before,
    d.people_now,
    -- not rounded: whoever shows it rounds it once
    100.0 * (d.people_before - d.people_now) / nullif(d.people_before, 0) AS reduction_pct,
    d.communes_unreported + d.villages_unreported AS units_unreported
FROM intermediate.tracked_period AS t
JOIN intermediate.district_state AS d USING (position)
WHERE d.communes_total > 0
ORDER BY t.position, d.district_code
