-- Petitions of all kinds since the baseline, and what is open at the end of the latest period.
SELECT
    sum(received)::BIGINT AS received,
    sum(resolved)::BIGINT AS resolved,
    sum(closing) FILTER (period = (SELECT latest_period FROM release))::BIGINT AS closing
FROM petitions
