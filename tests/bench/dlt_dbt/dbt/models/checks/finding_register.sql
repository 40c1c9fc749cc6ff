-- Against the register and the law: unknown communes, more people than allowed, the same unit twice.
WITH coded AS (
    SELECT submission_id, '01_CapXa' AS sheet, source_row, commune_code, 'A' AS letter FROM {{ source('landing', 'commune') }}
    UNION ALL
    SELECT submission_id, '02_ThonTDP', source_row, commune_code, 'B' FROM {{ source('landing', 'village') }}
    UNION ALL
    SELECT submission_id, '03_ChucDanh', source_row, commune_code, 'A' FROM {{ source('landing', 'post') }}
    UNION ALL
    SELECT submission_id, '05_DonThu', source_row, commune_code, 'A' FROM {{ source('landing', 'petition') }}
),

counted AS (
    SELECT submission_id, '01_CapXa' AS sheet, source_row, people_now, commune_class AS label, 'commune_people_max' AS rule, 'E' AS letter
    FROM {{ source('landing', 'commune') }}
    UNION ALL
    SELECT submission_id, '02_ThonTDP', source_row, people_now, village_kind, 'village_people_max', 'H'
    FROM {{ source('landing', 'village') }}
),

keyed AS (
    SELECT submission_id, '01_CapXa' AS sheet, source_row, commune_code AS key, 'commune_code' AS column_name, 'A' AS letter
    FROM {{ source('landing', 'commune') }}
    UNION ALL
    SELECT submission_id, '02_ThonTDP', source_row, commune_code || village_kind || village_name, 'village_name', 'D'
    FROM {{ source('landing', 'village') }}
    UNION ALL
    SELECT submission_id, '03_ChucDanh', source_row, commune_code || post_code, 'post_code', 'B'
    FROM {{ source('landing', 'post') }}
    UNION ALL
    SELECT submission_id, '05_DonThu', source_row, commune_code || petition_kind, 'petition_kind', 'B'
    FROM {{ source('landing', 'petition') }}
)

SELECT coded.submission_id, coded.sheet, coded.source_row, 'commune_code' AS column_name, coded.letter, 'unknown_unit' AS fault
FROM coded
JOIN {{ source('landing', 'file') }} AS file USING (submission_id)
LEFT JOIN {{ source('reference', 'commune') }} AS commune
    ON commune.commune_code = coded.commune_code AND commune.district_code = file.district_code
WHERE coded.commune_code IS NOT NULL AND commune.commune_code IS NULL
UNION ALL
SELECT counted.submission_id, counted.sheet, counted.source_row, 'people_now', counted.letter, 'over_cap'
FROM counted
JOIN {{ source('raw', 'term') }} AS term
    ON term.label = counted.label AND term.vocabulary IN ('commune_class', 'village_kind')
JOIN {{ source('reference', 'legal_limit') }} AS legal_limit
    ON legal_limit.rule = counted.rule AND legal_limit.applies_to = term.code
WHERE counted.people_now > legal_limit.value::BIGINT
UNION ALL
SELECT submission_id, sheet, source_row, column_name, letter, 'duplicate_unit'
FROM keyed
WHERE key IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY submission_id, sheet, key) > 1
