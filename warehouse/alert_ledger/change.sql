-- What becomes of every alert of the evaluated causes: opened, held or closed.
WITH evaluated AS (
    SELECT unnest(getvariable('evaluated')) AS cause
),

standing AS (
    SELECT alert.*
    FROM alert
    JOIN evaluated USING (cause)
    WHERE alert.closed_at IS NULL
),

condition AS (
    SELECT unnest(
        from_json(
            getvariable('conditions'),
            '[{
                "cause": "VARCHAR", "subject": "VARCHAR", "district_code": "VARCHAR", "news": "VARCHAR",
                "facts": "JSON", "attachments": ["VARCHAR"], "is_simulated": "BOOLEAN"
            }]'
        ),
        recursive := true
    )
)

SELECT
    CASE
        WHEN standing.cause IS NULL THEN 'opened'
        WHEN condition.cause IS NULL THEN 'closed'
        ELSE 'held'
    END AS change,
    coalesce(
        standing.alert_id,
        concat_ws(':', cause, subject, strftime(getvariable('moment')::TIMESTAMPTZ, '%Y%m%dT%H%M%S'))
    ) AS alert_id,
    cause,
    subject,
    coalesce(condition.district_code, standing.district_code) AS district_code,
    coalesce(standing.opened_at, getvariable('moment')) AS opened_at,
    CASE WHEN condition.cause IS NULL THEN standing.seen_at ELSE getvariable('moment') END AS seen_at,
    CASE WHEN condition.cause IS NULL THEN getvariable('moment') END AS closed_at,
    CASE WHEN condition.cause IS NULL THEN standing.news ELSE condition.news END AS news,
    coalesce(condition.facts, standing.facts) AS facts,
    coalesce(condition.attachments, standing.attachments) AS attachments,
    coalesce(condition.is_simulated, standing.is_simulated) AS is_simulated
FROM standing
FULL JOIN condition USING (cause, subject)
ORDER BY cause, district_code, subject
