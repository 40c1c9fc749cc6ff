-- One row a district and period: the reduction is that of the two figures beside it, not rounded before.
SELECT
    period || ' · ' || district_code AS subject,
    period,
    district_code,
    people_before,
    people_now,
    coalesce(round(100.0 * (people_before - people_now) / nullif(people_before, 0), 9), 0) AS expected,
    coalesce(round(reduction_pct, 9), 0) AS actual
FROM marts.staffing
ORDER BY subject
