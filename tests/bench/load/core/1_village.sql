-- A village enters the register with the first row that names it; its number is its place in that file.
WITH named AS (
    SELECT
        v.*,
        kind.code AS kind_code,
        row_number() OVER (PARTITION BY v.submission_id, v.commune_code ORDER BY v.source_row) AS number,
        row_number() OVER (PARTITION BY v.commune_code, v.village_kind, v.village_name ORDER BY f.received_at) AS turn,
        f.period,
        f.received_at
    FROM raw.village AS v
    JOIN raw.file AS f USING (submission_id)
    JOIN raw.term AS kind ON kind.vocabulary = 'village_kind' AND kind.label = v.village_kind
    WHERE v.village_id IS NULL
)

SELECT
    named.commune_code || '-' || lpad(named.number::VARCHAR, 3, '0') AS village_id,
    named.commune_code,
    named.kind_code AS village_kind,
    named.village_name,
    lower(named.village_name) AS name_key,
    named.submission_id AS registered_by,
    named.period AS registered_period,
    getvariable('known_at') AS known_at
FROM named
LEFT JOIN core.village AS known
    ON
        known.commune_code = named.commune_code
        AND known.village_kind = named.kind_code
        AND known.village_name = named.village_name
WHERE named.turn = 1 AND known.village_id IS NULL
