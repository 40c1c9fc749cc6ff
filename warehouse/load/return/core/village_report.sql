SELECT
    entry.submission_id,
    declared.district_code,
    declared.period,
    declared.known_at,
    entry.source_sheet,
    entry.source_row,
    cell.letters || entry.source_row AS source_cell,
    unit.unit_id,
    entry.commune_code,
    entry.village_kind,
    entry.village_name,
    entry.predecessors,
    entry.households,
    entry.people_before,
    entry.people_now,
    entry.status,
    entry.completed_on,
    entry.decision_no
FROM batch.village AS entry
JOIN batch.declared AS declared ON declared.submission_id = entry.submission_id
JOIN batch.disposition AS disposition
    ON
        disposition.submission_id = entry.submission_id
        AND disposition.source_sheet = entry.source_sheet
        AND disposition.source_row = entry.source_row
        AND disposition.state = 'loaded'
JOIN batch.status_cell AS cell
    ON cell.submission_id = entry.submission_id AND cell.source_sheet = entry.source_sheet
JOIN batch.village_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
