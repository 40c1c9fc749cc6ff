SELECT
    p.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '05_DonThu' AS source_sheet,
    p.source_row,
    'F' || p.source_row AS source_cell,
    p.commune_code,
    kind.code AS petition_kind,
    p.opening,
    p.received,
    p.resolved,
    p.closing
FROM raw.petition AS p
JOIN raw.file AS f USING (submission_id)
JOIN raw.term AS kind ON kind.vocabulary = 'petition_kind' AND kind.label = p.petition_kind
