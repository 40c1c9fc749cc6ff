-- The spans of days in which the register knows that district code.
SELECT valid_from, coalesce(valid_to, DATE '9999-12-31')
FROM register.district
WHERE district_code = $1
