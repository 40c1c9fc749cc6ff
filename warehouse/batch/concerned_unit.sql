-- The units of which the checks of a submission ask what was accepted: those that it reports or lists as outstanding,
-- the other parts of what was divided, and what any of them took over, however far back.
WITH RECURSIVE related AS (
    SELECT unit_id, origin_id AS other_id
    FROM register.spell_origin
    UNION
    SELECT part.unit_id, other.unit_id
    FROM register.division AS part
    JOIN register.division AS other USING (division_id)
),

named AS (
    SELECT submission_id, unit_id FROM batch.reported_unit
    UNION
    SELECT submission_id, unit_id FROM batch.outstanding_unit
),

concerned AS (
    SELECT * FROM named
    UNION
    SELECT concerned.submission_id, related.other_id
    FROM concerned
    JOIN related USING (unit_id)
)

SELECT * FROM concerned
