-- The code of every district there ever was, by the reference register or an accepted change.
SELECT district_code FROM reference.district
UNION
SELECT new_code FROM core.unit_change WHERE unit_level = 'district' AND new_code IS NOT NULL
