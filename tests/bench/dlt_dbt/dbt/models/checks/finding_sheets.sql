-- Sheets against each other: villages counted and listed, people and posts, open units and their backlog.
WITH listed AS (
    SELECT submission_id, commune_code, count(*) AS villages, sum(people_now) AS people
    FROM {{ source('landing', 'village') }}
    GROUP BY ALL
),

filled AS (
    SELECT submission_id, commune_code, sum(posts_filled - posts_combined) AS people
    FROM {{ source('landing', 'post') }}
    GROUP BY ALL
),

open_unit AS (
    SELECT submission_id, '01_CapXa' AS sheet, source_row, 'H' AS letter, 'Xã' AS unit_level, commune_code AS unit_id, commune_code, commune_name AS unit_name
    FROM {{ source('landing', 'commune') }}
    WHERE status IN ('Đang thực hiện', 'Chưa thực hiện')
    UNION ALL
    SELECT submission_id, '02_ThonTDP', source_row, 'I', village_kind, village_id, commune_code, village_name
    FROM {{ source('landing', 'village') }}
    WHERE status IN ('Đang thực hiện', 'Chưa thực hiện')
)

SELECT c.submission_id, '01_CapXa' AS sheet, c.source_row, 'villages_now' AS column_name, 'G' AS letter, 'village_count_mismatch' AS fault
FROM {{ source('landing', 'commune') }} AS c
LEFT JOIN listed USING (submission_id, commune_code)
WHERE c.villages_now <> coalesce(listed.villages, 0)
UNION ALL
SELECT c.submission_id, '01_CapXa', c.source_row, 'people_now', 'E', 'people_mismatch'
FROM {{ source('landing', 'commune') }} AS c
LEFT JOIN listed USING (submission_id, commune_code)
LEFT JOIN filled USING (submission_id, commune_code)
WHERE c.people_now + coalesce(listed.people, 0) <> coalesce(filled.people, 0)
UNION ALL
SELECT o.submission_id, o.sheet, o.source_row, 'status', o.letter, 'backlog_missing'
FROM open_unit AS o
WHERE NOT EXISTS (
    FROM {{ source('landing', 'outstanding') }} AS listed
    WHERE listed.submission_id = o.submission_id
        AND (listed.unit_ref = o.unit_id OR (listed.unit_ref = o.commune_code AND listed.unit_name = o.unit_name))
)
