-- One row a unit whose history ends with leaving: outstanding then, it is outstanding in whatever it went into. One a
-- unit that the register ends and of which no change says what it went into. And one
-- row a period and way: each step of the countdown by a change is some unit's, with its proof.
WITH
left_unit AS (
    SELECT unit_id, any_value(unit_name) AS unit_name, any_value(district_code) AS district_code,
        any_value(status_from) AS status
    FROM marts.unit_history
    WHERE step = 'left'
    GROUP BY unit_id
),

taken_over AS (
    SELECT
        predecessor_id AS unit_id,
        count(*) AS successors,
        count(*) FILTER (successor_status IN ('in_progress', 'not_started')) AS outstanding_successors
    FROM marts.unit_changes
    WHERE predecessor_id <> successor_id
    GROUP BY predecessor_id, effective_on
    -- what it left by, not what it gave away before
    QUALIFY row_number() OVER (PARTITION BY predecessor_id ORDER BY effective_on DESC) = 1
),

ended AS (
    SELECT commune.unit_id, commune.commune_name, commune.district_code
    FROM register.commune AS commune
    WHERE
        commune.valid_to BETWEEN getvariable('baseline_as_of')
        AND (SELECT max(ends_on) FROM core.period WHERE period IN (SELECT period FROM marts.countdown))
        AND commune.commune_code IN (SELECT unnest([old_code, new_code]) FROM register.unit_change)
),

proven AS (
    SELECT
        period,
        count(*) FILTER (step = 'left' AND status_from IN ('in_progress', 'not_started')) AS left_by_change,
        count(*) FILTER (
            step = 'taken_over'
            AND status_to IN ('in_progress', 'not_started')
            AND coalesce(status_from, 'completed') = 'completed'
        ) AS entered_by_change
    FROM marts.unit_history
    GROUP BY period
)

SELECT
    unit_id || ' ' || left_unit.unit_name AS subject,
    unit_id,
    left_unit.district_code,
    left_unit.status,
    CASE WHEN left_unit.status = 'completed' OR left_unit.status IS NULL THEN 0 ELSE coalesce(successors, 1) END
        AS expected,
    CASE
        WHEN left_unit.status = 'completed' OR left_unit.status IS NULL THEN 0 ELSE coalesce(outstanding_successors, 0)
    END AS actual
FROM left_unit
LEFT JOIN taken_over USING (unit_id)
UNION ALL
-- a unit of which no change says where it went
SELECT ended.unit_id || ' ' || ended.commune_name, ended.unit_id, ended.district_code, NULL, 1, 0
FROM ended
ANTI JOIN register.succession AS known ON known.predecessor_id = ended.unit_id
UNION ALL
SELECT
    period || ' · ' || way,
    NULL,
    NULL,
    NULL,
    counted,
    proven
FROM (
    SELECT
        countdown.period,
        unnest([
            {
                'way': 'left_by_change',
                'counted': countdown.left_by_change,
                'proven': coalesce(proven.left_by_change, 0)
            },
            {
                'way': 'entered_by_change',
                'counted': countdown.entered_by_change,
                'proven': coalesce(proven.entered_by_change, 0)
            }
        ], recursive := true)
    FROM marts.countdown AS countdown
    LEFT JOIN proven ON proven.period = countdown.period
)
ORDER BY subject
