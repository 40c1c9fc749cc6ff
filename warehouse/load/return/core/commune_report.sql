SELECT
    entry.submission_id,
    declared.district_code,
    declared.period,
    declared.known_at,
    entry.source_sheet,
    entry.source_row,
    cell.letters || entry.source_row AS source_cell,
    commune.unit_id,
    entry.commune_code,
    entry.commune_name,
    entry.commune_class,
    entry.people_before,
    entry.people_now,
    entry.villages_before,
    entry.villages_now,
    entry.status,
    entry.completed_on,
    entry.decision_no,
    entry.note
FROM batch.commune AS entry
JOIN batch.declared AS declared ON declared.submission_id = entry.submission_id
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
JOIN batch.disposition AS disposition
    ON
        disposition.submission_id = entry.submission_id
        AND disposition.source_sheet = entry.source_sheet
        AND disposition.source_row = entry.source_row
        AND disposition.state = 'loaded'
JOIN batch.status_cell AS cell
    ON cell.submission_id = entry.submission_id AND cell.source_sheet = entry.source_sheet
