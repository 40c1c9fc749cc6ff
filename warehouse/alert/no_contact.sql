-- Districts of the register without an address that mail can go to.
SELECT district_code AS subject, district_code, NULL::VARCHAR AS news, district_name, getvariable('has_no_mail') AS has_no_mail
FROM register.district
WHERE
    getvariable('known_at')::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
    AND NOT list_contains(getvariable('reachable')::VARCHAR[], district_code)
ORDER BY district_code
