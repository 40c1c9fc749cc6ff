-- A district's communes with their last accepted figures up to a period.
WITH last_report AS (
    SELECT report.*
    FROM core.commune_report AS report
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    JOIN core.period AS period
        ON period.period = report.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    WHERE report.district_code = getvariable('template_district')
    QUALIFY row_number() OVER (
        PARTITION BY report.commune_code
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, report.source_row DESC
    ) = 1
)

SELECT
    commune.commune_code,
    commune.commune_name,
    last_report.commune_class,
    last_report.people_before,
    last_report.people_now,
    last_report.villages_before,
    last_report.villages_now,
    last_report.status,
    last_report.completed_on,
    last_report.decision_no
FROM reference.commune AS commune
LEFT JOIN last_report ON last_report.commune_code = commune.commune_code
WHERE
    commune.district_code = getvariable('template_district')
    AND getvariable('template_as_of')::DATE
    BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
ORDER BY commune.commune_code
