-- Every unit in every period that is computed in which it is valid, and since when it has been outstanding without a break: of a
-- unit that took over an outstanding one that is since when that one was.
WITH RECURSIVE origin AS (
    -- of spells that began in one period, what the first of them goes on from stood in the period before
    SELECT s.unit_id, s.starts_on, s.position, o.origin_id, o.origin_starts_on
    FROM intermediate.spell AS s
    JOIN register.spell_origin AS o USING (unit_id, starts_on)
    UNION
    SELECT t.unit_id, t.starts_on, t.position, o.origin_id, o.origin_starts_on
    FROM origin AS t
    JOIN intermediate.spell AS s
        ON s.unit_id = t.origin_id AND s.starts_on = t.origin_starts_on AND s.position = t.position
    JOIN register.spell_origin AS o ON o.unit_id = t.origin_id AND o.starts_on = t.origin_starts_on
),

traced AS (
    SELECT unit_id, position, unit_id AS source_id, position AS source_position
    FROM intermediate.unit_status
    WHERE is_outstanding
    UNION ALL
    SELECT t.unit_id, t.position, before.unit_id, before.position
    FROM traced AS t
    JOIN intermediate.unit_status AS s ON s.unit_id = t.source_id AND s.position = t.source_position
    JOIN origin AS o ON o.unit_id = s.unit_id AND o.starts_on = s.spell_starts_on
    JOIN intermediate.unit_status AS before
        ON before.unit_id = o.origin_id AND before.position = o.position - 1
    WHERE s.completed_until IS NULL AND before.status IS DISTINCT FROM 'completed'
),

since AS (
    SELECT
        t.unit_id,
        t.position,
        -- never completed: outstanding since the baseline, whenever the first report came
        min(coalesce(s.completed_until, CASE WHEN NOT spell.takes_over THEN unit.first_position END))
            AS outstanding_from
    FROM traced AS t
    JOIN intermediate.unit_status AS s ON s.unit_id = t.source_id AND s.position = t.source_position
    JOIN intermediate.unit AS unit ON unit.unit_id = s.unit_id
    JOIN intermediate.spell AS spell ON spell.unit_id = s.unit_id AND spell.starts_on = s.spell_starts_on
    GROUP BY t.unit_id, t.position
)

SELECT
    s.* EXCLUDE (completed_until, is_leaving),
    coalesce(since.outstanding_from, spell.position) AS outstanding_from
FROM intermediate.unit_status AS s
JOIN intermediate.spell AS spell ON spell.unit_id = s.unit_id AND spell.starts_on = s.spell_starts_on
LEFT JOIN since ON since.unit_id = s.unit_id AND since.position = s.position
WHERE NOT s.is_leaving
