-- The districts in the latest period, most outstanding first.
WITH post AS (
    SELECT
        period,
        district_code,
        sum(posts_required)::BIGINT AS posts_required,
        sum(posts_filled)::BIGINT AS posts_filled,
        sum(posts_vacant)::BIGINT AS posts_vacant
    FROM posts
    GROUP BY ALL
)

SELECT
    d.*,
    p.* EXCLUDE (period, district_code, district_name),
    p.thon_remaining + p.tdp_remaining AS villages_remaining,
    p.communes_remaining + p.thon_remaining + p.tdp_remaining AS units_remaining,
    s.people_before,
    s.people_now,
    s.reduction_pct,
    post.posts_required,
    post.posts_filled,
    post.posts_vacant,
    c.state
FROM districts AS d
CROSS JOIN release
JOIN progress_by_district AS p ON p.district_code = d.district_code AND p.period = release.latest_period
LEFT JOIN staffing AS s ON s.district_code = d.district_code AND s.period = p.period
LEFT JOIN post ON post.district_code = d.district_code AND post.period = p.period
LEFT JOIN submission_compliance AS c ON c.district_code = d.district_code AND c.period = p.period
ORDER BY units_remaining DESC NULLS LAST, d.district_code
