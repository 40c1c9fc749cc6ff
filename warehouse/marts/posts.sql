WITH commune_post AS (
    SELECT s.*, t.period, p.post_code
    FROM intermediate.post_source AS s
    JOIN intermediate.tracked_period AS t USING (position)
    CROSS JOIN reference.post AS p
),

carried AS (
    SELECT s.unit_id, s.position, s.period, s.district_code, s.district_name, r.* EXCLUDE (unit_id, position)
    FROM commune_post AS s
    ASOF JOIN intermediate.post_report AS r
        ON r.unit_id = s.source_id
        AND r.spell_starts_on = s.source_starts_on
        AND r.post_code = s.post_code
        AND s.position >= r.position
)

SELECT
    c.period,
    c.district_code,
    c.district_name,
    c.post_code,
    p.post_level,
    p.title_vi AS post_title,
    sum(c.posts_required)::BIGINT AS posts_required,
    sum(c.posts_filled)::BIGINT AS posts_filled,
    sum(c.posts_required - c.posts_filled)::BIGINT AS posts_vacant,
    sum(c.posts_combined)::BIGINT AS posts_combined,
    -- summed as decimals: sums of doubles depend on their order, and a table built again must be equal
    round(
        sum(c.coef_before::DECIMAL(13, 4) * c.posts_filled)::DOUBLE / nullif(sum(c.posts_filled), 0), 3
    ) AS coef_before,
    round(
        sum(c.coef_now::DECIMAL(13, 4) * c.posts_filled)::DOUBLE / nullif(sum(c.posts_filled), 0), 3
    ) AS coef_now,
    count(DISTINCT c.unit_id) AS communes_reported
FROM carried AS c
JOIN reference.post AS p USING (post_code)
GROUP BY ALL
ORDER BY c.period, c.district_code, c.post_code
