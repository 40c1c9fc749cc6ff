-- The units of the scheme, from the baseline on: communes of the register, and villages reported or established.
-- A unit counts in the periods on whose last day it is valid; registered_position is the first in which it counts
-- even before its own row is accepted. Of a unit that is still valid last_position is empty.
WITH valid AS (
    SELECT unit_id, 'commune' AS unit_level, 0 AS registered_position, valid_from, valid_to
    FROM register.commune
    WHERE valid_to IS NULL OR valid_to >= getvariable('baseline_as_of')
    UNION ALL
    SELECT
        village.village_id,
        arg_max(village.village_kind, village.valid_from),
        coalesce(any_value(period.position), 0),
        min(village.valid_from),
        CASE WHEN bool_and(village.valid_to IS NOT NULL) THEN max(village.valid_to) END
    FROM register.village AS village
    LEFT JOIN core.village AS registered USING (village_id)
    LEFT JOIN core.period AS period ON period.period = registered.registered_period
    GROUP BY village.village_id
)

SELECT
    unit_id,
    unit_level,
    registered_position,
    -- the baseline period counts as of its own day
    CASE
        WHEN valid_from <= getvariable('baseline_as_of') THEN 0
        ELSE (SELECT min(position) FROM core.period WHERE ends_on >= valid_from)
    END AS first_position,
    CASE
        WHEN valid_to IS NOT NULL
            THEN (SELECT coalesce(max(position), -1) FROM core.period WHERE ends_on <= valid_to)
    END AS last_position
FROM valid
