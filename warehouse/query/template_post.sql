-- The posts of a district's communes as last reported up to a period; a commune that never reported any has all.
WITH last_report AS (
    SELECT report.*
    FROM core.post_report AS report
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    JOIN core.period AS period
        ON period.period = report.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    WHERE report.district_code = getvariable('template_district')
    QUALIFY row_number() OVER (
        PARTITION BY report.commune_code, report.post_code
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC, report.source_row DESC
    ) = 1
)

SELECT
    commune.commune_code,
    post.post_code,
    post.title_vi AS post_title,
    last_report.posts_required,
    last_report.posts_filled,
    last_report.posts_combined,
    last_report.coef_before,
    last_report.coef_now
FROM register.commune AS commune
CROSS JOIN reference.post AS post
LEFT JOIN last_report
    ON last_report.commune_code = commune.commune_code AND last_report.post_code = post.post_code
WHERE
    commune.district_code = getvariable('template_district')
    AND getvariable('template_as_of')::DATE
    BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
    AND (
        last_report.post_code IS NOT NULL
        OR commune.commune_code NOT IN (SELECT commune_code FROM last_report)
    )
ORDER BY commune.commune_code, post.post_level, post.post_code
