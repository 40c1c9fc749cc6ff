-- One row a measure: the countdown's last row against the tables of units and the completion statement.
WITH
latest AS (
    SELECT
        arg_max(communes_remaining, period) AS communes,
        arg_max(thon_remaining, period) AS thon,
        arg_max(tdp_remaining, period) AS tdp,
        arg_max(villages_remaining, period) AS villages
    FROM marts.countdown
),

units AS (
    SELECT
        (SELECT count(*) FROM marts.remaining_communes) AS communes,
        count(*) FILTER (village_kind = 'thon') AS thon,
        count(*) FILTER (village_kind = 'tdp') AS tdp,
        count(*) AS villages
    FROM marts.remaining_villages
),

stated AS (
    SELECT
        any_value(communes_remaining) AS communes,
        any_value(villages_remaining) AS villages
    FROM marts.completion
)

-- Before the first period there is no last row and the statement is empty: both then count as nothing remaining.
SELECT
    unnest([
        {'subject': 'remaining_communes', 'expected': coalesce(latest.communes, 0), 'actual': units.communes},
        {'subject': 'remaining_villages · thon', 'expected': coalesce(latest.thon, 0), 'actual': units.thon},
        {'subject': 'remaining_villages · tdp', 'expected': coalesce(latest.tdp, 0), 'actual': units.tdp},
        {'subject': 'remaining_villages', 'expected': coalesce(latest.villages, 0), 'actual': units.villages},
        {
            'subject': 'completion · communes_remaining',
            'expected': coalesce(latest.communes, 0),
            'actual': coalesce(stated.communes, 0)
        },
        {
            'subject': 'completion · villages_remaining',
            'expected': coalesce(latest.villages, 0),
            'actual': coalesce(stated.villages, 0)
        }
    ], recursive := true)
FROM latest, units, stated
