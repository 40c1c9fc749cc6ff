-- What each spell goes on from: the last spell of every predecessor, and the unit's own spell before it.
WITH origin AS (
    SELECT successor_id AS unit_id, effective_on AS starts_on, predecessor_id AS origin_id, bool_or(is_main) AS is_main
    FROM register.succession
    GROUP BY ALL
    UNION ALL
    SELECT unit_id, starts_on, unit_id, true
    FROM register.spell AS spell
    WHERE NOT EXISTS (
        FROM register.succession AS own
        WHERE own.successor_id = spell.unit_id
            AND own.predecessor_id = spell.unit_id
            AND own.effective_on = spell.starts_on
    )
)

SELECT origin.*, max(before.starts_on) AS origin_starts_on
FROM origin
JOIN register.spell AS before
    ON before.unit_id = origin.origin_id AND before.starts_on < origin.starts_on
GROUP BY ALL
