-- Which district each commune code of the register belongs to.
SELECT DISTINCT commune_code, district_code
FROM reference.commune
