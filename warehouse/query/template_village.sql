-- A district's registered villages with their last accepted figures up to a period.
WITH last_report AS (
    SELECT report.*
    FROM core.village_report AS report
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    JOIN core.period AS period
        ON period.period = report.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    QUALIFY row_number() OVER (
        PARTITION BY report.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, report.source_row DESC
    ) = 1
)

SELECT
    village.village_id,
    commune.commune_code,
    village.village_kind,
    village.village_name,
    last_report.predecessors,
    last_report.households,
    last_report.people_before,
    last_report.people_now,
    last_report.status,
    last_report.completed_on,
    last_report.decision_no
FROM register.village AS village
JOIN (
    SELECT village_id, arg_max(commune_id, placed_on) AS commune_id
    FROM register.village_place
    WHERE placed_on <= getvariable('template_as_of')::DATE
    GROUP BY village_id
) AS place ON place.village_id = village.village_id
JOIN register.commune AS commune
    ON
        commune.unit_id = place.commune_id
        AND commune.district_code = getvariable('template_district')
        AND getvariable('template_as_of')::DATE
        BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
LEFT JOIN last_report ON last_report.unit_id = village.village_id
WHERE
    getvariable('template_as_of')::DATE BETWEEN village.valid_from AND coalesce(village.valid_to, DATE '9999-12-31')
ORDER BY commune.commune_code, len(village.village_id), village.village_id
