-- The cells of one published table that two pictures of the same moment, attached as `snapshot` and `asked`, give
-- differently; NULL where one of them has no such row. `submissions`: the returns that only the second knows, of the
-- row's district (for a row of the city: of any) and for its period or one before; rejected ones
-- too, which turn what was missing into rejected.
WITH said AS (
    SELECT 'released' AS picture, to_json(t) AS row
    FROM query_table('snapshot.marts.' || $1) AS t
    UNION ALL
    SELECT 'asked', to_json(t)
    FROM query_table('asked.marts.' || $1) AS t
),

cell AS (
    SELECT
        picture,
        list_transform($2::VARCHAR [], lambda k: row ->> k) AS key,
        row ->> 'district_code' AS district_code,
        row ->> 'period' AS period,
        unnest(json_keys(row)) AS column_name,
        row ->> column_name AS value
    FROM said
),

differing AS (
    SELECT
        key,
        any_value(district_code) AS district_code,
        any_value(period) AS period,
        column_name,
        any_value(value) FILTER (picture = 'released') AS released,
        any_value(value) FILTER (picture = 'asked') AS asked
    FROM cell
    GROUP BY key, column_name
    HAVING released IS DISTINCT FROM asked
),

new_return AS (
    SELECT submission_id, district_code, period
    FROM asked.marts.submissions
    WHERE verdict <> 'duplicate'
        AND submission_id NOT IN (SELECT submission_id FROM snapshot.marts.submissions)
)

SELECT
    $1 AS table_name,
    d.key,
    d.column_name,
    d.released,
    d.asked,
    coalesce(list(n.submission_id ORDER BY n.submission_id) FILTER (n.submission_id IS NOT NULL), []) AS submissions
FROM differing AS d
LEFT JOIN new_return AS n
    ON n.district_code = coalesce(d.district_code, n.district_code) AND n.period <= coalesce(d.period, n.period)
GROUP BY ALL
ORDER BY d.key, d.column_name
