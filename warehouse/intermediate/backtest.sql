-- What each scenario would have said at past periods about one and three periods later, beside what came.
WITH horizon AS (
    SELECT *
    FROM (VALUES (1), (3)) AS h (ahead)
),

promised AS (
    SELECT
        origin.unit_level,
        'promised_dates' AS scenario,
        origin.position,
        target.position - origin.position AS ahead,
        coalesce(sum(d.units) FILTER (d.due_on IS NULL OR d.due_on > target.ends_on), 0)::DOUBLE AS predicted,
        any_value(target.remaining) AS actual
    FROM intermediate.remaining_by_level AS origin
    JOIN intermediate.remaining_by_level AS target ON target.unit_level = origin.unit_level
    JOIN horizon ON horizon.ahead = target.position - origin.position
    LEFT JOIN intermediate.due_date AS d ON d.position = origin.position AND d.unit_level = origin.unit_level
    GROUP BY ALL
),

paced AS (
    SELECT
        p.unit_level,
        p.scenario,
        p.position,
        horizon.ahead,
        greatest(p.remaining - p.pace * horizon.ahead, 0) AS predicted,
        target.remaining AS actual
    FROM intermediate.pace AS p
    CROSS JOIN horizon
    JOIN intermediate.remaining_by_level AS target
        ON target.unit_level = p.unit_level AND target.position = p.position + horizon.ahead
)

SELECT * FROM promised
UNION ALL BY NAME
SELECT * FROM paced
