-- In which commune each one goes on, from which day: at first in itself, after it ended in its main successor.
WITH RECURSIVE heir AS (
    SELECT unit_id, unit_id AS heir_id, valid_from AS since
    FROM register.commune
    UNION ALL
    SELECT heir.unit_id, moved.successor_id, moved.effective_on
    FROM heir
    JOIN register.commune_succession AS moved
        ON moved.predecessor_id = heir.heir_id AND moved.is_main AND moved.effective_on > heir.since
    JOIN register.commune AS ended
        ON ended.unit_id = moved.predecessor_id AND ended.valid_to = moved.effective_on - 1
)

SELECT DISTINCT * FROM heir
