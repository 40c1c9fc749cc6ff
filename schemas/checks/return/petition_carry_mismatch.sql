-- What was open at the start is not what was open at the end of the last accepted return. An absent row is a zero,
-- unless the last return had petition rows held back: then nothing is known.
WITH last_return AS (
    SELECT declared.submission_id, prior.submission_id AS last_submission_id
    FROM batch.declared AS declared
    JOIN ledger.submission AS prior
        ON
            prior.district_code = declared.district_code
            AND prior.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    JOIN core.period AS period ON period.period = prior.period AND period.position < declared.position
    QUALIFY row_number() OVER (
        PARTITION BY declared.submission_id ORDER BY period.position DESC, prior.seq DESC
    ) = 1
),

known_return AS (
    SELECT last_return.*
    FROM last_return
    WHERE NOT EXISTS (
        FROM ledger.source_row AS held
        JOIN ledger.sheet AS sheet
            ON sheet.submission_id = held.submission_id AND sheet.source_sheet = held.source_sheet
        WHERE
            held.submission_id = last_return.last_submission_id
            AND held.state = 'quarantined'
            AND sheet.form_sheet = '05_DonThu'
    )
),

last_closing AS (
    SELECT known_return.submission_id, report.commune_code, report.petition_kind, report.closing
    FROM known_return
    JOIN core.petition_report AS report ON report.submission_id = known_return.last_submission_id
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
