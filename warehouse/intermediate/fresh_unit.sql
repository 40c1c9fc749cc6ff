-- From which period on each unit is computed: the first in which a district that it ever lies in is.
SELECT lies.unit_id, min(fresh.position) AS position
FROM intermediate.unit_district AS lies
JOIN intermediate.fresh_from AS fresh USING (district_code)
GROUP BY lies.unit_id
