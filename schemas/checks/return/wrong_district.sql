-- The file names another district than the folder it arrived in, or the folder is no district's.
SELECT
    declared.submission_id,
    'info' AS table_name,
    declared.source_sheet,
    NULL::BIGINT AS source_row,
    'district_code' AS column_name,
    NULL AS value,
    coalesce(district.district_code || ' ' || district.district_name, 'thư mục không phải của quận, huyện nào') AS expected
FROM batch.declared AS declared
LEFT JOIN register.district AS district
    ON
        district.district_code = declared.district_code
        AND declared.units_on BETWEEN district.valid_from AND coalesce(district.valid_to, DATE '9999-12-31')
WHERE
    declared.is_readable
    AND (district.district_code IS NULL OR declared.declared_district IS DISTINCT FROM declared.district_code)
