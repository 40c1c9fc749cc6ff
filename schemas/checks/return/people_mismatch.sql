-- Per commune: the people of sheets 01 and 02 are not filled − combined of sheet 03. Unreadable cells are no people.
WITH people AS (
    SELECT submission_id, commune_code, people_now FROM batch.commune WHERE NOT is_repeat
    UNION ALL
    SELECT submission_id, commune_code, people_now FROM batch.village WHERE NOT is_repeat
),

counted AS (
    SELECT submission_id, commune_code, sum(people_now) AS people, count(*) = count(people_now) AS is_whole
    FROM people
    GROUP BY submission_id, commune_code
),

posted AS (
    SELECT
        submission_id,
        commune_code,
        sum(posts_filled - posts_combined) AS people,
        count(*) = count(posts_filled - posts_combined) AS is_whole
    FROM batch.post WHERE NOT is_repeat
    GROUP BY submission_id, commune_code
)

SELECT
    entry.submission_id,
    'commune' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'people_now' AS column_name,
    counted.people::VARCHAR AS value,
    coalesce(posted.people, 0)::VARCHAR AS expected
FROM batch.commune AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
JOIN counted ON counted.submission_id = entry.submission_id AND counted.commune_code = entry.commune_code
LEFT JOIN posted ON posted.submission_id = entry.submission_id AND posted.commune_code = entry.commune_code
WHERE
    NOT entry.is_repeat
    AND counted.is_whole
    AND coalesce(posted.is_whole, true)
    AND counted.people <> coalesce(posted.people, 0)
