-- The units of the scheme, from the baseline on, with the days they are valid on: communes of the register, and villages
-- reported or established. registered_position is the first period in which a unit counts even before its own row is
-- accepted.
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
