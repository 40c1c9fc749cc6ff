-- An obligation for each period and each district that may owe it: by the reference register, or by any version of an
-- accepted document. A later document takes none away, so what was owed as known earlier can be told again.
INSERT OR IGNORE INTO ledger.obligation
SELECT DISTINCT district.district_code, period.period, period.due_at, period.lock_at
FROM core.period AS period
JOIN (
    SELECT district_code, valid_from, valid_to FROM reference.district
    UNION ALL
    SELECT new_code, effective_on, NULL FROM core.unit_change
    WHERE unit_level = 'district' AND new_code IS NOT NULL
) AS district
    ON period.ends_on BETWEEN district.valid_from AND coalesce(district.valid_to, DATE '9999-12-31')
