-- The districts that each unit ever lies in: a commune in one, a village in those of the communes it lies in.
SELECT unit_id, district_code
FROM register.commune
UNION
SELECT place.village_id, commune.district_code
FROM register.village_place AS place
JOIN register.commune AS commune ON commune.unit_id = place.commune_id
