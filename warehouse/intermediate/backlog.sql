-- Every outstanding unit in every period that is computed, with its latest row of sheet 04 since it became outstanding.
WITH outstanding AS (
    SELECT
        s.*,
        date_diff('month', since.starts_on, p.ends_on) + 1 AS months_outstanding,
        -- what a unit took over keeps the promise made for it until the unit makes its own
        unnest(list_distinct([s.unit_id, s.source_id])) AS promiser_id
    FROM intermediate.unit_state AS s
    JOIN intermediate.open_period AS p USING (position)
    JOIN core.period AS since ON since.position = s.outstanding_from
    WHERE s.is_outstanding
),

promised AS (
    SELECT
        s.unit_id,
        s.unit_level,
        s.unit_name,
        s.position,
        s.period,
        s.district_code,
        s.district_name,
        s.commune_code,
        s.commune_name,
        s.commune_kind,
        s.status,
        s.outstanding_from,
        s.months_outstanding,
        o.area_flags,
        o.obstacle_code,
        o.obstacle_text,
        o.action,
        o.owner_role,
        o.due_on,
        s.reported_period,
        s.is_carried_forward,
        s.submission_id,
        s.source_sheet,
        s.source_cell
    FROM outstanding AS s
    LEFT JOIN intermediate.promise_held AS o
        ON o.unit_id = s.promiser_id AND o.position = s.position AND o.promised_position >= s.outstanding_from
    QUALIFY row_number() OVER (PARTITION BY s.unit_id, s.position ORDER BY o.promised_position DESC NULLS LAST) = 1
),

seeded AS (
    SELECT *, due_on AS first_due_on, 0 AS times_due_slipped, false AS is_seed
    FROM promised
    UNION ALL BY NAME
    SELECT backlog.*, true AS is_seed
    FROM settled.backlog AS backlog
    JOIN intermediate.fresh_from AS fresh
        ON fresh.district_code = backlog.district_code AND fresh.seed_position = backlog.position
),

compared AS (
    SELECT
        * REPLACE (
            CASE
                WHEN is_seed THEN times_due_slipped
                ELSE coalesce(due_on > lag(due_on) OVER spell, false)::BIGINT
            END AS times_due_slipped,
            first_value(first_due_on IGNORE NULLS) OVER spell AS first_due_on
        )
    FROM seeded
    WINDOW spell AS (PARTITION BY unit_id, outstanding_from ORDER BY position)
)

SELECT
    * EXCLUDE (is_seed)
    REPLACE (
        (sum(times_due_slipped) OVER (PARTITION BY unit_id, outstanding_from ORDER BY position))::BIGINT
            AS times_due_slipped
    )
FROM compared
QUALIFY NOT is_seed
