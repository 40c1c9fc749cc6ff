WITH returned AS (
    SELECT DISTINCT district_code, period
    FROM intermediate.accepted_submission
),

owed AS (
    -- an exemption takes nothing back: whoever reported all the same is counted, as reported and as obliged
    SELECT
        o.period,
        count(r.district_code) AS districts_reported,
        count(*) FILTER (o.due_at <= getvariable('as_of')) AS districts_due,
        count(*) AS districts_obliged
    FROM intermediate.obligation AS o
    LEFT JOIN returned AS r USING (district_code, period)
    WHERE NOT o.is_exempt OR r.district_code IS NOT NULL
    GROUP BY o.period
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
        sum(entered_by_change)::BIGINT AS entered_by_change,
        sum(left_by_change)::BIGINT AS left_by_change,
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
    r.entered_by_change,
    r.left_by_change,
    r.communes_unreported,
    r.villages_unreported,
    coalesce(owed.districts_reported, 0) AS districts_reported,
    coalesce(owed.districts_due, 0) AS districts_due,
    coalesce(owed.districts_obliged, 0) AS districts_obliged
FROM intermediate.tracked_period AS t
JOIN remaining AS r USING (position)
LEFT JOIN owed ON owed.period = t.period
ORDER BY t.position
