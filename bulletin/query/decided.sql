-- Units not yet completed at the end of each month before the baseline, by the completion dates their decisions
-- give. The returns begin with the baseline; the dates they give reach back to the first pilot.
WITH unit AS (
    SELECT
        CASE unit_level WHEN 'commune' THEN 'commune' ELSE 'village' END AS unit_level,
        CASE WHEN status_to = 'completed' THEN completed_on END AS completed_on
    FROM unit_history
    -- a unit that began by taking over others is none of those days
    QUALIFY row_number() OVER (PARTITION BY unit_id ORDER BY period, step DESC) = 1 AND step = 'reported'
),

month AS (
    SELECT unnest(
        generate_series(
            date_trunc('month', min(completed_on)) - INTERVAL 1 MONTH,
            (
                SELECT
                    min(make_date(
                        period[:4]::INTEGER,
                        if(period[6] = 'Q', 3 * period[7:]::INTEGER - 2, period[6:]::INTEGER),
                        1
                    ))
                FROM countdown
            ) - INTERVAL 1 MONTH,
            INTERVAL 1 MONTH
        )
    )::DATE AS starts_on
    FROM unit
)

SELECT
    unit.unit_level,
    last_day(month.starts_on) AS ends_on,
    count(*) FILTER (unit.completed_on IS NULL OR unit.completed_on > last_day(month.starts_on)) AS remaining
FROM unit
CROSS JOIN month
GROUP BY ALL
ORDER BY unit.unit_level, ends_on
