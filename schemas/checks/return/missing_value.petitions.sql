-- An empty sheet 05 is not the statement that nothing arose.
SELECT
    declared.submission_id,
    'petition' AS table_name,
    NULL AS source_sheet,
    NULL::BIGINT AS source_row,
    'petition_kind' AS column_name,
    NULL AS value,
    'số liệu đơn thư, hoặc câu «' || getvariable('nothing_arose') || '»' AS expected
FROM batch.declared AS declared
JOIN batch.sheet AS sheet ON sheet.submission_id = declared.submission_id AND sheet.form_sheet = '05_DonThu'
WHERE
    NOT declared.has_declared_no_petitions
    AND NOT EXISTS (FROM batch.petition AS entry WHERE entry.submission_id = declared.submission_id)
