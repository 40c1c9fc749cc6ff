-- One row a unit that went into others: its people, before the scheme and now, against those handed over.
SELECT
    predecessor_id || ' ' || any_value(predecessor_name) AS subject,
    predecessor_id AS unit_id,
    any_value(predecessor_district_code) AS district_code,
    coalesce(any_value(predecessor_people_before), 0) || ' → ' || coalesce(any_value(predecessor_people_now), 0)
        AS expected,
    coalesce(sum(people_before_handed_over), 0) || ' → ' || coalesce(sum(people_now_handed_over), 0) AS actual
FROM marts.unit_changes
WHERE predecessor_district_code IS NOT NULL
GROUP BY predecessor_id, effective_on
ORDER BY subject
