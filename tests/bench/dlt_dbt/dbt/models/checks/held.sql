-- Rows that are not taken: of a rejected file all, else those with a fault of their own.
{% for sheet in var('sheets') %}
SELECT landed.submission_id, '{{ sheet.name }}' AS source_sheet, landed.source_row
FROM {{ source('landing', sheet.table) }} AS landed
JOIN {{ ref('file') }} AS file USING (submission_id)
WHERE file.verdict = 'rejected'
    OR EXISTS (
        FROM {{ ref('finding') }} AS f
        WHERE f.severity = 'row'
            AND f.submission_id = landed.submission_id
            AND f.source_sheet = '{{ sheet.name }}'
            AND f.source_row = landed.source_row
    )
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
