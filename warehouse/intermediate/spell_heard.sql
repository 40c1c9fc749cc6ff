-- The spells of each unit, since when one has a report of its own, and since when its people and villages are its own:
-- of a divided unit they stay with the main part until all parts, or what they went into, have reported.
WITH RECURSIVE line AS (
    SELECT division_id, unit_id, starts_on, unit_id AS heir_id, starts_on AS heir_starts_on
    FROM register.division
    UNION
    SELECT line.division_id, line.unit_id, line.starts_on, origin.unit_id, origin.starts_on
    FROM line
    JOIN register.spell_origin AS origin
        ON origin.origin_id = line.heir_id AND origin.origin_starts_on = line.heir_starts_on
),

heard AS (
    SELECT unit_id, spell_starts_on AS starts_on, min(position) AS first_position
    FROM intermediate.unit_report
    GROUP BY ALL
),

part AS (
    SELECT line.division_id, line.unit_id, min(heard.first_position) AS first_position
    FROM line
    LEFT JOIN heard ON heard.unit_id = line.heir_id AND heard.starts_on = line.heir_starts_on
    GROUP BY ALL
),

division AS (
    SELECT
        division_id,
        CASE WHEN count(first_position) = count(*) THEN max(first_position) END AS settled_position
    FROM part
    GROUP BY division_id
),

waiting AS (
    SELECT
        line.heir_id AS unit_id,
        line.heir_starts_on AS starts_on,
        bool_and(division.settled_position IS NOT NULL) AS is_settled,
        max(division.settled_position) AS settled_position
    FROM line
    JOIN division USING (division_id)
    GROUP BY ALL
)

SELECT
    spell.*,
    heard.first_position,
    CASE
        WHEN heard.first_position IS NOT NULL AND coalesce(waiting.is_settled, true)
            THEN greatest(heard.first_position, waiting.settled_position)
    END AS settled_position
FROM intermediate.spell AS spell
LEFT JOIN heard ON heard.unit_id = spell.unit_id AND heard.starts_on = spell.starts_on
LEFT JOIN waiting ON waiting.unit_id = spell.unit_id AND waiting.starts_on = spell.starts_on
