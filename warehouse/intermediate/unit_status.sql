-- Every unit in every period that is computed in which it is valid, and in the one after as it left: its latest accepted
-- row up to that period (empty status: unreported), and the status before. A unit that took over others and has not reported since is outstanding if one of
-- them was, else unreported if one of them was, else completed. completed_until is the period after the last in which
-- it was completed, in the present spell.
WITH taken_over AS (
    SELECT
        unit_id,
        position,
        is_entry,
        is_leaving,
        CASE
            WHEN bool_or(status <> 'completed') FILTER (bears_status)
                THEN
                    CASE
                        WHEN bool_and(coalesce(status, '') = 'not_started') FILTER (bears_status) THEN 'not_started'
                        ELSE 'in_progress'
                    END
            WHEN bool_and(status IS NOT NULL) FILTER (bears_status) THEN 'completed'
        END AS status,
        sum(people_before) FILTER (carries)::BIGINT AS people_before,
        sum(people_now) FILTER (carries)::BIGINT AS people_now,
        sum(villages_before) FILTER (carries)::BIGINT AS villages_before,
        sum(villages_now) FILTER (carries)::BIGINT AS villages_now,
        -- the row that decides: of outstanding ones the last reported, of completed ones the last completed
        unnest(arg_max(
            {
                'source_id': source_id,
                'completed_on': completed_on,
                'decision_no': decision_no,
                'reported_period': period,
                'submission_id': submission_id,
                'source_sheet': source_sheet,
                'source_row': source_row,
                'source_cell': source_cell,
                'is_carried_forward': true
            },
            row(
                bears_status,
                coalesce(status <> 'completed', false),
                coalesce(completed_on, DATE '0001-01-01'),
                coalesce(reported_position, -1),
                source_id
            )
        ))
    FROM intermediate.unit_source
    WHERE is_taken_over
    GROUP BY unit_id, position, is_entry, is_leaving
),

own AS (
    SELECT *
    FROM intermediate.unit_source
    WHERE NOT is_taken_over AND bears_status
),

combined AS (
    SELECT
        own.unit_id,
        own.position,
        own.is_leaving,
        own.status,
        -- of a divided unit they stay where they were until all parts have reported
        CASE WHEN own.carries THEN own.people_before ELSE kept.people_before END AS people_before,
        CASE WHEN own.carries THEN own.people_now ELSE kept.people_now END AS people_now,
        CASE WHEN own.carries THEN own.villages_before ELSE kept.villages_before END AS villages_before,
        CASE WHEN own.carries THEN own.villages_now ELSE kept.villages_now END AS villages_now,
        own.source_id,
        own.completed_on,
        own.decision_no,
        own.period AS reported_period,
        own.submission_id,
        own.source_sheet,
        own.source_row,
        own.source_cell,
        NOT (own.reported_position = own.position AND own.is_effective) AS is_carried_forward
    FROM own
    LEFT JOIN taken_over AS kept
        ON kept.unit_id = own.unit_id AND kept.position = own.position AND NOT kept.is_entry
    UNION ALL BY NAME
    SELECT taken_over.* EXCLUDE (is_entry)
    FROM taken_over
    ANTI JOIN own ON own.unit_id = taken_over.unit_id AND own.position = taken_over.position
    WHERE NOT taken_over.is_entry
),

state AS (
    SELECT
        place.*,
        period.period,
        unit.registered_position,
        spell.starts_on AS spell_starts_on,
        combined.* EXCLUDE (unit_id, position),
        entry.unit_id IS NOT NULL AS is_taking_over,
        entry.status AS status_taken_over,
        entry.completed_on AS completed_on_taken_over,
        entry.decision_no AS decision_no_taken_over
    FROM combined
    JOIN intermediate.unit_place AS place USING (unit_id, position)
    JOIN intermediate.unit AS unit USING (unit_id)
    JOIN intermediate.open_period AS period USING (position)
    ASOF JOIN intermediate.spell AS spell ON spell.unit_id = combined.unit_id AND period.ends_on >= spell.starts_on
    LEFT JOIN taken_over AS entry
        ON entry.unit_id = combined.unit_id AND entry.position = combined.position AND entry.is_entry
    WHERE (combined.status IS NOT NULL OR unit.registered_position <= combined.position)
),

seeded AS (
    SELECT *, CASE WHEN status = 'completed' THEN position + 1 END AS completed_up_to, false AS is_seed
    FROM state
    UNION ALL BY NAME
    SELECT
        * EXCLUDE (is_outstanding, status_before, previous_status, completed_until),
        completed_until AS completed_up_to,
        true AS is_seed
    FROM intermediate.unit_seed
)

SELECT
    * EXCLUDE (completed_up_to, is_seed),
    status <> 'completed' AS is_outstanding,
    lag(status) OVER past AS status_before,
    CASE WHEN is_taking_over THEN status_taken_over ELSE lag(status) OVER past END AS previous_status,
    max(completed_up_to) OVER (PARTITION BY unit_id, spell_starts_on ORDER BY position) AS completed_until
FROM seeded
WINDOW past AS (PARTITION BY unit_id ORDER BY position)
QUALIFY NOT is_seed
