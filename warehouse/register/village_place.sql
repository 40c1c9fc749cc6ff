-- In which commune each village lies from which day on: where it was registered, then wherever that commune goes on,
-- unless a change names the village itself.
WITH RECURSIVE named AS (
    SELECT
        village.village_id,
        DATE '0001-01-01' AS named_on,
        (
            -- the commune of that code on the last day of the period, or the last one before
            SELECT arg_max(commune.unit_id, commune.valid_from)
            FROM register.commune AS commune
            WHERE commune.commune_code = village.commune_code AND commune.valid_from <= period.ends_on
        ) AS commune_id
    FROM core.village AS village
    JOIN core.period AS period ON period.period = village.registered_period
    WHERE village.known_at <= getvariable('known_at')
    UNION ALL
    SELECT change.new_code, change.effective_on, commune.unit_id
    FROM register.unit_change AS change
    JOIN register.commune AS commune
        ON commune.commune_code = change.parent_code
        AND change.effective_on BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
    WHERE change.unit_level IN ('thon', 'tdp')
),

place AS (
    SELECT village_id, named_on, named_on AS placed_on, commune_id
    FROM named
    UNION ALL
    SELECT place.village_id, place.named_on, moved.effective_on, moved.successor_id
    FROM place
    JOIN register.commune_succession AS moved
        ON moved.predecessor_id = place.commune_id AND moved.is_main AND moved.effective_on > place.placed_on
    JOIN register.commune AS ended
        ON ended.unit_id = moved.predecessor_id AND ended.valid_to = moved.effective_on - 1
)

SELECT DISTINCT village_id, placed_on, commune_id
FROM place
-- from the day a change names the village on, where it would have come to is no longer asked
QUALIFY named_on = max(named_on) OVER (PARTITION BY village_id ORDER BY placed_on, named_on)
