-- Petitions of all kinds since the baseline, and what is open at the end of the latest period; of some districts'
-- periods nothing is known.
SELECT
    sum(received)::BIGINT AS received,
    sum(resolved)::BIGINT AS resolved,
    sum(closing) FILTER (period = (SELECT latest_period FROM release))::BIGINT AS closing,
    (SELECT count(*) FROM progress_by_district)
    - count(DISTINCT (period, district_code)) FILTER (received IS NOT NULL) AS returns_unknown
FROM petitions
