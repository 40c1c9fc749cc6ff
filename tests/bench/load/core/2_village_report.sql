SELECT
    v.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '02_ThonTDP' AS source_sheet,
    v.source_row,
    'I' || v.source_row AS source_cell,
    known.village_id AS unit_id,
    v.commune_code,
    known.village_kind,
    v.village_name,
    v.predecessors,
    v.households,
    v.people_before,
    v.people_now,
    status.code AS status,
    v.completed_on,
    v.decision_no
FROM raw.village AS v
JOIN raw.file AS f USING (submission_id)
JOIN raw.term AS kind ON kind.vocabulary = 'village_kind' AND kind.label = v.village_kind
JOIN raw.term AS status ON status.vocabulary = 'status' AND status.label = v.status
JOIN core.village AS known
    ON
        known.commune_code = v.commune_code
        AND known.village_kind = kind.code
        AND known.village_name = v.village_name
