-- The units that are no more on the last day of a submission's period, and in what they go on by which decisions.
SELECT
    declared.submission_id,
    change.old_code AS code,
    commune_key(change.old_name) AS name_key,
    change.effective_on,
    string_agg(DISTINCT change.new_code || ' ' || change.new_name, ', ' ORDER BY change.new_code || ' ' || change.new_name)
    || ', thay ' || min(change.old_name) || ' từ ' || strftime(change.effective_on, '%d/%m/%Y')
    || ' theo ' || string_agg(DISTINCT change.decision_no, ', ' ORDER BY change.decision_no) AS said
FROM batch.declared AS declared
JOIN register.succession AS change ON change.effective_on <= declared.units_on
GROUP BY declared.submission_id, change.old_code, commune_key(change.old_name), change.effective_on
QUALIFY row_number() OVER (
    PARTITION BY declared.submission_id, change.old_code, commune_key(change.old_name)
    ORDER BY change.effective_on DESC
) = 1
