-- How many outstanding units of each district promised which day, and by how many days the one that slipped most had
-- slipped by then.
SELECT
    district_code,
    position,
    CASE unit_level WHEN 'commune' THEN 'commune' ELSE 'village' END AS unit_level,
    due_on,
    count(*) AS units,
    max(date_diff('day', first_due_on, due_on)) AS days_slipped
FROM intermediate.backlog
GROUP BY ALL
UNION ALL BY NAME
SELECT due_date.*
FROM settled.due_date AS due_date
SEMI JOIN intermediate.settled_period USING (district_code, position)
