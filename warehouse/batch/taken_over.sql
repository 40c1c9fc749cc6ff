-- What each unit that concerns a submission had when it last took over others, and when it took parts of divided ones:
-- its people and villages before the scheme are theirs together (empty while one of them has not reported; of a divided
-- unit all are the main part's), and whether something was not completed.
WITH RECURSIVE last_spell AS (
    SELECT declared.submission_id, spell.unit_id, max(spell.starts_on) AS starts_on
    FROM batch.declared AS declared
    JOIN batch.concerned_unit AS concerned ON concerned.submission_id = declared.submission_id
    JOIN register.spell AS spell
        ON spell.unit_id = concerned.unit_id AND spell.takes_over AND spell.starts_on <= declared.units_on
    GROUP BY ALL
),

asked AS (
    SELECT * FROM last_spell
    UNION
    SELECT declared.submission_id, division.unit_id, division.starts_on
    FROM batch.declared AS declared
    JOIN batch.concerned_unit AS concerned ON concerned.submission_id = declared.submission_id
    JOIN register.division AS division
        ON division.unit_id = concerned.unit_id AND division.starts_on <= declared.units_on
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

traced AS (
    SELECT s.submission_id, s.unit_id, s.starts_on, o.origin_id, o.origin_starts_on, o.is_main
    FROM asked AS s
    JOIN register.spell_origin AS o USING (unit_id, starts_on)
    UNION ALL
    SELECT t.submission_id, t.unit_id, t.starts_on, o.origin_id, o.origin_starts_on, t.is_main AND o.is_main
    FROM traced AS t
    JOIN register.spell_origin AS o ON o.unit_id = t.origin_id AND o.starts_on = t.origin_starts_on
    LEFT JOIN reported_spell AS r
        ON r.submission_id = t.submission_id AND r.unit_id = t.origin_id AND r.spell_starts_on = t.origin_starts_on
    WHERE r.unit_id IS NULL
),

rested AS (
    SELECT
        t.*,
        r.status,
        r.people_before,
        r.villages_before,
        -- what one of the parts had is not known before it has reported itself
        d.unit_id IS NOT NULL AND r.unit_id IS NULL AS is_unsettled
    FROM traced AS t
    LEFT JOIN reported_spell AS r
        ON r.submission_id = t.submission_id AND r.unit_id = t.origin_id AND r.spell_starts_on = t.origin_starts_on
    LEFT JOIN register.division AS d ON d.unit_id = t.origin_id AND d.starts_on = t.origin_starts_on
)

SELECT
    submission_id,
    unit_id,
    starts_on,
    starts_on = max(starts_on) OVER (PARTITION BY submission_id, unit_id) AS is_last,
    origins,
    outstanding,
    people_before,
    villages_before
FROM (
    SELECT
        submission_id,
        unit_id,
        starts_on,
        string_agg(DISTINCT split_part(origin_id, '@', 1), ' + ' ORDER BY split_part(origin_id, '@', 1))
            FILTER (is_rest) AS origins,
        string_agg(DISTINCT split_part(origin_id, '@', 1), ', ' ORDER BY split_part(origin_id, '@', 1))
            FILTER (is_rest AND status <> 'completed') AS outstanding,
        CASE
            WHEN bool_or(is_unsettled) OR bool_or(people_before IS NULL AND is_rest AND is_main) THEN NULL
            ELSE coalesce(sum(people_before) FILTER (is_rest AND is_main), 0)::BIGINT
        END AS people_before,
        CASE
            WHEN bool_or(is_unsettled) OR bool_or(villages_before IS NULL AND is_rest AND is_main) THEN NULL
            ELSE coalesce(sum(villages_before) FILTER (is_rest AND is_main), 0)::BIGINT
        END AS villages_before
    FROM (
        SELECT
            rested.*,
            status IS NOT NULL
            OR NOT EXISTS (
                FROM register.spell_origin AS o
                WHERE o.unit_id = rested.origin_id AND o.starts_on = rested.origin_starts_on
            ) AS is_rest
        FROM rested
    )
    GROUP BY submission_id, unit_id, starts_on
)
