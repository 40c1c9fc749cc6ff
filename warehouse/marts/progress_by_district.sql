WITH progress AS (
    SELECT
        t.period,
        t.position,
        d.district_code,
        d.district_name,
        d.communes_total,
        d.communes_unreported,
        d.villages_unreported,
        d.villages_total,
        d.units_completed,
        d.communes_remaining,
        d.thon_remaining,
        d.tdp_remaining,
        d.communes_unreported < d.communes_total OR d.villages_total > 0 AS is_reported
    FROM intermediate.tracked_period AS t
    JOIN intermediate.district_state AS d USING (position)
    -- one that was dissolved has only what it handed over in that period
    WHERE d.communes_total > 0
),

known AS (
    -- of a district that never reported nothing is known: empty, not 0
    SELECT
        period,
        position,
        district_code,
        district_name,
        communes_total,
        CASE WHEN is_reported THEN communes_remaining END AS communes_remaining,
        CASE WHEN is_reported THEN villages_total END AS villages_total,
        CASE WHEN is_reported THEN thon_remaining END AS thon_remaining,
        CASE WHEN is_reported THEN tdp_remaining END AS tdp_remaining,
        CASE WHEN is_reported THEN units_completed END AS units_completed,
        communes_unreported,
        CASE WHEN is_reported THEN villages_unreported END AS villages_unreported
    FROM progress
)

SELECT
    period,
    district_code,
    district_name,
    communes_total,
    communes_remaining,
    villages_total,
    thon_remaining,
    tdp_remaining,
    round(100.0 * units_completed / nullif(communes_total + villages_total + villages_unreported, 0), 2)
        AS pct_completed,
    communes_remaining + thon_remaining + tdp_remaining
        - lag(communes_remaining + thon_remaining + tdp_remaining) OVER (PARTITION BY district_code ORDER BY position)
        AS change_from_previous,
    communes_unreported,
    villages_unreported
FROM known
ORDER BY position, district_code
