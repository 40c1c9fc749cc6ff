-- The spans of days in which the register knows that commune, by its code or as `00112@2021-04-10`.
SELECT valid_from, coalesce(valid_to, DATE '9999-12-31')
FROM register.commune
WHERE $1 IN (commune_code, unit_id)
