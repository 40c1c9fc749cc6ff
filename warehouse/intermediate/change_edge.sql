-- Every accepted change with the units it leads from and to, and the period on whose last day it holds.
SELECT
    change.*,
    CASE change.unit_level WHEN 'commune' THEN coalesce(edge.predecessor_id, same.unit_id) ELSE change.old_code END
        AS predecessor_id,
    CASE change.unit_level WHEN 'commune' THEN coalesce(edge.successor_id, new.unit_id) ELSE change.new_code END
        AS successor_id,
    edge.is_main,
    edge.predecessor_id IS NOT NULL AS is_succession,
    period.position,
    period.period
FROM register.unit_change AS change
LEFT JOIN register.succession AS edge USING (submission_id, source_sheet, source_row)
LEFT JOIN register.commune AS new
    ON new.commune_code = change.new_code
    AND change.effective_on BETWEEN new.valid_from AND coalesce(new.valid_to, DATE '9999-12-31')
LEFT JOIN register.commune AS same
    ON same.commune_code = change.old_code
    AND change.effective_on - 1 BETWEEN same.valid_from AND coalesce(same.valid_to, DATE '9999-12-31')
LEFT JOIN core.period AS period
    ON change.effective_on BETWEEN period.starts_on AND period.ends_on
