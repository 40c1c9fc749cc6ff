-- The districts with the days they are valid on: the reference register, carried on by the accepted changes.
WITH said AS (
    SELECT
        district_code, valid_from AS on_day, district_name, short_name, district_kind, tile_row, tile_col
    FROM reference.district
    UNION ALL
    SELECT
        new_code, effective_on, new_name, trim(new_name[len(new_kind) + 1:]), new_kind, NULL, NULL
    FROM register.unit_change
    WHERE unit_level = 'district' AND new_code IS NOT NULL
    UNION ALL
    SELECT old_code, effective_on, NULL, NULL, NULL, NULL, NULL
    FROM register.unit_change
    WHERE unit_level = 'district' AND old_code IS NOT NULL
    UNION ALL
    -- of a district that changed the change says how long it lasted
    SELECT district_code, valid_to + 1, NULL, NULL, NULL, NULL, NULL
    FROM reference.district AS known
    WHERE
        valid_to IS NOT NULL
        AND NOT EXISTS (
            FROM register.unit_change AS change
            WHERE change.unit_level = 'district'
                AND known.district_code IN (change.old_code, change.new_code)
                AND change.effective_on BETWEEN known.valid_from AND known.valid_to
        )
),

day AS (
    SELECT
        district_code,
        on_day,
        max(district_name) AS district_name,
        max(short_name) AS short_name,
        max(district_kind) AS district_kind,
        max(tile_row) AS tile_row,
        max(tile_col) AS tile_col,
        row(max(district_name), max(district_kind)) AS identity
    FROM said
    GROUP BY district_code, on_day
),

turn AS (
    -- a unit that is said again goes on; one that ended and is said again is another
    SELECT *
    FROM day
    QUALIFY identity IS DISTINCT FROM lag(identity) OVER (PARTITION BY district_code ORDER BY on_day)
),

holder AS (
    SELECT
        district_code,
        district_name,
        short_name,
        district_kind,
        tile_row,
        tile_col,
        on_day AS valid_from,
        lead(on_day) OVER (PARTITION BY district_code ORDER BY on_day) - 1 AS valid_to
    FROM turn
)

SELECT * FROM holder WHERE district_name IS NOT NULL
