-- Every unit that is outstanding in the latest period, and whether what it promised is overdue at as_of.
SELECT
    backlog.*,
    backlog.due_on < getvariable('as_of')::DATE AS is_overdue
FROM (
    FROM intermediate.backlog
    UNION ALL BY NAME
    SELECT backlog.*
    FROM settled.backlog AS backlog
    SEMI JOIN intermediate.settled_period USING (district_code, position)
) AS backlog
JOIN intermediate.tracked_period AS latest ON latest.position = backlog.position AND latest.is_latest
