-- The last accepted row of sheet 04 of each unit in each period: obstacle, action and promised date. It is of the unit
-- that the same return's own row of that unit speaks of, also where the day or code of its change was corrected since.
SELECT o.* REPLACE (coalesce(spoken.unit_id, o.unit_id) AS unit_id), a.position
FROM core.outstanding_report AS o
JOIN intermediate.accepted_submission AS a USING (submission_id)
LEFT JOIN register.reported_unit AS spoken
    ON spoken.submission_id = o.submission_id AND spoken.reported_id = o.unit_id
QUALIFY row_number() OVER (
    PARTITION BY coalesce(spoken.unit_id, o.unit_id), a.position
    ORDER BY a.seq DESC, a.received_at DESC, a.submission_id DESC, o.source_row DESC
) = 1
