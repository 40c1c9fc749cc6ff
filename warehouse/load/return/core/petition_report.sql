SELECT
    entry.submission_id,
    declared.district_code,
    declared.period,
    declared.known_at,
    entry.source_sheet,
    entry.source_row,
    cell.letters || entry.source_row AS source_cell,
    entry.commune_code,
    entry.petition_kind,
    entry.opening,
    entry.received,
    entry.resolved,
    entry.closing
FROM batch.petition AS entry
JOIN batch.declared AS declared ON declared.submission_id = entry.submission_id
JOIN batch.disposition AS disposition
    ON
        disposition.submission_id = entry.submission_id
        AND disposition.source_sheet = entry.source_sheet
        AND disposition.source_row = entry.source_row
        AND disposition.state = 'loaded'
JOIN batch.status_cell AS cell
    ON cell.submission_id = entry.submission_id AND cell.source_sheet = entry.source_sheet
