-- What was open at the start is not what was open at the end of the last accepted return, of whatever district the
-- communes lay in then; what a commune took over is open in it. An absent row is a zero, unless one of those returns
-- had petition rows held back: then nothing is known.
WITH last_return AS (
    SELECT
        declared.submission_id,
        prior.submission_id AS last_submission_id,
        prior.district_code = declared.district_code AS is_own
    FROM batch.declared AS declared
    JOIN ledger.submission AS prior
        ON prior.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    JOIN core.period AS period ON period.period = prior.period AND period.position < declared.position
    QUALIFY row_number() OVER (
        PARTITION BY declared.submission_id, prior.district_code ORDER BY period.position DESC, prior.seq DESC
    ) = 1
),

closing AS (
    -- where each petition is on the last day of the period
    SELECT
        last_return.submission_id,
        last_return.last_submission_id,
        last_return.is_own,
        left_open.unit_id,
        left_open.petition_kind,
        left_open.closing,
        arg_max(heir.heir_id, heir.since) AS heir_id
    FROM last_return
    JOIN batch.declared AS declared ON declared.submission_id = last_return.submission_id
    JOIN register.petition_closing AS left_open ON left_open.submission_id = last_return.last_submission_id
    JOIN register.commune_heir AS heir ON heir.unit_id = left_open.unit_id AND heir.since <= declared.units_on
    GROUP BY ALL
),

source AS (
    -- the returns that tell what was open in the communes that the district has now
    SELECT submission_id, last_submission_id FROM last_return WHERE is_own
    UNION
    SELECT closing.submission_id, closing.last_submission_id
    FROM closing
    JOIN batch.district_commune AS commune
        ON commune.submission_id = closing.submission_id AND commune.unit_id = closing.heir_id
),

known_return AS (
    SELECT source.submission_id
    FROM source
    GROUP BY source.submission_id
    HAVING bool_and(NOT EXISTS (
        FROM ledger.source_row AS held
        JOIN ledger.sheet AS sheet
            ON sheet.submission_id = held.submission_id AND sheet.source_sheet = held.source_sheet
        WHERE
            held.submission_id = source.last_submission_id
            AND held.state = 'quarantined'
            AND sheet.form_sheet = '05_DonThu'
    ))
),

last_closing AS (
    SELECT closing.submission_id, commune.commune_code, closing.petition_kind, sum(closing.closing)::BIGINT AS closing
    FROM closing
    JOIN known_return ON known_return.submission_id = closing.submission_id
    JOIN batch.district_commune AS commune
        ON commune.submission_id = closing.submission_id AND commune.unit_id = closing.heir_id
    GROUP BY ALL
)

SELECT
    entry.submission_id,
    'petition' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'opening' AS column_name,
    entry.opening::VARCHAR AS value,
    coalesce(last_closing.closing, 0)::VARCHAR AS expected
FROM batch.petition AS entry
JOIN known_return ON known_return.submission_id = entry.submission_id
LEFT JOIN last_closing
    ON
        last_closing.submission_id = entry.submission_id
        AND last_closing.commune_code = entry.commune_code
        AND last_closing.petition_kind = entry.petition_kind
WHERE NOT entry.is_repeat AND entry.opening <> coalesce(last_closing.closing, 0)
UNION ALL
SELECT
    last_closing.submission_id,
    'petition',
    NULL,
    NULL,
    'opening',
    'không có dòng của ' || last_closing.commune_code,
    last_closing.closing::VARCHAR
FROM last_closing
WHERE
    last_closing.closing > 0
    AND NOT EXISTS (
        FROM batch.petition AS entry
        WHERE
            entry.submission_id = last_closing.submission_id
            AND entry.commune_code = last_closing.commune_code
            AND entry.petition_kind = last_closing.petition_kind
    )
