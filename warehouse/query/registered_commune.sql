-- The spans of days in which the register knows that commune code.
SELECT valid_from, coalesce(valid_to, DATE '9999-12-31')
FROM reference.commune
WHERE commune_code = $1
