-- The code of a new unit is not of its level's form, or the id of a new village not one of its commune that was
-- never given: `<commune code>-<number>`.
WITH given AS (
    SELECT village_id FROM core.village WHERE known_at <= getvariable('known_at')
    UNION
    SELECT village_id FROM register.village
),

last AS (
    SELECT split_part(village_id, '-', 1) AS commune_code, max(split_part(village_id, '-', 2)::BIGINT) AS number
    FROM given
    WHERE regexp_full_match(village_id, '\d{5}-\d{3,18}')
    GROUP BY ALL
),

free AS (
    SELECT
        entry.*,
        coalesce(entry.parent_code, 'mã xã, phường') || '-'
        || lpad(number::VARCHAR, greatest(3, len(number::VARCHAR))::INTEGER, '0') AS first_free
    FROM (
        SELECT entry.*, coalesce(last.number, 0) + 1 AS number
        FROM batch.change AS entry
        LEFT JOIN last ON last.commune_code = entry.parent_code
        WHERE entry.holder_name IS NULL
    ) AS entry
)

SELECT
    submission_id,
    'unit_change' AS table_name,
    source_sheet,
    source_row,
    'new_code' AS column_name,
    new_code AS value,
    CASE unit_level
        WHEN 'district' THEN 'ba chữ số'
        WHEN 'commune' THEN 'năm chữ số'
        ELSE 'mã xã, phường, dấu - và một số chưa từng cấp, từ ' || first_free || ' trở đi'
    END AS expected
FROM free
WHERE CASE unit_level
        WHEN 'district' THEN NOT regexp_full_match(new_code, '\d{3}')
        WHEN 'commune' THEN NOT regexp_full_match(new_code, '\d{5}')
        ELSE
            NOT regexp_full_match(new_code, '\d{5}-(\d{3}|[1-9]\d{3,17})')
            OR split_part(new_code, '-', 1) <> parent_code
            OR new_code IN (SELECT given.village_id FROM given)
    END
