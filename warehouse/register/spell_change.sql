-- Every change that led to a spell: those that began it, and those that led to what it goes on from.
WITH RECURSIVE led AS (
    SELECT successor_id AS unit_id, effective_on AS starts_on, doc_no, unit_level, old_code, new_code, share
    FROM register.succession
    UNION
    SELECT origin.unit_id, origin.starts_on, led.doc_no, led.unit_level, led.old_code, led.new_code, led.share
    FROM led
    JOIN register.spell_origin AS origin
        ON origin.origin_id = led.unit_id AND origin.origin_starts_on = led.starts_on
)

SELECT * FROM led
