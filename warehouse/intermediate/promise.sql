-- The last accepted row of sheet 04 of each unit in each period: obstacle, action and promised date.
SELECT o.*, a.position
FROM core.outstanding_report AS o
JOIN intermediate.accepted_submission AS a USING (submission_id)
QUALIFY row_number() OVER (
    PARTITION BY o.unit_id, a.position
    ORDER BY a.seq DESC, a.received_at DESC, a.submission_id DESC, o.source_row DESC
) = 1
