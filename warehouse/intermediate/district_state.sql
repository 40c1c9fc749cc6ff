-- Each district in each open period, with what the changes of units brought and took. A commune says how many villages it
-- has: those without any accepted row are unreported, so that a village quarantined from the first day is missed by nobody.
WITH commune AS (
    SELECT
        position,
        period,
        district_code,
        district_name,
        commune_id,
        bool_or(unit_level = 'commune' AND NOT is_leaving) AS is_tracked,
        count(*) FILTER (unit_level <> 'commune' AND NOT is_leaving) AS villages_known,
        count(status) FILTER (unit_level <> 'commune' AND NOT is_leaving) AS villages_total,
        count(*) FILTER (unit_level = 'commune' AND status IS NULL AND NOT is_leaving) AS communes_unreported,
        count(*) FILTER (unit_level = 'commune' AND is_outstanding AND NOT is_leaving) AS communes_remaining,
        count(*) FILTER (unit_level = 'thon' AND is_outstanding AND NOT is_leaving) AS thon_remaining,
        count(*) FILTER (unit_level = 'tdp' AND is_outstanding AND NOT is_leaving) AS tdp_remaining,
        count(*) FILTER (status = 'completed' AND NOT is_leaving) AS units_completed,
        count(*) FILTER (status = 'completed' AND previous_status <> 'completed') AS completed_in_period,
        count(*) FILTER (is_outstanding AND previous_status = 'completed') AS reopened_in_period,
        count(*) FILTER (is_outstanding AND previous_status IS NULL) AS first_reported_remaining,
        count(*) FILTER (is_outstanding AND is_leaving) AS left_by_change,
        count(*) FILTER (
            status_taken_over <> 'completed' AND coalesce(status_before, 'completed') = 'completed'
        ) AS entered_by_change,
        max(villages_now) FILTER (NOT is_leaving) AS villages_now,
        sum(villages_before) FILTER (NOT is_leaving) AS villages_before,
        sum(people_before) FILTER (NOT is_leaving) AS people_before,
        sum(people_now) FILTER (NOT is_leaving) AS people_now
    FROM intermediate.unit_status
    GROUP BY ALL
)

SELECT
    position,
    period,
    district_code,
    district_name,
    count(*) FILTER (is_tracked) AS communes_total,
    sum(villages_total)::BIGINT AS villages_total,
    sum(communes_unreported)::BIGINT AS communes_unreported,
    sum(greatest(coalesce(villages_now, 0), villages_known) - villages_total)::BIGINT AS villages_unreported,
    sum(communes_remaining)::BIGINT AS communes_remaining,
    sum(thon_remaining)::BIGINT AS thon_remaining,
    sum(tdp_remaining)::BIGINT AS tdp_remaining,
    sum(units_completed)::BIGINT AS units_completed,
    sum(completed_in_period)::BIGINT AS completed_in_period,
    sum(reopened_in_period)::BIGINT AS reopened_in_period,
    sum(first_reported_remaining)::BIGINT AS first_reported_remaining,
    sum(left_by_change)::BIGINT AS left_by_change,
    sum(entered_by_change)::BIGINT AS entered_by_change,
    sum(villages_before)::BIGINT AS villages_before,
    sum(people_before)::BIGINT AS people_before,
    sum(people_now)::BIGINT AS people_now
FROM commune
GROUP BY ALL
UNION ALL BY NAME
SELECT state.*
FROM settled.district_state AS state
SEMI JOIN intermediate.settled_period USING (district_code, position)
