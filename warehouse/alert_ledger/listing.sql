-- Alerts with what was said of them, those that fared alike in one row: when it was last said and how often, since when it is escalated, what waits.
WITH said AS (
    SELECT
        unnest(alert_ids) AS alert_id,
        audience,
        stage,
        sent_at,
        last_error
    FROM message
    WHERE withdrawn_at IS NULL
),

told AS (
    SELECT
        alert_id,
        count(sent_at) AS times_sent,
        max(sent_at) AS last_sent_at,
        min(sent_at) FILTER (stage = 'escalated') AS escalated_at,
        list(DISTINCT audience ORDER BY audience) FILTER (sent_at IS NOT NULL) AS audiences,
        count(*) - count(sent_at) AS waiting,
        max(last_error) FILTER (sent_at IS NULL) AS error
    FROM said
    GROUP BY alert_id
)

SELECT
    alert.cause,
    list(alert.subject ORDER BY alert.subject) AS subjects,
    alert.opened_at,
    alert.closed_at,
    told.last_sent_at,
    told.escalated_at,
    coalesce(told.times_sent, 0) AS times_sent,
    coalesce(told.audiences, []) AS audiences,
    coalesce(told.waiting, 0) AS waiting,
    told.error
FROM alert
LEFT JOIN told USING (alert_id)
GROUP BY ALL
ORDER BY closed_at NULLS FIRST, opened_at, cause, subjects
