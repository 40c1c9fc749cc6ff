SELECT
    d.district_code || '-' || p.position || '-' || getvariable('seq') AS submission_id,
    'bench' AS run_id,
    d.district_code,
    'simulated.xlsx' AS file_name,
    p.due_at - INTERVAL 1 DAY + to_seconds(getvariable('seq') - 1) AS received_at,
    received_at AS known_at,
    sha256(submission_id) AS sha256,
    1 AS size_bytes,
    'accepted' AS verdict,
    true AS is_simulated,
    true AS has_declared_no_petitions,
    p.period,
    p.ends_on AS as_of_date,
    getvariable('seq') AS seq,
    'MP' AS doc_no
FROM reference.district AS d
JOIN core.period AS p ON p.position = getvariable('position')
WHERE getvariable('reporter') IS NULL OR d.district_code = getvariable('reporter')
