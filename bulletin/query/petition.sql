-- Petitions in the latest period; districts whose figures are unknown are counted, not taken as zero.
SELECT
    petition_kind,
    sum(received)::BIGINT AS received,
    sum(resolved)::BIGINT AS resolved,
    sum(closing)::BIGINT AS closing,
    count(*) AS districts,
    count(*) FILTER (received IS NULL) AS districts_unknown
FROM petitions
JOIN release ON release.latest_period = petitions.period
GROUP BY petition_kind
ORDER BY list_position(['complaint', 'denunciation', 'recommendation'], petition_kind)
