-- What each unit is called and where it lies on the last day of each period that is computed; of one that ended, as it
-- was last.
WITH village AS (
    SELECT v.village_id, v.position, v.ends_on, named.village_kind, named.village_name, place.commune_id
    FROM (
        SELECT DISTINCT v.village_id, p.position, p.ends_on
        FROM register.village AS v
        JOIN intermediate.fresh_unit AS fresh ON fresh.unit_id = v.village_id
        JOIN intermediate.open_period AS p ON p.position >= fresh.position
    ) AS v
    ASOF JOIN register.village AS named ON named.village_id = v.village_id AND v.ends_on >= named.valid_from
    ASOF JOIN register.village_place AS place ON place.village_id = v.village_id AND v.ends_on >= place.placed_on
),

placed AS (
    SELECT
        commune.unit_id,
        'commune' AS unit_level,
        commune.commune_name AS unit_name,
        p.position,
        p.ends_on,
        commune.unit_id AS commune_id
    FROM register.commune AS commune
    JOIN intermediate.fresh_unit AS fresh USING (unit_id)
    JOIN intermediate.open_period AS p ON p.position >= fresh.position
    UNION ALL
    SELECT village_id, village_kind, village_name, position, ends_on, commune_id
    FROM village
)

SELECT
    placed.unit_id,
    placed.unit_level,
    placed.unit_name,
    placed.position,
    placed.commune_id,
    commune.commune_code,
    commune.commune_name,
    commune.commune_kind,
    commune.district_code,
    district.district_name
FROM placed
JOIN register.commune AS commune ON commune.unit_id = placed.commune_id
ASOF JOIN register.district AS district
    ON district.district_code = commune.district_code AND placed.ends_on >= district.valid_from
