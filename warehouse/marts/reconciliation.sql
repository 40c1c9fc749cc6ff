WITH days AS (
    -- the register on the day before Hanoi's communes were last rearranged, and on the baseline day
    SELECT max(effective_on) - 1 AS before_on, getvariable('baseline_as_of') AS now_on
    FROM reference.commune_succession
    WHERE effective_on <= getvariable('baseline_as_of')
),

register AS (
    SELECT
        count(*) FILTER (valid_from <= before_on AND coalesce(valid_to, before_on) >= before_on) AS communes_before,
        count(*) FILTER (valid_from <= now_on AND coalesce(valid_to, now_on) >= now_on) AS communes_now
    FROM reference.commune
    CROSS JOIN days
),

baseline AS (
    SELECT
        sum(villages_before) AS villages_before,
        sum(villages_total) AS villages_now,
        sum(people_before) AS people_before,
        sum(people_now) AS people_now,
        sum(communes_remaining) AS remaining_communes,
        sum(thon_remaining) AS remaining_thon,
        sum(tdp_remaining) AS remaining_tdp,
        sum(communes_unreported + villages_unreported)::BIGINT AS units_unreported
    FROM intermediate.district_state
    WHERE period = getvariable('baseline_period')
),

computed AS (
    SELECT
        coalesce(b.units_unreported, r.communes_now) AS units_missing,
        unnest([
            {'figure': 'communes_before', 'computed': r.communes_before::DOUBLE, 'is_of_register': true},
            {'figure': 'communes_now', 'computed': r.communes_now::DOUBLE, 'is_of_register': true},
            {'figure': 'villages_before', 'computed': b.villages_before::DOUBLE, 'is_of_register': false},
            {'figure': 'villages_now', 'computed': b.villages_now::DOUBLE, 'is_of_register': false},
            {'figure': 'people_before', 'computed': b.people_before::DOUBLE, 'is_of_register': false},
            {'figure': 'people_now', 'computed': b.people_now::DOUBLE, 'is_of_register': false},
            {
                'figure': 'people_reduction_pct',
                'computed': round(
                    100.0 * (b.people_before - b.people_now) / nullif(b.people_before, 0), 3
                )::DOUBLE,
                'is_of_register': false
            },
            {'figure': 'remaining_communes', 'computed': b.remaining_communes::DOUBLE, 'is_of_register': false},
            {'figure': 'remaining_thon', 'computed': b.remaining_thon::DOUBLE, 'is_of_register': false},
            {'figure': 'remaining_tdp', 'computed': b.remaining_tdp::DOUBLE, 'is_of_register': false}
        ], recursive := true)
    FROM register AS r
    CROSS JOIN baseline AS b
),

compared AS (
    SELECT
        p.rowid AS number,
        p.*,
        c.computed,
        round(c.computed - p.published, 3) AS difference,
        CASE WHEN c.is_of_register THEN 0 ELSE c.units_missing END AS units_unreported
    FROM reference.published_figure AS p
    LEFT JOIN computed AS c USING (figure)
)

SELECT
    figure,
    as_of,
    published,
    computed,
    difference,
    CASE
        WHEN units_unreported > 0 OR computed IS NULL THEN 'incomplete'
        -- the source cut the digits of its percentage off: up to one unit of its last digit is no difference
        WHEN difference = 0 OR (figure LIKE '%\_pct' ESCAPE '\' AND difference BETWEEN 0 AND 0.1) THEN 'reconciled'
        ELSE 'differs'
    END AS verdict,
    coalesce(units_unreported, 0) AS units_unreported,
    note_vi AS note,
    note_en
FROM compared
ORDER BY number
