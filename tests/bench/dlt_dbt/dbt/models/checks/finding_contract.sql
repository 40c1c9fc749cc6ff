-- What the form says of each column: required, from a list, not negative, equal to its total row.
{% for sheet in var('sheets') %}
{% set landed = source('landing', sheet.table) %}
{% for column in sheet.columns %}
{% set place = "'" ~ sheet.name ~ "' AS sheet, source_row, '" ~ column.name ~ "' AS column_name, '" ~ column.letter ~ "' AS letter" %}
{% if column.required %}
SELECT submission_id, {{ place }}, 'missing_value' AS fault
FROM {{ landed }}
WHERE {{ column.name }} IS NULL
UNION ALL
{% endif %}
{% if column.vocabulary %}
SELECT submission_id, {{ place }}, 'not_in_list' AS fault
FROM {{ landed }}
WHERE {{ column.name }} NOT IN (SELECT label FROM {{ source('raw', 'term') }} WHERE vocabulary = '{{ column.vocabulary }}')
UNION ALL
{% endif %}
{% if column.is_number %}
SELECT submission_id, {{ place }}, 'negative_value' AS fault
FROM {{ landed }}
WHERE {{ column.name }} < 0
UNION ALL
{% endif %}
{% if column.is_totalled %}
SELECT total.submission_id, '{{ sheet.name }}', total.source_row, '{{ column.name }}', '{{ column.letter }}', 'control_total_mismatch'
FROM {{ source('landing', 'total') }} AS total
JOIN (SELECT submission_id, sum({{ column.name }}) AS figure FROM {{ landed }} GROUP BY submission_id) AS summed
    USING (submission_id)
WHERE total.sheet = '{{ sheet.name }}' AND total.column_name = '{{ column.name }}' AND total.figure <> summed.figure
UNION ALL
{% endif %}
{% endfor %}
{% endfor %}
SELECT NULL, NULL, NULL, NULL, NULL, NULL
WHERE false
