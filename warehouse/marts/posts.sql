SELECT
    t.period,
    c.district_code,
    d.district_name,
    c.post_code,
    p.post_level,
    p.title_vi AS post_title,
    c.posts_required,
    c.posts_filled,
    c.posts_required - c.posts_filled AS posts_vacant,
    c.posts_combined,
    c.coef_before,
    c.coef_now,
    c.communes_reported
FROM intermediate.district_post AS c
JOIN intermediate.tracked_period AS t USING (position)
JOIN reference.post AS p USING (post_code)
ASOF JOIN register.district AS d ON d.district_code = c.district_code AND t.ends_on >= d.valid_from
ORDER BY t.period, c.district_code, c.post_code
