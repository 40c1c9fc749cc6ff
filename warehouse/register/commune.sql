-- The communes with the days they are valid on: the reference register, carried on by the accepted changes. A unit
-- is (code, valid_from); its id is the bare code for the first that bears the code from the baseline day on.
WITH said AS (
    SELECT commune_code, valid_from AS on_day, commune_name, short_name, commune_kind, district_code
    FROM reference.commune
    UNION ALL
    SELECT new_code, effective_on, new_name, trim(new_name[len(new_kind) + 1:]), new_kind, parent_code
    FROM register.unit_change
    WHERE unit_level = 'commune' AND new_code IS NOT NULL
    UNION ALL
    SELECT old_code, effective_on, NULL, NULL, NULL, NULL
    FROM register.unit_change
    WHERE unit_level = 'commune' AND old_code IS NOT NULL
    UNION ALL
    -- of a commune that changed the change says how long it lasted
    SELECT commune_code, valid_to + 1, NULL, NULL, NULL, NULL
    FROM reference.commune AS known
    WHERE
        valid_to IS NOT NULL
        AND NOT EXISTS (
            FROM register.unit_change AS change
            WHERE change.unit_level = 'commune'
                AND known.commune_code IN (change.old_code, change.new_code)
                AND change.effective_on BETWEEN known.valid_from AND known.valid_to
        )
),

day AS (
    SELECT
        commune_code,
        on_day,
        max(commune_name) AS commune_name,
        max(short_name) AS short_name,
        max(commune_kind) AS commune_kind,
        max(district_code) AS district_code,
        row(max(commune_name), max(commune_kind), max(district_code)) AS identity
    FROM said
    GROUP BY commune_code, on_day
),

turn AS (
    -- a unit that is said again goes on; one that ended and is said again is another
    SELECT *
    FROM day
    QUALIFY identity IS DISTINCT FROM lag(identity) OVER (PARTITION BY commune_code ORDER BY on_day)
),

holder AS (
    SELECT
        commune_code,
        commune_name,
        short_name,
        commune_kind,
        district_code,
        on_day AS valid_from,
        lead(on_day) OVER (PARTITION BY commune_code ORDER BY on_day) - 1 AS valid_to
    FROM turn
)

SELECT
    CASE
        WHEN valid_from = min(valid_from) FILTER (valid_to IS NULL OR valid_to >= getvariable('baseline_as_of'))
            OVER (PARTITION BY commune_code)
            THEN commune_code
        ELSE commune_code || '@' || valid_from
    END AS unit_id,
    *
FROM holder
WHERE commune_name IS NOT NULL
