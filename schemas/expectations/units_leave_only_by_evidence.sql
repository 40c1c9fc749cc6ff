-- One row a unit: outstanding by the last line of its history, or named in a remaining table, is the same thing. A
-- unit that went into another by a change is named no more; unit_changes_conserve_work asks for its work there.
WITH
latest AS (
    SELECT
        unit_id,
        arg_max_null(status_to, (period, list_position(['taken_over', 'reported', 'left'], step))) AS status
    FROM marts.unit_history
    GROUP BY unit_id
),

named AS (
    -- a commune that bears the code of a former one is another unit
    SELECT coalesce(commune.unit_id, named.commune_code) AS unit_id
    FROM marts.remaining_communes AS named
    LEFT JOIN register.commune AS commune
        ON commune.commune_code = named.commune_code
        AND (SELECT max(ends_on) FROM core.period WHERE period IN (SELECT period FROM marts.countdown))
        BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
    UNION ALL
    SELECT village_id FROM marts.remaining_villages
),

counted AS (
    SELECT unit_id, count(*) AS units
    FROM named
    GROUP BY unit_id
)

SELECT
    unit_id AS subject,
    coalesce(latest.status, '') AS last_status,
    CASE WHEN latest.status IS NULL OR latest.status = 'completed' THEN 0 ELSE 1 END AS expected,
    coalesce(counted.units, 0) AS actual
FROM latest
FULL JOIN counted USING (unit_id)
ORDER BY subject
