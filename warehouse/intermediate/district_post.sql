-- Each post of each district in each open period, summed over its communes.
SELECT
    district_code,
    position,
    post_code,
    sum(posts_required)::BIGINT AS posts_required,
    sum(posts_filled)::BIGINT AS posts_filled,
    sum(posts_combined)::BIGINT AS posts_combined,
    -- summed as decimals: sums of doubles depend on their order, and a table built again must be equal
    round(sum(coef_before::DECIMAL(13, 4) * posts_filled)::DOUBLE / nullif(sum(posts_filled), 0), 3) AS coef_before,
    round(sum(coef_now::DECIMAL(13, 4) * posts_filled)::DOUBLE / nullif(sum(posts_filled), 0), 3) AS coef_now,
    count(DISTINCT unit_id) AS communes_reported
FROM intermediate.post_status
GROUP BY ALL
UNION ALL BY NAME
SELECT post.*
FROM settled.district_post AS post
SEMI JOIN intermediate.settled_period USING (district_code, position)
