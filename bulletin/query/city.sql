-- The city in the latest period: sums of what the districts reported.
WITH people AS (
    SELECT period, sum(people_before)::BIGINT AS people_before, sum(people_now)::BIGINT AS people_now
    FROM staffing
    GROUP BY period
),

post AS (
    SELECT
        period,
        sum(posts_required)::BIGINT AS posts_required,
        sum(posts_filled)::BIGINT AS posts_filled,
        sum(posts_vacant)::BIGINT AS posts_vacant
    FROM posts
    GROUP BY period
)

SELECT
    people.people_before,
    people.people_now,
    people.people_before - people.people_now AS people_fewer,
    100.0 * people_fewer / nullif(people.people_before, 0) AS reduction_pct,
    post.* EXCLUDE (period)
FROM release
LEFT JOIN people ON people.period = release.latest_period
LEFT JOIN post ON post.period = release.latest_period
