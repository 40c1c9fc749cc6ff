-- Every village a submission may speak of: the registered ones of its district, and those it registers now.
-- A district registers its villages in its first accepted period; a number already given is never given again. Later
-- only a village that was held back then may still enter: no more of them than the commune first said it has.
WITH registration AS (
    SELECT
        declared.submission_id,
        min(accepted.period) IS NULL OR min(accepted.period) = any_value(declared.period) AS is_open
    FROM batch.declared AS declared
    LEFT JOIN ledger.submission AS accepted
        ON
            accepted.district_code = declared.district_code
            AND accepted.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    GROUP BY declared.submission_id
),

placed AS (
    -- where each village lies on the last day of the period, and what it is called then
    SELECT
        declared.submission_id,
        village.village_id,
        village.village_kind,
        village.village_name,
        place.commune_id
    FROM batch.declared AS declared
    JOIN register.village AS village
        ON declared.units_on BETWEEN village.valid_from AND coalesce(village.valid_to, DATE '9999-12-31')
    JOIN register.village_place AS place
        ON place.village_id = village.village_id AND place.placed_on <= declared.units_on
    QUALIFY row_number() OVER (
        PARTITION BY declared.submission_id, village.village_id ORDER BY place.placed_on DESC
    ) = 1
),

registered AS (
    SELECT
        placed.submission_id,
        placed.village_id,
        district_commune.commune_code,
        placed.village_kind,
        placed.village_name,
        village_key(placed.village_name) AS name_key
    FROM placed
    JOIN batch.district_commune AS district_commune
        ON district_commune.submission_id = placed.submission_id AND district_commune.unit_id = placed.commune_id
),

given AS (
    -- the numbers of all villages that ever got their id under a commune's code
    SELECT split_part(village_id, '-', 1) AS commune_code, split_part(village_id, '-', 2)::BIGINT AS number
    FROM (
        SELECT village_id FROM core.village
        UNION
        SELECT new_code FROM core.unit_change WHERE unit_level IN ('thon', 'tdp')
    )
    -- of another form none of ours is ever taken for it
    WHERE regexp_full_match(village_id, '\d{5}-\d{3,18}')
),

capacity AS (
    SELECT
        district_commune.submission_id,
        report.commune_code,
        arg_min(report.villages_now, (period.position, -submission.seq)) AS villages,
        (
            SELECT count(*) FROM registered
            WHERE
                registered.submission_id = district_commune.submission_id
                AND registered.commune_code = report.commune_code
        ) AS villages_registered
    FROM batch.district_commune AS district_commune
    JOIN core.commune_report AS report ON report.unit_id = district_commune.unit_id
    JOIN core.period AS period ON period.period = report.period
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    GROUP BY district_commune.submission_id, report.commune_code
),

named AS (
    SELECT
        entry.submission_id,
        entry.commune_code,
        entry.village_kind,
        entry.name_key,
        arg_min(entry.village_name, entry.source_row) AS village_name,
        row_number() OVER (
            PARTITION BY entry.submission_id, entry.commune_code ORDER BY min(entry.source_row)
        ) AS position
    FROM batch.village AS entry
    JOIN batch.district_commune AS district_commune
        ON
            district_commune.submission_id = entry.submission_id
            AND district_commune.commune_code = entry.commune_code
    WHERE entry.village_id IS NULL AND entry.name_key IS NOT NULL AND entry.village_kind IN ('thon', 'tdp')
    GROUP BY entry.submission_id, entry.commune_code, entry.village_kind, entry.name_key
),

new AS (
    SELECT
        named.*,
        taken.number IS NOT NULL AS is_taken,
        (
            SELECT coalesce(max(given.number), 0) FROM given WHERE given.commune_code = named.commune_code
        ) AS last_number,
        count(*) OVER (PARTITION BY named.submission_id, named.commune_code) AS named_in_commune
    FROM named
    LEFT JOIN registered AS same
        ON
            same.submission_id = named.submission_id
            AND same.commune_code = named.commune_code
            AND same.village_kind = named.village_kind
            AND same.name_key = named.name_key
    LEFT JOIN given AS taken ON taken.commune_code = named.commune_code AND taken.number = named.position
    LEFT JOIN registration ON registration.submission_id = named.submission_id
    LEFT JOIN capacity
        ON capacity.submission_id = named.submission_id AND capacity.commune_code = named.commune_code
    WHERE same.village_id IS NULL
    QUALIFY
        registration.is_open
        OR capacity.villages_registered + count(*) OVER (PARTITION BY named.submission_id, named.commune_code)
        <= capacity.villages
),

numbered AS (
    SELECT
        *,
        CASE
            WHEN is_taken
                THEN
                    greatest(last_number, named_in_commune)
                    + row_number() OVER (PARTITION BY submission_id, commune_code, is_taken ORDER BY position)
            ELSE position
        END AS number
    FROM new
),

known AS (
    SELECT submission_id, village_id, commune_code, village_kind, village_name, name_key, false AS is_new
    FROM registered
    UNION ALL
    SELECT
        submission_id,
        commune_code || '-' || lpad(number::VARCHAR, greatest(3, len(number::VARCHAR))::INTEGER, '0'),
        commune_code,
        village_kind,
        village_name,
        name_key,
        true
    FROM numbered
)

SELECT
    *,
    -- of two villages of one name, since their communes were merged, a name alone means neither
    count(*) OVER (PARTITION BY submission_id, commune_code, village_kind, name_key) > 1 AS has_namesake
FROM known
