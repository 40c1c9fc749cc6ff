-- Every outstanding unit in every tracked period, with its latest row of sheet 04 since it became outstanding.
WITH promised AS (
    SELECT
        s.*,
        t.is_latest,
        date_diff('month', since.starts_on, t.ends_on) + 1 AS months_outstanding,
        o.area_flags,
        o.obstacle_code,
        o.obstacle_text,
        o.action,
        o.owner_role,
        o.due_on
    FROM intermediate.unit_state AS s
    JOIN intermediate.tracked_period AS t USING (position)
    JOIN core.period AS since ON since.position = s.outstanding_from
    LEFT JOIN intermediate.promise AS o
        -- what a unit took over keeps the promise made for it until the unit makes its own
        ON o.unit_id IN (s.unit_id, s.source_id) AND o.position BETWEEN s.outstanding_from AND s.position
    WHERE s.is_outstanding
    QUALIFY row_number() OVER (PARTITION BY s.unit_id, s.position ORDER BY o.position DESC NULLS LAST) = 1
),

compared AS (
    SELECT
        *,
        coalesce(due_on > lag(due_on) OVER spell, false) AS has_slipped,
        date_diff('day', first_value(due_on IGNORE NULLS) OVER spell, due_on) AS days_slipped
    FROM promised
    WINDOW spell AS (PARTITION BY unit_id, outstanding_from ORDER BY position)
)

SELECT
    *,
    (count(*) FILTER (has_slipped) OVER (PARTITION BY unit_id, outstanding_from ORDER BY position))
        AS times_due_slipped,
    due_on < getvariable('as_of')::DATE AS is_overdue
FROM compared
