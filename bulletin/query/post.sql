-- The posts of the whole city in the latest period; coefficients are means over filled posts.
SELECT
    post_code,
    post_level,
    any_value(post_title) AS post_title,
    sum(posts_required)::BIGINT AS posts_required,
    sum(posts_filled)::BIGINT AS posts_filled,
    sum(posts_vacant)::BIGINT AS posts_vacant,
    sum(posts_combined)::BIGINT AS posts_combined,
    round(sum(coef_before::DECIMAL(13, 3) * posts_filled)::DOUBLE / nullif(sum(posts_filled), 0), 2) AS coef_before,
    round(sum(coef_now::DECIMAL(13, 3) * posts_filled)::DOUBLE / nullif(sum(posts_filled), 0), 2) AS coef_now
FROM posts
JOIN release ON release.latest_period = posts.period
GROUP BY post_code, post_level
ORDER BY post_level, post_code
