WITH latest AS (
    SELECT
        t.period,
        bool_or(t.is_complete) AS is_complete,
        sum(d.communes_remaining)::BIGINT AS communes_remaining,
        sum(d.thon_remaining + d.tdp_remaining)::BIGINT AS villages_remaining,
        sum(d.communes_unreported)::BIGINT AS communes_unreported,
        sum(d.villages_unreported)::BIGINT AS villages_unreported
    FROM intermediate.tracked_period AS t
    JOIN intermediate.district_state AS d USING (position)
    WHERE t.is_latest
    GROUP BY t.period
)

SELECT
    coalesce(latest.is_complete, false) AS is_complete,
    CASE WHEN latest.is_complete THEN latest.period END AS completed_period,
    latest.communes_remaining,
    latest.villages_remaining,
    latest.communes_unreported,
    latest.villages_unreported,
    latest.period AS latest_period
FROM (SELECT 1) AS always
LEFT JOIN latest ON true
