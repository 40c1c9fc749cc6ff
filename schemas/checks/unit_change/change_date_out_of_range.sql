-- Before the old unit existed, before the baseline from which units are tracked, or before it was decided.
SELECT
    submission_id,
    'unit_change' AS table_name,
    source_sheet,
    source_row,
    'effective_on' AS column_name,
    strftime(effective_on, '%d/%m/%Y') AS value,
    'có hiệu lực sau ngày số liệu gốc ' || strftime(getvariable('baseline_as_of')::DATE, '%d/%m/%Y') AS expected
FROM batch.change
WHERE effective_on <= getvariable('baseline_as_of')
UNION ALL
SELECT
    submission_id,
    'unit_change',
    source_sheet,
    source_row,
    'decided_on',
    strftime(decided_on, '%d/%m/%Y'),
    'quyết định không sau ngày hiệu lực ' || strftime(effective_on, '%d/%m/%Y')
FROM batch.change
WHERE decided_on > effective_on
