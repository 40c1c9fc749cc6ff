-- Every unit in every open period: its latest accepted row up to that period (empty status: unreported), the
-- status before, and since when it has been outstanding without a break.
WITH carried AS (
    SELECT
        s.*,
        r.status,
        r.completed_on,
        r.decision_no,
        r.people_before,
        r.people_now,
        r.villages_before,
        r.villages_now,
        r.period AS reported_period,
        r.submission_id,
        r.source_sheet,
        r.source_row,
        r.source_cell,
        NOT (r.position = s.position AND r.is_effective) AS is_carried_forward
    FROM (
        SELECT u.*, p.position, p.period
        FROM intermediate.unit AS u
        CROSS JOIN intermediate.open_period AS p
    ) AS s
    ASOF LEFT JOIN intermediate.unit_report AS r ON r.unit_id = s.unit_id AND s.position >= r.position
)

SELECT
    *,
    status <> 'completed' AS is_outstanding,
    lag(status) OVER past AS previous_status,
    -- never completed: outstanding since the baseline, whenever the first report came
    coalesce(max(position + 1) FILTER (status = 'completed') OVER past, 0) AS outstanding_from
FROM carried
WHERE status IS NOT NULL OR registered_position <= position
WINDOW past AS (PARTITION BY unit_id ORDER BY position)
