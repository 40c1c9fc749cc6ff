-- Folded names of every commune ever registered, by district, with and without the kind.
SELECT district_code, list(DISTINCT name)
FROM (
    SELECT district_code, unnest([fold(commune_name), fold(short_name)]) AS name FROM reference.commune
)
GROUP BY district_code
