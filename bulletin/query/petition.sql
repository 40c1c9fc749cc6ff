-- Petitions in the latest period, always all three kinds; a district without a return has no row, and one whose
-- sheet was empty an empty figure: both are unknown, and counted as such instead of taken as zero.
SELECT
    kind.petition_kind,
    sum(p.received)::BIGINT AS received,
    sum(p.resolved)::BIGINT AS resolved,
    sum(p.closing)::BIGINT AS closing,
    (SELECT count(*) FROM progress_by_district WHERE period = (SELECT latest_period FROM release)) - count(p.received)
        AS districts_unknown
FROM (VALUES (1, 'complaint'), (2, 'denunciation'), (3, 'recommendation')) AS kind (number, petition_kind)
LEFT JOIN petitions AS p
    ON p.petition_kind = kind.petition_kind AND p.period = (SELECT latest_period FROM release)
GROUP BY kind.number, kind.petition_kind
ORDER BY kind.number
