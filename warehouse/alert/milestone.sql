-- What reached zero or half of where it began and stays there: communes, villages, groups, the city, a district.
WITH city AS (
    SELECT
        countdown.period,
        part.subject,
        part.vi,
        part.en,
        CASE part.subject
            WHEN 'communes' THEN communes_remaining
            WHEN 'thon' THEN thon_remaining
            WHEN 'tdp' THEN tdp_remaining
            ELSE communes_remaining + villages_remaining
        END AS remaining,
        CASE part.subject WHEN 'half' THEN 0.5 ELSE 0 END AS share,
        communes_unreported + villages_unreported AS unreported
    FROM published.marts.countdown AS countdown
    CROSS JOIN (
        VALUES
        ('communes', 'Không còn xã, phường, thị trấn nào chưa hoàn thành', 'No commune remains'),
        ('thon', 'Không còn thôn nào chưa hoàn thành', 'No village remains'),
        ('tdp', 'Không còn tổ dân phố nào chưa hoàn thành', 'No residential group remains'),
        ('half', 'Số đơn vị còn lại đã giảm quá nửa so với kỳ đầu', 'Half of the units or fewer remain')
    ) AS part (subject, vi, en)
),

district AS (
    SELECT
        period,
        'district ' || district_code AS subject,
        district_name || ' không còn đơn vị nào chưa hoàn thành' AS vi,
        district_name || ' has no unit left' AS en,
        communes_remaining + thon_remaining + tdp_remaining AS remaining,
        0 AS share,
        communes_unreported + villages_unreported AS unreported
    FROM published.marts.progress_by_district
),

series AS (
    SELECT *, first_value(remaining IGNORE NULLS) OVER (PARTITION BY subject ORDER BY period) AS at_first
    FROM (FROM city UNION ALL BY NAME FROM district)
),

reached AS (
    SELECT *, coalesce(unreported = 0 AND remaining <= at_first * share, false) AS is_reached
    FROM series
    WHERE at_first > 0
)

SELECT
    subject,
    NULL::VARCHAR AS district_code,
    NULL::VARCHAR AS news,
    any_value(vi) AS words_vi,
    any_value(en) AS words_en,
    min(period) AS period
FROM (
    SELECT *, max(CASE WHEN NOT is_reached THEN period END) OVER (PARTITION BY subject) AS last_before
    FROM reached
)
WHERE is_reached AND period > coalesce(last_before, '')
GROUP BY subject
ORDER BY subject LIKE 'district%', subject
