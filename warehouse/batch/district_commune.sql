-- The communes that the register knows in a submission's district on the last day of its period.
SELECT
    declared.submission_id,
    commune.unit_id,
    commune.commune_code,
    commune.commune_name,
    commune.commune_kind,
    commune_key(commune.commune_name) AS name_key,
    fold(commune.short_name) AS short_key
FROM batch.declared AS declared
JOIN register.commune AS commune
    ON
        commune.district_code = declared.district_code
        AND declared.units_on BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
