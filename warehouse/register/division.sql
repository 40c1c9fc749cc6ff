-- The spells that begin with parts of the same divided units: what each took is known once all of them have said it.
WITH RECURSIVE part AS (
    SELECT DISTINCT predecessor_id, effective_on, successor_id
    FROM register.succession
    WHERE share <> 'whole'
),

together AS (
    SELECT successor_id AS unit_id, effective_on AS starts_on, successor_id AS member_id
    FROM part
    UNION
    SELECT together.unit_id, together.starts_on, other.successor_id
    FROM together
    JOIN part AS same ON same.successor_id = together.member_id AND same.effective_on = together.starts_on
    JOIN part AS other ON other.predecessor_id = same.predecessor_id AND other.effective_on = same.effective_on
)

SELECT unit_id, starts_on, min(member_id) || '@' || starts_on AS division_id
FROM together
GROUP BY unit_id, starts_on
