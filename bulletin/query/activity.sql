-- Activities so far by kind, and how many people took part.
SELECT
    activity_kind,
    count(*) AS times,
    sum(attend_commune)::BIGINT AS attend_commune,
    sum(attend_village)::BIGINT AS attend_village
FROM activities
GROUP BY activity_kind
ORDER BY list_position(['training', 'inspection', 'information', 'grassroots_democracy', 'election'], activity_kind)
