-- One row: the moment by which the candidate knows its returns, against that of what readers see now.
SELECT
    after.run_id AS subject,
    before.as_known_at AS previous,
    after.as_known_at AS current
FROM published.marts.release AS before
CROSS JOIN marts.release AS after
