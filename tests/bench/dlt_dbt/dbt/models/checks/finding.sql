WITH found AS (
    FROM {{ ref('finding_contract') }}
    UNION ALL
    FROM {{ ref('finding_row') }}
    UNION ALL
    FROM {{ ref('finding_register') }}
    UNION ALL
    FROM {{ ref('finding_sheets') }}
)

SELECT
    submission_id,
    row_number() OVER (PARTITION BY submission_id ORDER BY sheet, source_row, letter) AS finding_no,
    sheet AS form_sheet,
    sheet AS source_sheet,
    source_row,
    column_name,
    letter || source_row AS cell,
    fault,
    CASE
        WHEN fault = 'control_total_mismatch' THEN 'fatal'
        WHEN fault IN ('village_count_mismatch', 'people_mismatch', 'backlog_missing') THEN 'submission'
        ELSE 'row'
    END AS severity,
    NULL::VARCHAR AS value,
    NULL::VARCHAR AS expected,
    '' AS remedy_vi,
    '' AS remedy_en,
    NULL::VARCHAR AS source
FROM found
