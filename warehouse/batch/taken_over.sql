-- What each unit had when it last took over others: its people and villages before the scheme are theirs together
-- (empty while one of them has not reported, or was divided), and whether something was not completed.
WITH RECURSIVE last_spell AS (
    SELECT declared.submission_id, spell.unit_id, max(spell.starts_on) AS starts_on
    FROM batch.declared AS declared
    JOIN register.spell AS spell ON spell.takes_over AND spell.starts_on <= declared.units_on
    GROUP BY ALL
),

reported_spell AS (
    SELECT
        submission_id,
        unit_id,
        spell_starts_on,
        arg_max(status, (position, seq)) AS status,
        arg_min(people_before, (position, -seq)) AS people_before,
        arg_min(villages_before, (position, -seq)) AS villages_before
    FROM batch.accepted_report
    GROUP BY ALL
),

divided AS (
    SELECT DISTINCT predecessor_id FROM register.succession WHERE share <> 'whole'
),

traced AS (
    SELECT s.submission_id, s.unit_id, s.starts_on, o.origin_id, o.origin_starts_on
    FROM last_spell AS s
    JOIN register.spell_origin AS o USING (unit_id, starts_on)
    UNION ALL
    SELECT t.submission_id, t.unit_id, t.starts_on, o.origin_id, o.origin_starts_on
    FROM traced AS t
    JOIN register.spell_origin AS o ON o.unit_id = t.origin_id AND o.starts_on = t.origin_starts_on
    LEFT JOIN reported_spell AS r
        ON r.submission_id = t.submission_id AND r.unit_id = t.origin_id AND r.spell_starts_on = t.origin_starts_on
    WHERE r.unit_id IS NULL
),

rested AS (
    SELECT t.*, r.status, r.people_before, r.villages_before, d.predecessor_id IS NOT NULL AS is_divided
    FROM traced AS t
    LEFT JOIN reported_spell AS r
        ON r.submission_id = t.submission_id AND r.unit_id = t.origin_id AND r.spell_starts_on = t.origin_starts_on
    LEFT JOIN divided AS d ON d.predecessor_id = t.origin_id
    WHERE
        r.unit_id IS NOT NULL
        OR NOT EXISTS (
            FROM register.spell_origin AS o WHERE o.unit_id = t.origin_id AND o.starts_on = t.origin_starts_on
        )
)

SELECT
    submission_id,
    unit_id,
    starts_on,
    string_agg(split_part(origin_id, '@', 1), ' + ' ORDER BY origin_id) AS origins,
    string_agg(split_part(origin_id, '@', 1), ', ' ORDER BY origin_id) FILTER (status <> 'completed') AS outstanding,
    CASE WHEN count(people_before) = count(*) AND NOT bool_or(is_divided) THEN sum(people_before)::BIGINT END
        AS people_before,
    CASE WHEN count(villages_before) = count(*) AND NOT bool_or(is_divided) THEN sum(villages_before)::BIGINT END
        AS villages_before
FROM rested
GROUP BY submission_id, unit_id, starts_on
