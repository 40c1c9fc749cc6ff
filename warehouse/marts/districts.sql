-- Every district there was from the baseline day to the last period begun, under its last name in that time.
SELECT
    district_code,
    district_name,
    short_name,
    district_kind,
    -- a district that is renamed stays where it is
    coalesce(tile_row, max(tile_row) OVER (PARTITION BY district_code)) AS tile_row,
    coalesce(tile_col, max(tile_col) OVER (PARTITION BY district_code)) AS tile_col
FROM register.district
WHERE
    (valid_to IS NULL OR valid_to >= getvariable('baseline_as_of'))
    AND valid_from <= greatest(
        getvariable('baseline_as_of'),
        (SELECT max(ends_on) FROM core.period WHERE starts_on <= getvariable('as_of')::DATE)
    )
QUALIFY row_number() OVER (PARTITION BY district_code ORDER BY valid_from DESC) = 1
ORDER BY district_code
