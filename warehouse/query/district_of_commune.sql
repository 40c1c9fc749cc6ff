-- Which district each commune code of the register belongs to, or belonged to last.
SELECT commune_code, arg_max(district_code, valid_from)
FROM register.commune
GROUP BY commune_code
