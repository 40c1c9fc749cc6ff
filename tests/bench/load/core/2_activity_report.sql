SELECT
    a.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '06_HoatDong' AS source_sheet,
    a.source_row,
    'A' || a.source_row AS source_cell,
    kind.code AS activity_kind,
    a.title,
    a.held_on,
    organiser.code AS organiser,
    a.attend_commune,
    a.attend_village
FROM raw.activity AS a
JOIN raw.file AS f USING (submission_id)
JOIN raw.term AS kind ON kind.vocabulary = 'activity_kind' AND kind.label = a.activity_kind
JOIN raw.term AS organiser ON organiser.vocabulary = 'organiser' AND organiser.label = a.organiser
