-- Districts whose last file for a period was rejected and that sent nothing acceptable after it. A file whose
-- period could not be read stands under '?'.
WITH file AS (
    SELECT
        *,
        coalesce(period, '?') AS period_said,
        max(received_at) FILTER (verdict <> 'rejected') OVER (PARTITION BY district_code) AS last_accepted_at
    FROM ledger.submission
    WHERE verdict <> 'duplicate' AND received_at <= getvariable('known_at')
),

mend AS (
    SELECT
        submission_id,
        list({
            'place': concat_ws('!', source_sheet, cell),
            'fault': fault,
            'vi': remedy_vi,
            'en': remedy_en
        } ORDER BY finding_no) AS mends
    FROM ledger.finding
    WHERE severity = 'fatal'
    GROUP BY submission_id
)

SELECT
    file.district_code || '/' || file.period_said AS subject,
    file.district_code,
    file.submission_id AS news,
    file.submission_id,
    -- what lies in the folder of unit change files is no district's
    coalesce(district.district_name, 'Phiếu thay đổi đơn vị') AS district_name,
    file.period,
    file.file_name,
    strftime(file.received_at, '%d/%m/%Y %H:%M') AS received,
    coalesce(mend.mends, []) AS mends
FROM file
LEFT JOIN register.district_name AS district USING (district_code)
LEFT JOIN mend USING (submission_id)
QUALIFY file.verdict = 'rejected'
    AND file.received_at > coalesce(file.last_accepted_at, TIMESTAMPTZ '1970-01-01')
    AND row_number() OVER (
        PARTITION BY file.district_code, file.period_said
        ORDER BY file.received_at DESC, file.submission_id DESC
    ) = 1
ORDER BY file.district_code, file.period_said
