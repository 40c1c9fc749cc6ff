-- Who is owed which word now, of the evaluated causes: a first one, an escalation, news, a repetition, a closing.
WITH evaluated AS (
    SELECT unnest(getvariable('evaluated')) AS cause
),

telling AS (
    SELECT unnest(
        from_json(
            getvariable('tellings'),
            '[{
                "cause": "VARCHAR", "audience": "VARCHAR", "position": "BIGINT", "after_days": "BIGINT",
                "repeat_days": "BIGINT", "has_closing": "BOOLEAN", "is_once": "BOOLEAN",
                "yields_to": "VARCHAR"
            }]'
        ),
        recursive := true
    )
),

told AS (
    SELECT
        alert_id,
        audience,
        max(noticed_at) AS last_at,
        arg_max(news, noticed_at) AS news,
        bool_or(stage = 'closed') AS is_closed
    FROM notice
    GROUP BY alert_id, audience
),

taken_over AS (
    -- an alert for whose subject the cause it yields to stood when it closed
    SELECT DISTINCT alert.alert_id
    FROM alert
    JOIN telling USING (cause)
    JOIN alert AS successor ON telling.yields_to = successor.cause AND alert.subject = successor.subject
    WHERE
        successor.opened_at <= alert.closed_at
        AND coalesce(successor.closed_at > alert.closed_at, true)
),

owed AS (
    SELECT
        alert.*,
        telling.audience,
        telling.position,
        CASE
            WHEN alert.closed_at IS NOT NULL
                THEN CASE
                    WHEN telling.has_closing AND NOT told.is_closed AND taken_over.alert_id IS NULL THEN 'closed'
                END
            WHEN told.alert_id IS NULL
                THEN CASE
                    WHEN getvariable('moment') >= alert.opened_at + to_days(telling.after_days::INTEGER)
                        THEN CASE WHEN telling.after_days > 0 THEN 'escalated' ELSE 'opened' END
                END
            WHEN told.news IS DISTINCT FROM alert.news THEN 'changed'
            WHEN telling.repeat_days > 0
                AND getvariable('moment') >= told.last_at + to_days(telling.repeat_days::INTEGER)
                THEN 'repeated'
        END AS stage
    FROM alert
    JOIN evaluated USING (cause)
    JOIN telling USING (cause)
    LEFT JOIN told USING (alert_id, audience)
    LEFT JOIN taken_over USING (alert_id)
    WHERE
        NOT telling.is_once
        OR NOT EXISTS (
            FROM notice AS earlier
            JOIN alert AS same USING (alert_id)
            WHERE same.cause = alert.cause AND same.subject = alert.subject AND earlier.audience = telling.audience
        )
)

SELECT
    cause,
    audience,
    stage,
    alert_id,
    district_code,
    news,
    facts,
    attachments,
    is_simulated
FROM owed
WHERE stage IS NOT NULL
ORDER BY position, audience, stage, district_code, subject
