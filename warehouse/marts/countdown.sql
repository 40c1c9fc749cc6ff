WITH returned AS (
    -- an exempt district that reports all the same is neither owed nor counted: never more than all
    SELECT period, count(DISTINCT district_code) AS districts
    FROM intermediate.accepted_submission
    JOIN intermediate.obligation USING (district_code, period)
    WHERE NOT is_exempt
    GROUP BY period
),

owed AS (
    SELECT
        period,
        count(*) FILTER (due_at <= getvariable('known_at')) AS districts_due,
        count(*) AS districts_obliged
    FROM intermediate.obligation
    WHERE NOT is_exempt
    GROUP BY period
),

remaining AS (
    SELECT
        position,
        sum(communes_remaining)::BIGINT AS communes_remaining,
        sum(thon_remaining)::BIGINT AS thon_remaining,
        sum(tdp_remaining)::BIGINT AS tdp_remaining,
        sum(completed_in_period)::BIGINT AS completed_in_period,
        sum(reopened_in_period)::BIGINT AS reopened_in_period,
        sum(first_reported_remaining)::BIGINT AS first_reported_remaining,
        sum(communes_unreported)::BIGINT AS communes_unreported,
        sum(villages_unreported)::BIGINT AS villages_unreported
    FROM intermediate.district_state
    GROUP BY position
)

SELECT
    t.period,
    r.communes_remaining,
    r.thon_remaining,
    r.tdp_remaining,
    r.thon_remaining + r.tdp_remaining AS villages_remaining,
    r.completed_in_period,
    r.reopened_in_period,
    r.first_reported_remaining,
    r.communes_unreported,
    r.villages_unreported,
    coalesce(returned.districts, 0) AS districts_reported,
    coalesce(owed.districts_due, 0) AS districts_due,
    coalesce(owed.districts_obliged, 0) AS districts_obliged
FROM intermediate.tracked_period AS t
JOIN remaining AS r USING (position)
LEFT JOIN returned ON returned.period = t.period
LEFT JOIN owed ON owed.period = t.period
ORDER BY t.position
