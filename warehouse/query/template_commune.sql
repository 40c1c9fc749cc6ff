-- A district's communes with their last accepted figures up to a period; of one that took over others since, theirs
-- together.
WITH last_report AS (
    SELECT report.*, period.ends_on
    FROM core.commune_report AS report
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    JOIN core.period AS period
        ON period.period = report.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    QUALIFY row_number() OVER (
        PARTITION BY report.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, report.source_row DESC
    ) = 1
),

commune AS (
    SELECT known.*, max(spell.starts_on) AS spell_starts_on
    FROM register.commune AS known
    JOIN register.spell AS spell
        ON spell.unit_id = known.unit_id AND spell.starts_on <= getvariable('template_as_of')::DATE
    WHERE
        known.district_code = getvariable('template_district')
        AND getvariable('template_as_of')::DATE
        BETWEEN known.valid_from AND coalesce(known.valid_to, DATE '9999-12-31')
    GROUP BY ALL
),

taken_over AS (
    SELECT
        commune.unit_id,
        max(report.commune_class) AS commune_class,
        sum(report.people_before)::BIGINT AS people_before,
        sum(report.people_now)::BIGINT AS people_now,
        sum(report.villages_before)::BIGINT AS villages_before,
        sum(report.villages_now)::BIGINT AS villages_now,
        CASE WHEN bool_or(report.status <> 'completed') THEN 'in_progress' ELSE 'completed' END AS status,
        CASE WHEN bool_and(report.status = 'completed') THEN max(report.completed_on) END AS completed_on,
        CASE WHEN bool_and(report.status = 'completed') THEN arg_max(report.decision_no, report.completed_on) END
            AS decision_no
    FROM commune
    JOIN register.spell_origin AS origin
        ON origin.unit_id = commune.unit_id AND origin.starts_on = commune.spell_starts_on AND origin.is_main
    JOIN last_report AS report ON report.unit_id = origin.origin_id AND report.ends_on < commune.spell_starts_on
    GROUP BY commune.unit_id
)

SELECT
    commune.commune_code,
    commune.commune_name,
    coalesce(own.commune_class, taken.commune_class) AS commune_class,
    coalesce(own.people_before, taken.people_before) AS people_before,
    coalesce(own.people_now, taken.people_now) AS people_now,
    coalesce(own.villages_before, taken.villages_before) AS villages_before,
    coalesce(own.villages_now, taken.villages_now) AS villages_now,
    coalesce(own.status, taken.status) AS status,
    CASE WHEN own.status IS NULL THEN taken.completed_on ELSE own.completed_on END AS completed_on,
    CASE WHEN own.status IS NULL THEN taken.decision_no ELSE own.decision_no END AS decision_no
FROM commune
LEFT JOIN taken_over AS taken ON taken.unit_id = commune.unit_id
LEFT JOIN last_report AS own
    ON own.unit_id = commune.unit_id AND (taken.unit_id IS NULL OR own.ends_on >= commune.spell_starts_on)
ORDER BY commune.commune_code
