-- The city in the latest period: sums of what the districts reported, and how many of them that is.
WITH progress AS (
    SELECT period, count(communes_remaining) AS districts_known, count(*) AS districts
    FROM progress_by_district
    GROUP BY period
),

people AS (
    SELECT
        period,
        sum(people_before)::BIGINT AS people_before,
        sum(people_now)::BIGINT AS people_now,
        count(people_now) AS people_districts
    FROM staffing
    GROUP BY period
),

post AS (
    SELECT
        period,
        sum(posts_required)::BIGINT AS posts_required,
        sum(posts_filled)::BIGINT AS posts_filled,
        sum(posts_vacant)::BIGINT AS posts_vacant,
        count(DISTINCT district_code) AS posts_districts
    FROM posts
    GROUP BY period
)

SELECT
    progress.* EXCLUDE (period),
    people.* EXCLUDE (period, people_districts),
    coalesce(people.people_districts, 0) AS people_districts,
    people.people_before - people.people_now AS people_fewer,
    100.0 * people_fewer / nullif(people.people_before, 0) AS reduction_pct,
    post.* EXCLUDE (period, posts_districts),
    coalesce(post.posts_districts, 0) AS posts_districts
FROM release
LEFT JOIN progress ON progress.period = release.latest_period
LEFT JOIN people ON people.period = release.latest_period
LEFT JOIN post ON post.period = release.latest_period
