-- What each unit's state rests on in each period that is computed: its own last row in the present spell or, while there is none,
-- the rows of all units it took over, theirs in turn. `is_entry`: the same at the start of a spell, without any row
-- of the spells that begin in that period: what was taken over, and by way of which units (`path`, from the unit to
-- the one that reported). `bears_status`, `carries`: whether the status, and people and villages, are this row's. In
-- the period after its last a unit has one more row: what it left behind.
WITH RECURSIVE present AS (
    SELECT p.unit_id, p.position, p.is_leaving, s.starts_on, s.position AS spell_position
    FROM (
        SELECT u.unit_id, p.position, p.ends_on, coalesce(p.position > u.last_position, false) AS is_leaving
        FROM intermediate.unit AS u
        JOIN intermediate.fresh_unit AS fresh USING (unit_id)
        JOIN intermediate.open_period AS p
            ON p.position BETWEEN u.first_position AND coalesce(u.last_position + 1, p.position)
            AND p.position >= fresh.position
        WHERE coalesce(u.last_position, u.first_position) >= u.first_position
    ) AS p
    ASOF JOIN intermediate.spell AS s ON s.unit_id = p.unit_id AND p.ends_on >= s.starts_on
),

begun AS (
    SELECT
        unit_id, position, is_leaving, starts_on, false AS is_entry, [unit_id] AS path,
        unit_id AS source_id, starts_on AS source_starts_on, true AS bears_status, true AS carries
    FROM present
    UNION ALL
    SELECT
        p.unit_id, p.position, p.is_leaving, p.starts_on, true, [p.unit_id, o.origin_id],
        o.origin_id, o.origin_starts_on, true, o.is_main
    FROM present AS p
    JOIN register.spell_origin AS o USING (unit_id, starts_on)
    WHERE p.position = p.spell_position
),

traced AS (
    SELECT * FROM begun
    UNION ALL
    SELECT
        t.unit_id, t.position, t.is_leaving, t.starts_on, t.is_entry, list_append(t.path, o.origin_id),
        o.origin_id, o.origin_starts_on,
        t.bears_status AND (coalesce(s.first_position > t.position, true) OR (t.is_entry AND s.position = t.position)),
        t.carries AND o.is_main
    FROM traced AS t
    JOIN register.spell_origin AS o ON o.unit_id = t.source_id AND o.starts_on = t.source_starts_on
    JOIN intermediate.spell_heard AS s ON s.unit_id = t.source_id AND s.starts_on = t.source_starts_on
    WHERE coalesce(s.settled_position > t.position, true) OR (t.is_entry AND s.position = t.position)
),

rested AS (
    SELECT
        t.* REPLACE (
            t.bears_status AND (is_root OR coalesce(s.first_position <= t.position, false)) AS bears_status,
            t.carries AND (is_root OR coalesce(s.settled_position <= t.position, false)) AS carries
        )
    FROM (
        SELECT
            traced.*,
            NOT EXISTS (
                FROM register.spell_origin AS o
                WHERE o.unit_id = traced.source_id AND o.starts_on = traced.source_starts_on
            ) AS is_root
        FROM traced
    ) AS t
    JOIN intermediate.spell_heard AS s ON s.unit_id = t.source_id AND s.starts_on = t.source_starts_on
    WHERE is_root OR NOT (t.is_entry AND s.position = t.position)
)

SELECT
    s.* EXCLUDE (source_starts_on, is_root),
    -- its own spells before the present one are taken over like any other unit's
    s.is_entry OR s.source_id <> s.unit_id OR s.source_starts_on <> s.starts_on AS is_taken_over,
    r.* EXCLUDE (unit_id, position, spell_starts_on),
    r.position AS reported_position
FROM rested AS s
ASOF LEFT JOIN intermediate.unit_report AS r
    ON r.unit_id = s.source_id AND r.spell_starts_on = s.source_starts_on AND s.position >= r.position
WHERE s.bears_status OR s.carries
