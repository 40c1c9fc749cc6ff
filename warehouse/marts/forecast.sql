WITH scenario AS (
    SELECT *
    FROM (
        VALUES
        (
            1, 'recent_pace',
            'Nhịp độ bình quân của ba kỳ gần nhất (ít nhất hai lần thay đổi) giữ nguyên đến hết; khoảng dự báo theo '
            || 'nhịp nhanh nhất và chậm nhất mà cách tính này từng cho.',
            'The mean pace of the last three periods (at least two changes) goes on to the end; the interval takes '
            || 'the fastest and the slowest pace this reckoning ever gave.'
        ),
        (
            2, 'average_pace',
            'Nhịp độ bình quân từ kỳ gốc giữ nguyên đến hết; khoảng dự báo theo nhịp nhanh nhất và chậm nhất mà cách '
            || 'tính này từng cho.',
            'The mean pace since the baseline goes on to the end; the interval takes the fastest and the slowest '
            || 'pace this reckoning ever gave.'
        ),
        (
            3, 'promised_dates',
            'Kỳ của thời hạn cam kết muộn nhất còn hiệu lực; muộn nhất cộng thêm số ngày lùi hạn nhiều nhất từng '
            || 'thấy ở cấp đó.',
            'The period of the last promised date still open; the late end adds the longest slip seen at that level.'
        )
    ) AS s (number, scenario, method, method_en)
),

level AS (
    SELECT *
    FROM (VALUES (1, 'commune'), (2, 'village')) AS l (number, unit_level)
),

tested AS (
    SELECT
        unit_level,
        scenario,
        round(avg(abs(predicted - actual)) FILTER (ahead = 1), 2) AS error_1,
        round(avg(abs(predicted - actual)) FILTER (ahead = 3), 2) AS error_3,
        count(*) FILTER (ahead = 1) AS origins
    FROM intermediate.backtest
    GROUP BY ALL
),

judged AS (
    SELECT
        level.number AS level_number,
        level.unit_level,
        scenario.* EXCLUDE (number),
        scenario.number AS scenario_number,
        o.* EXCLUDE (unit_level, scenario),
        t.error_1,
        t.error_3,
        coalesce(t.origins, 0) AS origins,
        CASE
            WHEN o.remaining IS NULL THEN 'no_period'
            WHEN o.completed_at IS NOT NULL THEN 'completed'
            WHEN o.unreported > 0 THEN 'unreported'
            WHEN scenario.scenario = 'promised_dates' AND o.expected_at IS NULL THEN 'no_promise'
            WHEN scenario.scenario = 'promised_dates' AND o.without_promise > 0 THEN 'some_promises'
            WHEN scenario.scenario = 'promised_dates' THEN 'forecast'
            WHEN o.pace IS NULL THEN 'few_periods'
            WHEN o.pace <= 0 THEN 'no_pace'
            WHEN o.latest_at IS NULL THEN 'open_end'
            ELSE 'forecast'
        END AS judgement,
        judgement IN ('some_promises', 'open_end', 'forecast') AS is_forecast
    FROM level
    CROSS JOIN scenario
    LEFT JOIN intermediate.outlook AS o ON o.unit_level = level.unit_level AND o.scenario = scenario.scenario
    LEFT JOIN tested AS t ON t.unit_level = level.unit_level AND t.scenario = scenario.scenario
),

reason AS (
    SELECT *
    FROM (
        VALUES
        ('no_period', 'Chưa có kỳ nào được theo dõi.', 'No period is tracked yet.'),
        ('completed', 'Đã hoàn thành; kỳ ghi là kỳ hoàn thành.', 'Completed; the period is that of completion.'),
        (
            'unreported', 'Còn đơn vị chưa có báo cáo được nhận nên chưa dự báo.',
            'Units without any accepted report remain, so nothing is forecast.'
        ),
        ('few_periods', 'Chưa đủ ba kỳ.', 'Fewer than three periods.'),
        (
            'no_pace', 'Số đơn vị còn lại không giảm nên không dự báo được.',
            'The units remaining do not fall, so the end cannot be forecast.'
        ),
        (
            'open_end', 'Cách tính này từng cho nhịp độ không dương nên không có giới hạn muộn nhất.',
            'This reckoning once gave a pace of zero or less, so the late end is open.'
        ),
        ('no_promise', 'Không có thời hạn cam kết nào còn hiệu lực.', 'No promise is still open.'),
        (
            'some_promises', 'Có đơn vị chưa có hoặc đã quá thời hạn cam kết nên không có giới hạn muộn nhất.',
            'Units promised nothing or broke their promise, so the late end is open.'
        )
    ) AS r (judgement, reason, reason_en)
),

calendar AS (
    SELECT starts_on, date_diff('month', starts_on, ends_on) + 1 AS months
    FROM core.period
    WHERE period = getvariable('baseline_period')
),

named AS (
    SELECT
        j.*,
        list_transform(
            CASE
                WHEN j.judgement = 'completed' THEN [j.completed_at, j.completed_at, j.completed_at]
                WHEN j.is_forecast THEN [j.expected_at, j.earliest_at, j.latest_at]
                ELSE [NULL, NULL, NULL]
            END || [j.expected_before_at],
            lambda n: CASE
                WHEN c.months = 1 THEN strftime(c.starts_on + to_months((n * c.months)::INTEGER), '%Y-%m')
                ELSE strftime(c.starts_on + to_months((n * c.months)::INTEGER), '%Y') || '-Q'
                    || quarter(c.starts_on + to_months((n * c.months)::INTEGER))
            END
        ) AS periods
    FROM judged AS j
    LEFT JOIN calendar AS c ON true
)

SELECT
    n.unit_level,
    n.scenario,
    CASE WHEN n.judgement = 'completed' THEN 'completed' WHEN n.is_forecast THEN 'forecast' ELSE 'unknown' END
        AS outcome,
    n.remaining AS units_remaining,
    round(n.pace, 3) AS pace,
    n.periods[1] AS expected_period,
    n.periods[2] AS earliest_period,
    n.periods[3] AS latest_period,
    n.periods[4] AS expected_before_period,
    n.method,
    n.method_en,
    r.reason,
    r.reason_en,
    CASE
        WHEN n.origins = 0 THEN 'Chưa có kỳ nào đã qua để kiểm nghiệm.'
        ELSE format('Dự báo từ {} kỳ đã qua: sai số trung bình trước một kỳ {} đơn vị', n.origins, replace(n.error_1::VARCHAR, '.', ','))
            || coalesce(format(', trước ba kỳ {} đơn vị', replace(n.error_3::VARCHAR, '.', ',')), '') || '.'
    END AS backtest,
    CASE
        WHEN n.origins = 0 THEN 'No past period to test on yet.'
        ELSE format('Forecast from {} past periods: mean error one period ahead {} units', n.origins, n.error_1::VARCHAR)
            || coalesce(format(', three periods ahead {} units', n.error_3::VARCHAR), '') || '.'
    END AS backtest_en,
    n.error_1 AS backtest_error_1,
    n.error_3 AS backtest_error_3,
    n.origins AS backtest_origins
FROM named AS n
LEFT JOIN reason AS r USING (judgement)
ORDER BY n.level_number, n.scenario_number
