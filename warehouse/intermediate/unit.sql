-- The units of the scheme: the communes of the register on the baseline day, and the villages they reported.
-- registered_position is the period from which a unit counts even before its own row is accepted.
WITH commune AS (
    SELECT c.commune_code, c.commune_name, c.commune_kind, d.district_code, d.district_name
    FROM reference.commune AS c
    JOIN reference.district AS d USING (district_code)
    WHERE c.valid_from <= getvariable('baseline_as_of')
        AND (c.valid_to IS NULL OR c.valid_to >= getvariable('baseline_as_of'))
        AND d.valid_from <= getvariable('baseline_as_of')
        AND (d.valid_to IS NULL OR d.valid_to >= getvariable('baseline_as_of'))
)

SELECT commune_code AS unit_id, 'commune' AS unit_level, commune_name AS unit_name, 0 AS registered_position, commune.*
FROM commune
UNION ALL
SELECT v.village_id, v.village_kind, v.village_name, p.position, commune.*
FROM core.village AS v
JOIN core.period AS p ON p.period = v.registered_period
JOIN commune USING (commune_code)
WHERE v.known_at <= getvariable('known_at')
