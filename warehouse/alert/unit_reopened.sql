-- Units outstanding now whose last change of status was away from completed.
WITH last_change AS (
    SELECT *
    FROM published.marts.unit_history
    QUALIFY row_number() OVER (
        PARTITION BY unit_id ORDER BY period DESC, list_position(['taken_over', 'reported', 'left'], step) DESC
    ) = 1
),

reopened AS (
    -- not_started to in_progress is a change too: the spell began with the last completed status
    SELECT unit_id, max(period) AS period
    FROM published.marts.unit_history
    WHERE step = 'reported' AND status_from = 'completed' AND status_to <> 'completed'
    GROUP BY unit_id
)

SELECT
    last_change.unit_id AS subject,
    last_change.district_code,
    reopened.period AS news,
    last_change.unit_name,
    district.district_name,
    reopened.period
FROM last_change
JOIN reopened USING (unit_id)
JOIN register.district_name AS district USING (district_code)
WHERE last_change.status_to <> 'completed'
ORDER BY last_change.district_code, last_change.unit_id
