-- Units that were outstanding in some period and are completed now, the latest first; a unit completed when it was
-- first reported was outstanding only by being reopened.
WITH unit AS (
    SELECT
        *,
        bool_or(status_to <> 'completed') OVER (PARTITION BY unit_id) AS was_outstanding,
        first_value(status_to) OVER (PARTITION BY unit_id ORDER BY period, step DESC) = 'completed' AS is_reopened,
        min(period) OVER (PARTITION BY unit_id) AS first_period
    FROM unit_history
    -- what a unit had finished stays finished when it goes on in another
    WHERE step <> 'left'
    QUALIFY row_number() OVER (PARTITION BY unit_id ORDER BY period DESC, step) = 1
),

commune AS (
    SELECT unit_id AS commune_code, any_value(unit_name) AS commune_name
    FROM unit_history
    WHERE unit_level = 'commune'
    GROUP BY unit_id
)

SELECT unit.*, d.short_name, commune.commune_name
FROM unit
JOIN districts AS d USING (district_code)
LEFT JOIN commune ON commune.commune_code = unit.unit_id[:5]
WHERE unit.was_outstanding AND unit.status_to = 'completed'
ORDER BY unit.period DESC, unit.district_code, unit.unit_id
