SELECT
    t.period,
    p.district_code,
    d.district_name,
    kind.petition_kind,
    coalesce(r.opening, CASE WHEN p.is_silence_zero THEN 0 END) AS opening,
    coalesce(r.received, CASE WHEN p.is_silence_zero THEN 0 END) AS received,
    coalesce(r.resolved, CASE WHEN p.is_silence_zero THEN 0 END) AS resolved,
    coalesce(r.closing, CASE WHEN p.is_silence_zero THEN 0 END) AS closing,
    p.is_declared_zero,
    p.rows_quarantined
FROM intermediate.petition_return AS p
JOIN intermediate.tracked_period AS t USING (position)
ASOF JOIN register.district AS d ON d.district_code = p.district_code AND t.ends_on >= d.valid_from
CROSS JOIN (VALUES (1, 'complaint'), (2, 'denunciation'), (3, 'recommendation')) AS kind (number, petition_kind)
LEFT JOIN intermediate.petition_sum AS r
    ON r.district_code = p.district_code AND r.position = p.position AND r.petition_kind = kind.petition_kind
ORDER BY t.position, p.district_code, kind.number
