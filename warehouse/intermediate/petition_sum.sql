-- What the petitions of each return that stands for its district and period come to, by kind.
SELECT
    a.district_code,
    a.position,
    report.petition_kind,
    sum(report.opening)::BIGINT AS opening,
    sum(report.received)::BIGINT AS received,
    sum(report.resolved)::BIGINT AS resolved,
    sum(report.closing)::BIGINT AS closing
FROM core.petition_report AS report
JOIN intermediate.fresh_submission AS a USING (submission_id, period)
WHERE a.is_effective
GROUP BY ALL
UNION ALL BY NAME
SELECT petition.*
FROM settled.petition_sum AS petition
SEMI JOIN intermediate.settled_period USING (district_code, position)
