-- The units of a district that are not completed, each with what was last said of its obstacle and promise.
WITH report AS (
    SELECT submission_id, period, source_row, unit_id, 'commune' AS unit_level, commune_name AS unit_name, status
    FROM core.commune_report
    UNION ALL
    SELECT submission_id, period, source_row, unit_id, village_kind, village_name, status
    FROM core.village_report
),

state AS (
    SELECT report.*, period.ends_on
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
),

valid AS (
    SELECT unit_id, 'commune' AS unit_level, commune_name AS unit_name, valid_from, valid_to
    FROM register.commune
    WHERE district_code = getvariable('template_district')
    UNION ALL
    SELECT village.village_id, village_kind, village_name, village.valid_from, village.valid_to
    FROM register.village AS village
    JOIN (
        SELECT village_id, arg_max(commune_id, placed_on) AS commune_id
        FROM register.village_place
        WHERE placed_on <= getvariable('template_as_of')::DATE
        GROUP BY village_id
    ) AS place ON place.village_id = village.village_id
    JOIN register.commune AS commune
        ON commune.unit_id = place.commune_id AND commune.district_code = getvariable('template_district')
),

present AS (
    SELECT * FROM valid
    WHERE getvariable('template_as_of')::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
),

shown AS (
    -- what was open of a unit that is no more is open in those that took it over, until they report
    SELECT coalesce(heir.successor_id, state.unit_id) AS unit_id, state.unit_id AS source_id, state.status
    FROM state
    LEFT JOIN register.succession AS heir
        ON heir.predecessor_id = state.unit_id
        AND heir.effective_on <= getvariable('template_as_of')::DATE
        AND heir.effective_on > state.ends_on
    ANTI JOIN state AS reported
        ON reported.unit_id = heir.successor_id AND reported.ends_on >= heir.effective_on
)

SELECT
    present.unit_level,
    split_part(present.unit_id, '@', 1) AS unit_ref,
    present.unit_name,
    promise.area_flags,
    promise.obstacle_code,
    promise.obstacle_text,
    promise.action,
    promise.owner_role,
    promise.due_on
FROM shown
JOIN present ON present.unit_id = shown.unit_id
LEFT JOIN promise ON promise.unit_id = shown.source_id
WHERE shown.status <> 'completed'
QUALIFY row_number() OVER (PARTITION BY present.unit_id ORDER BY shown.source_id = present.unit_id DESC, shown.source_id) = 1
ORDER BY present.unit_level <> 'commune', present.unit_id
