-- Folded names of every commune ever registered or established, by district, with and without the kind.
SELECT district_code, list(DISTINCT name)
FROM (
    SELECT district_code, unnest([fold(commune_name), fold(short_name)]) AS name FROM reference.commune
    UNION ALL
    SELECT parent_code, unnest([fold(new_name), fold(trim(new_name[len(new_kind) + 1:]))]) FROM core.unit_change
    WHERE unit_level = 'commune' AND new_code IS NOT NULL
)
GROUP BY district_code
