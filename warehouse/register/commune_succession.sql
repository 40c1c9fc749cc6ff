-- Which commune goes on in which, and by which row of which file; the main successor is the one that is not a part.
SELECT
    old.unit_id AS predecessor_id,
    new.unit_id AS successor_id,
    change.share <> 'part' AS is_main,
    change.*
FROM register.unit_change AS change
JOIN register.commune AS old
    ON old.commune_code = change.old_code
    AND change.effective_on - 1 BETWEEN old.valid_from AND coalesce(old.valid_to, DATE '9999-12-31')
JOIN register.commune AS new
    ON new.commune_code = change.new_code
    AND change.effective_on BETWEEN new.valid_from AND coalesce(new.valid_to, DATE '9999-12-31')
WHERE
    change.unit_level = 'commune'
    AND change.effective_on > getvariable('baseline_as_of')
    -- a unit that goes on hands over to itself only when it was divided
    AND (old.unit_id <> new.unit_id OR change.share <> 'whole')
