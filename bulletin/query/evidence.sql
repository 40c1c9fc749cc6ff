-- Every step of every unit that was outstanding in some period: which file, sheet and cell says so, with what
-- decision, when it was received, and the file's hash.
WITH step AS (
    SELECT *, bool_or(status_to <> 'completed') OVER (PARTITION BY unit_id) AS was_outstanding
    FROM unit_history
),

commune AS (
    SELECT unit_id AS commune_code, any_value(unit_name) AS commune_name
    FROM unit_history
    WHERE unit_level = 'commune'
    GROUP BY unit_id
)

SELECT step.*, d.district_name, commune.commune_name, s.received_at, s.seq, s.verdict, s.sha256
FROM step
JOIN districts AS d USING (district_code)
JOIN submissions AS s USING (submission_id)
LEFT JOIN commune ON commune.commune_code = step.unit_id[:5]
WHERE step.was_outstanding
ORDER BY step.district_code, step.unit_id, step.period
