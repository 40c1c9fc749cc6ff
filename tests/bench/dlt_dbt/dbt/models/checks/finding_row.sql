-- Rules over several columns of one row.
SELECT submission_id, '01_CapXa' AS sheet, source_row, 'decision_no' AS column_name, 'J' AS letter, 'completed_without_evidence' AS fault
FROM {{ source('landing', 'commune') }}
WHERE status = 'Hoàn thành' AND decision_no IS NULL
UNION ALL
SELECT submission_id, '01_CapXa', source_row, 'completed_on', 'I', 'completed_without_evidence'
FROM {{ source('landing', 'commune') }}
WHERE status = 'Hoàn thành' AND completed_on IS NULL AND decision_no IS NOT NULL
UNION ALL
SELECT submission_id, '02_ThonTDP', source_row, 'decision_no', 'K', 'completed_without_evidence'
FROM {{ source('landing', 'village') }}
WHERE status = 'Hoàn thành' AND decision_no IS NULL
UNION ALL
SELECT submission_id, '02_ThonTDP', source_row, 'completed_on', 'J', 'completed_without_evidence'
FROM {{ source('landing', 'village') }}
WHERE status = 'Hoàn thành' AND completed_on IS NULL AND decision_no IS NOT NULL
UNION ALL
SELECT submission_id, '01_CapXa', source_row, 'completed_on', 'I', 'completion_date_out_of_range'
FROM {{ source('landing', 'commune') }}
JOIN {{ source('landing', 'file') }} AS file USING (submission_id)
WHERE completed_on NOT BETWEEN DATE '2019-05-01' AND file.as_of_date
UNION ALL
SELECT submission_id, '02_ThonTDP', source_row, 'completed_on', 'J', 'completion_date_out_of_range'
FROM {{ source('landing', 'village') }}
JOIN {{ source('landing', 'file') }} AS file USING (submission_id)
WHERE completed_on NOT BETWEEN DATE '2019-05-01' AND file.as_of_date
UNION ALL
SELECT submission_id, '03_ChucDanh', source_row, 'posts_filled', 'E', 'posts_inconsistent'
FROM {{ source('landing', 'post') }}
WHERE posts_filled > posts_required
UNION ALL
SELECT submission_id, '03_ChucDanh', source_row, 'posts_combined', 'F', 'posts_inconsistent'
FROM {{ source('landing', 'post') }}
WHERE posts_combined > posts_filled AND posts_filled <= posts_required
UNION ALL
SELECT submission_id, '05_DonThu', source_row, 'closing', 'F', 'petition_balance'
FROM {{ source('landing', 'petition') }}
WHERE closing <> opening + received - resolved
