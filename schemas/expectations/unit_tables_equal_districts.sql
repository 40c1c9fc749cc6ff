-- One row a district and level: units named as remaining against the district's own count in the last period.
WITH
named AS (
    SELECT district_code, 'communes_remaining' AS measure, count(*) AS units
    FROM marts.remaining_communes
    GROUP BY district_code
    UNION ALL
    SELECT district_code, village_kind || '_remaining', count(*)
    FROM marts.remaining_villages
    GROUP BY ALL
),

counted AS (
    SELECT
        district_code,
        unnest([
            {'measure': 'communes_remaining', 'units': communes_remaining},
            {'measure': 'thon_remaining', 'units': thon_remaining},
            {'measure': 'tdp_remaining', 'units': tdp_remaining}
        ], recursive := true)
    FROM marts.progress_by_district
    WHERE period = (SELECT max(period) FROM marts.progress_by_district)
)

SELECT
    district_code || ' · ' || measure AS subject,
    district_code,
    coalesce(counted.units, 0) AS expected,
    coalesce(named.units, 0) AS actual
FROM counted
FULL JOIN named USING (district_code, measure)
ORDER BY subject
