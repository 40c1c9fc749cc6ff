-- What the posts of each commune rest on in each period that is computed: its own rows in the present spell or, while there are
-- none, those of all communes it took over, theirs in turn. Of a commune that was divided they are the main part's.
WITH RECURSIVE spell_report AS (
    SELECT unit_id, spell_starts_on, min(position) AS first_position
    FROM intermediate.post_report
    GROUP BY ALL
),

traced AS (
    SELECT
        u.unit_id, u.position, u.district_code,
        u.unit_id AS source_id, spell.starts_on AS source_starts_on
    FROM (
        SELECT u.unit_id, u.position, u.district_code, p.ends_on
        FROM intermediate.unit_state AS u
        JOIN intermediate.open_period AS p USING (position)
        WHERE u.unit_level = 'commune'
    ) AS u
    ASOF JOIN intermediate.spell AS spell ON spell.unit_id = u.unit_id AND u.ends_on >= spell.starts_on
    UNION ALL
    SELECT t.unit_id, t.position, t.district_code, o.origin_id, o.origin_starts_on
    FROM traced AS t
    JOIN register.spell_origin AS o
        ON o.unit_id = t.source_id AND o.starts_on = t.source_starts_on AND o.is_main
    LEFT JOIN spell_report AS r ON r.unit_id = t.source_id AND r.spell_starts_on = t.source_starts_on
    WHERE r.first_position IS NULL OR r.first_position > t.position
)

SELECT traced.*
FROM traced
JOIN spell_report AS r
    ON r.unit_id = traced.source_id
    AND r.spell_starts_on = traced.source_starts_on
    AND r.first_position <= traced.position
