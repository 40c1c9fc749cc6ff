-- By unit level and scenario: how many periods after the baseline the end is expected, with its interval.
-- Empty where the scenario has nothing to go by; the published forecast says why.
WITH latest AS (
    SELECT
        *,
        (
            SELECT min(r.position)
            FROM intermediate.remaining_by_level AS r
            WHERE r.unit_level = l.unit_level
                AND r.position > (
                    SELECT coalesce(max(o.position), -1)
                    FROM intermediate.remaining_by_level AS o
                    WHERE o.unit_level = l.unit_level AND o.remaining + o.unreported > 0
                )
        ) AS completed_at
    FROM intermediate.remaining_by_level AS l
    WHERE l.is_latest
),

paced AS (
    SELECT
        unit_level,
        scenario,
        arg_max(pace, position) AS pace,
        max(position) + ceil(arg_max(remaining, position) / nullif(arg_max(pace, position), 0)) AS expected_at,
        list(CASE WHEN pace > 0 THEN position + ceil(remaining / pace) END ORDER BY position DESC)[2]
            AS expected_before_at,
        max(position) + ceil(arg_max(remaining, position) / nullif(max(pace), 0)) AS earliest_at,
        CASE WHEN min(pace) > 0 THEN max(position) + ceil(arg_max(remaining, position) / min(pace)) END AS latest_at
    FROM intermediate.pace
    GROUP BY unit_level, scenario
),

slipped AS (
    SELECT unit_level, max(days_slipped) AS days
    FROM intermediate.due_date
    GROUP BY unit_level
),

promise AS (
    SELECT
        CASE unit_level WHEN 'commune' THEN 'commune' ELSE 'village' END AS unit_level,
        count(*) FILTER (is_overdue IS DISTINCT FROM false) AS without_promise,
        max(due_on) FILTER (NOT is_overdue) AS last_due_on
    FROM intermediate.remaining_unit
    GROUP BY ALL
),

calendar AS (
    SELECT starts_on, date_diff('month', starts_on, ends_on) + 1 AS months
    FROM core.period
    WHERE period = getvariable('baseline_period')
),

promised AS (
    SELECT
        p.unit_level,
        'promised_dates' AS scenario,
        p.without_promise,
        date_diff('month', c.starts_on, p.last_due_on) // c.months AS expected_at,
        expected_at AS earliest_at,
        CASE
            WHEN p.without_promise = 0
                THEN date_diff('month', c.starts_on, p.last_due_on + greatest(coalesce(s.days, 0), 0)::INTEGER) // c.months
        END AS latest_at
    FROM promise AS p
    CROSS JOIN calendar AS c
    LEFT JOIN slipped AS s USING (unit_level)
)

SELECT
    latest.unit_level,
    scenario.scenario,
    latest.remaining,
    latest.unreported,
    latest.completed_at,
    paced.pace,
    promised.without_promise,
    coalesce(paced.expected_at, promised.expected_at)::BIGINT AS expected_at,
    paced.expected_before_at::BIGINT AS expected_before_at,
    coalesce(paced.earliest_at, promised.earliest_at)::BIGINT AS earliest_at,
    coalesce(paced.latest_at, promised.latest_at)::BIGINT AS latest_at
FROM latest
CROSS JOIN (VALUES ('recent_pace'), ('average_pace'), ('promised_dates')) AS scenario (scenario)
LEFT JOIN paced USING (unit_level, scenario)
LEFT JOIN promised USING (unit_level, scenario)
