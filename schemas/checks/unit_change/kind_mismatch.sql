-- The new unit's kind is not one of its level, or its name does not begin with it.
SELECT
    submission_id,
    'unit_change' AS table_name,
    source_sheet,
    source_row,
    'new_kind' AS column_name,
    concat_ws(', ', new_kind, new_name) AS value,
    CASE unit_level
        WHEN 'commune' THEN 'xã / phường / thị trấn, tên bắt đầu bằng loại (Xã Sen Phương)'
        WHEN 'district' THEN 'quận / huyện / thị xã / thành phố, tên bắt đầu bằng loại (Huyện Phúc Thọ)'
        ELSE 'thôn / TDP'
    END AS expected
FROM batch.change
WHERE
    new_kind IS NOT NULL
    AND NOT CASE unit_level
        WHEN 'commune' THEN new_kind IN ('xã', 'phường', 'thị trấn') AND starts_with(lower(new_name), new_kind || ' ')
        WHEN 'district'
            THEN new_kind IN ('quận', 'huyện', 'thị xã', 'thành phố') AND starts_with(lower(new_name), new_kind || ' ')
        ELSE new_kind IN ('thon', 'tdp')
    END
