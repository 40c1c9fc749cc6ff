SELECT district_code, district_name, short_name, district_kind, tile_row, tile_col
FROM reference.district
WHERE valid_from <= getvariable('baseline_as_of') AND (valid_to IS NULL OR valid_to >= getvariable('baseline_as_of'))
ORDER BY district_code
