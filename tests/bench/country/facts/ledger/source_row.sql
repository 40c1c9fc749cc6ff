WITH counted AS (
    SELECT '01_CapXa' AS source_sheet, district_code, count(*) AS rows
    FROM reference.commune
    GROUP BY ALL
    UNION ALL
    SELECT '02_ThonTDP', district_code, count(*)
    FROM core.village
    JOIN reference.commune USING (commune_code)
    GROUP BY ALL
    UNION ALL
    SELECT '03_ChucDanh', district_code, count(*)
    FROM reference.commune
    CROSS JOIN reference.post
    GROUP BY ALL
)

SELECT s.submission_id, c.source_sheet, unnest(range(1, c.rows + 1)) AS source_row, 'loaded' AS state, 'data' AS detail
FROM ledger.submission AS s
JOIN core.period AS p USING (period)
JOIN counted AS c USING (district_code)
WHERE
    p.position = getvariable('position')
    AND s.seq = getvariable('seq')
    AND (getvariable('reporter') IS NULL OR s.district_code = getvariable('reporter'))
