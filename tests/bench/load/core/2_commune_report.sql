SELECT
    c.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '01_CapXa' AS source_sheet,
    c.source_row,
    'H' || c.source_row AS source_cell,
    c.commune_code AS unit_id,
    c.commune_code,
    c.commune_name,
    class.code AS commune_class,
    c.people_before,
    c.people_now,
    c.villages_before,
    c.villages_now,
    status.code AS status,
    c.completed_on,
    c.decision_no,
    c.note
FROM raw.commune AS c
JOIN raw.file AS f USING (submission_id)
JOIN raw.term AS class ON class.vocabulary = 'commune_class' AND class.label = c.commune_class
JOIN raw.term AS status ON status.vocabulary = 'status' AND status.label = c.status
