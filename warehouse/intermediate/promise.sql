-- The last accepted row of sheet 04 of each unit in each period: obstacle, action and promised date. It is of the unit
-- that the same return's own row of that unit speaks of, also where the day or code of its change was corrected since.
-- Of the periods before those that are computed only the last row is here.
WITH accepted AS (
    SELECT
        coalesce(spoken.unit_id, o.unit_id) AS unit_id,
        a.position,
        o.area_flags,
        o.obstacle_code,
        o.obstacle_text,
        o.action,
        o.owner_role,
        o.due_on
    FROM core.outstanding_report AS o
    JOIN intermediate.fresh_submission AS a USING (submission_id, period)
    LEFT JOIN intermediate.reported_unit AS spoken
        ON spoken.submission_id = o.submission_id AND spoken.reported_id = o.unit_id
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(spoken.unit_id, o.unit_id), a.position
        ORDER BY a.seq DESC, a.received_at DESC, a.submission_id DESC, o.source_row DESC
    ) = 1
)

FROM accepted
UNION ALL BY NAME
SELECT held.* EXCLUDE (district_code, position, promised_position), held.promised_position AS position
FROM settled.promise_held AS held
JOIN intermediate.fresh_from AS fresh
    ON fresh.district_code = held.district_code AND fresh.seed_position = held.position
