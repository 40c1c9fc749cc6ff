-- One row a district, post and period: filled and vacant posts make the required ones.
SELECT
    period || ' · ' || district_code || ' · ' || post_code AS subject,
    period,
    district_code,
    post_code,
    coalesce(posts_required, -1) AS expected,
    coalesce(posts_filled + posts_vacant, -1) AS actual
FROM marts.posts
ORDER BY subject
