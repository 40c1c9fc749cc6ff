-- Each district in each open period. A commune says how many villages it has: those without any accepted row
-- are unreported, so that a village quarantined from the first day is missed by nobody.
WITH commune AS (
    SELECT
        position,
        period,
        district_code,
        district_name,
        commune_code,
        count(*) FILTER (unit_level <> 'commune') AS villages_known,
        count(status) FILTER (unit_level <> 'commune') AS villages_total,
        count(*) FILTER (unit_level = 'commune' AND status IS NULL) AS communes_unreported,
        count(*) FILTER (unit_level = 'commune' AND is_outstanding) AS communes_remaining,
        count(*) FILTER (unit_level = 'thon' AND is_outstanding) AS thon_remaining,
        count(*) FILTER (unit_level = 'tdp' AND is_outstanding) AS tdp_remaining,
        count(*) FILTER (status = 'completed') AS units_completed,
        count(*) FILTER (status = 'completed' AND previous_status <> 'completed') AS completed_in_period,
        count(*) FILTER (is_outstanding AND previous_status = 'completed') AS reopened_in_period,
        count(*) FILTER (is_outstanding AND previous_status IS NULL) AS first_reported_remaining,
        max(villages_now) AS villages_now,
        sum(villages_before) AS villages_before,
        sum(people_before) AS people_before,
        sum(people_now) AS people_now
    FROM intermediate.unit_state
    GROUP BY ALL
)

SELECT
    position,
    period,
    district_code,
    district_name,
    count(*) AS communes_total,
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
    sum(villages_before)::BIGINT AS villages_before,
    sum(people_before)::BIGINT AS people_before,
    sum(people_now)::BIGINT AS people_now
FROM commune
GROUP BY ALL
