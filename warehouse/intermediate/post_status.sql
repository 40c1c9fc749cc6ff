-- Each post of each commune in each period that is computed: its latest accepted row up to that period.
SELECT
    source.unit_id,
    source.district_code,
    source.position,
    report.spell_starts_on,
    report.position AS reported_position,
    report.post_code,
    report.posts_required,
    report.posts_filled,
    report.posts_combined,
    report.coef_before,
    report.coef_now
FROM (
    SELECT source.*, post.post_code
    FROM intermediate.post_source AS source
    CROSS JOIN reference.post AS post
) AS source
ASOF JOIN intermediate.post_report AS report
    ON report.unit_id = source.source_id
    AND report.spell_starts_on = source.source_starts_on
    AND report.post_code = source.post_code
    AND source.position >= report.position
