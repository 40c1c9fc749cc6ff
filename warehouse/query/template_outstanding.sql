-- The units of a district that are not completed, each with what was last said of its obstacle and promise.
WITH report AS (
    SELECT submission_id, period, source_row, unit_id, 'commune' AS unit_level, commune_name AS unit_name, status
    FROM core.commune_report
    WHERE district_code = getvariable('template_district')
    UNION ALL
    SELECT submission_id, period, source_row, unit_id, village_kind, village_name, status
    FROM core.village_report
    WHERE district_code = getvariable('template_district')
),

state AS (
    SELECT report.*
    FROM report
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    JOIN core.period AS period
        ON period.period = report.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    QUALIFY row_number() OVER (
        PARTITION BY report.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, report.source_row DESC
    ) = 1
),

promise AS (
    SELECT said.*
    FROM core.outstanding_report AS said
    JOIN ledger.submission AS submission ON submission.submission_id = said.submission_id
    JOIN core.period AS period
        ON period.period = said.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    QUALIFY row_number() OVER (
        PARTITION BY said.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, said.source_row DESC
    ) = 1
)

SELECT
    state.unit_level,
    state.unit_id AS unit_ref,
    state.unit_name,
    promise.area_flags,
    promise.obstacle_code,
    promise.obstacle_text,
    promise.action,
    promise.owner_role,
    promise.due_on
FROM state
LEFT JOIN promise ON promise.unit_id = state.unit_id
WHERE state.status <> 'completed'
ORDER BY state.unit_level <> 'commune', state.unit_id
