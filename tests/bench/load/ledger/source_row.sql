WITH data AS (
    SELECT submission_id, '01_CapXa' AS source_sheet, source_row FROM raw.commune
    UNION ALL
    SELECT submission_id, '02_ThonTDP', source_row FROM raw.village
    UNION ALL
    SELECT submission_id, '03_ChucDanh', source_row FROM raw.post
    UNION ALL
    SELECT submission_id, '04_ChuaHoanThanh', source_row FROM raw.outstanding
    UNION ALL
    SELECT submission_id, '05_DonThu', source_row FROM raw.petition
    UNION ALL
    SELECT submission_id, '06_HoatDong', source_row FROM raw.activity
)

SELECT submission_id, source_sheet, source_row, 'loaded' AS state, 'data' AS detail
FROM data
UNION ALL
-- sheet 00: label and value, a row each
SELECT
    file.submission_id,
    '00_ThongTin',
    2 + label.n,
    CASE WHEN file.verdict = 'rejected' THEN 'quarantined' ELSE 'loaded' END,
    'data'
FROM raw.file AS file
CROSS JOIN range(1, 10) AS label (n)
UNION ALL
SELECT submission_id, source_sheet, source_row, 'quarantined', 'data'
FROM raw.held
