-- What is open at the start: the last closings, in the communes that the petitions are in now. Of a period that has a
-- return already, the rows as they were sent.
WITH last_return AS (
    SELECT
        submission.submission_id,
        submission.district_code = getvariable('template_district')
        AND period.starts_on = getvariable('template_starts_on')::DATE AS is_of_period
    FROM ledger.submission AS submission
    JOIN core.period AS period
        ON period.period = submission.period AND period.starts_on <= getvariable('template_starts_on')::DATE
    WHERE
        submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
        AND (
            submission.district_code = getvariable('template_district')
            OR period.starts_on < getvariable('template_starts_on')::DATE
        )
    QUALIFY row_number() OVER (
        PARTITION BY submission.district_code
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    ) = 1
),

of_period AS (
    SELECT report.commune_code, report.petition_kind, report.opening, report.received, report.resolved, report.closing
    FROM core.petition_report AS report
    JOIN last_return ON last_return.submission_id = report.submission_id
    WHERE last_return.is_of_period
),

closing AS (
    SELECT last_return.submission_id, left_open.unit_id, left_open.petition_kind, left_open.closing,
        arg_max(heir.heir_id, heir.since) AS heir_id
    FROM last_return
    JOIN register.petition_closing AS left_open ON left_open.submission_id = last_return.submission_id
    JOIN register.commune_heir AS heir
        ON heir.unit_id = left_open.unit_id AND heir.since <= getvariable('template_as_of')::DATE
    WHERE left_open.closing > 0 AND NOT EXISTS (FROM last_return AS own WHERE own.is_of_period)
    GROUP BY ALL
)

SELECT * FROM of_period
UNION ALL
SELECT commune.commune_code, closing.petition_kind, sum(closing.closing)::BIGINT, NULL, NULL, NULL
FROM closing
JOIN register.commune AS commune
    ON commune.unit_id = closing.heir_id
    AND commune.district_code = getvariable('template_district')
    AND getvariable('template_as_of')::DATE
    BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
GROUP BY commune.commune_code, closing.petition_kind
ORDER BY commune_code, petition_kind
