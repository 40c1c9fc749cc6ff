-- One row a period and measure: the districts' sum against the city's countdown.
WITH
districts AS (
    SELECT
        period,
        coalesce(sum(communes_remaining), 0)::BIGINT AS communes,
        coalesce(sum(thon_remaining), 0)::BIGINT AS thon,
        coalesce(sum(tdp_remaining), 0)::BIGINT AS tdp
    FROM marts.progress_by_district
    GROUP BY period
),

measured AS (
    SELECT
        period,
        unnest([
            {'measure': 'communes_remaining', 'expected': districts.communes, 'actual': countdown.communes_remaining},
            {'measure': 'thon_remaining', 'expected': districts.thon, 'actual': countdown.thon_remaining},
            {'measure': 'tdp_remaining', 'expected': districts.tdp, 'actual': countdown.tdp_remaining},
            {
                'measure': 'villages_remaining = thon + tdp',
                'expected': districts.thon + districts.tdp,
                'actual': countdown.villages_remaining
            }
        ], recursive := true)
    FROM districts
    FULL JOIN marts.countdown AS countdown USING (period)
)

-- A period that only one of the two knows has no figure on the other side: -1 never equals a count.
SELECT
    period || ' · ' || measure AS subject,
    period,
    coalesce(expected, -1) AS expected,
    coalesce(actual, -1) AS actual
FROM measured
ORDER BY subject
