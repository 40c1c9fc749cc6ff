SELECT
    change.submission_id,
    submission.known_at,
    change.source_sheet,
    change.source_row,
    cell.letters || change.source_row AS source_cell,
    change.change_kind,
    change.unit_level,
    change.old_code,
    change.old_name,
    change.new_code,
    change.new_name,
    change.new_kind,
    change.parent_code,
    change.share,
    change.decision_no,
    change.decided_on,
    change.effective_on,
    change.note
FROM batch.change AS change
JOIN batch.submission AS submission ON submission.submission_id = change.submission_id
JOIN batch.disposition AS disposition
    ON
        disposition.submission_id = change.submission_id
        AND disposition.source_sheet = change.source_sheet
        AND disposition.source_row = change.source_row
        AND disposition.state = 'loaded'
JOIN batch.status_cell AS cell
    ON cell.submission_id = change.submission_id AND cell.source_sheet = change.source_sheet
