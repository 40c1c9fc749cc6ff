WITH report AS (
    SELECT r.*, a.position
    FROM core.post_report AS r
    JOIN intermediate.accepted_submission AS a USING (submission_id)
    QUALIFY row_number() OVER (
        PARTITION BY r.commune_code, r.post_code, a.position
        ORDER BY a.seq DESC, a.received_at DESC, a.submission_id DESC, r.source_row DESC
    ) = 1
),

commune_post AS (
    SELECT u.commune_code, u.district_code, u.district_name, p.post_code, t.position, t.period
    FROM intermediate.unit_state AS u
    CROSS JOIN reference.post AS p
    JOIN intermediate.tracked_period AS t USING (position)
    WHERE u.unit_level = 'commune'
),

carried AS (
    SELECT s.position, s.period, s.district_code, s.district_name, r.*
    EXCLUDE (position, period, district_code)
    FROM commune_post AS s
    ASOF JOIN report AS r
        ON r.commune_code = s.commune_code AND r.post_code = s.post_code AND s.position >= r.position
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
    count(DISTINCT c.commune_code) AS communes_reported
FROM carried AS c
JOIN reference.post AS p USING (post_code)
GROUP BY ALL
ORDER BY c.period, c.district_code, c.post_code
