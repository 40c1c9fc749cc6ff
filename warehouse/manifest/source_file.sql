-- Every file taken in by the variable `known_at`, in the order received: what became of its rows, and its facts as they
-- were loaded.
WITH state AS (
    SELECT
        submission_id,
        count(*) FILTER (state = 'loaded') AS loaded,
        count(*) FILTER (state = 'quarantined') AS quarantined,
        count(*) FILTER (state = 'duplicate') AS duplicate,
        count(*) FILTER (state = 'layout') AS layout
    FROM ledger.source_row
    GROUP BY submission_id
),

found AS (
    SELECT submission_id, count(*) AS findings
    FROM ledger.finding
    GROUP BY submission_id
),

fact AS (
    SELECT
        submission_id,
        map_from_entries(list((core_table, {'rows': rows, 'sha256': sha256}) ORDER BY core_table)) AS facts
    FROM ledger.fact_content
    GROUP BY submission_id
)

SELECT
    s.submission_id,
    s.district_code,
    s.sha256,
    s.size_bytes,
    s.received_at,
    s.known_at,
    s.period,
    s.seq,
    s.verdict,
    s.duplicate_of,
    s.is_simulated,
    {
        'loaded': coalesce(state.loaded, 0),
        'quarantined': coalesce(state.quarantined, 0),
        'duplicate': coalesce(state.duplicate, 0),
        'layout': coalesce(state.layout, 0)
    } AS rows,
    coalesce(found.findings, 0) AS findings,
    coalesce(fact.facts, MAP {}) AS facts,
    facts_sha256(s.submission_id) AS facts_sha256
FROM ledger.submission AS s
LEFT JOIN state USING (submission_id)
LEFT JOIN found USING (submission_id)
LEFT JOIN fact USING (submission_id)
WHERE s.known_at <= getvariable('known_at')
ORDER BY s.received_at, s.submission_id
