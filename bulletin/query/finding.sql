-- Open findings, one row a fault of a sheet of a return, with every cell it stands in.
SELECT
    f.submission_id,
    f.district_code,
    any_value(d.short_name) AS short_name,
    f.period,
    f.source_sheet,
    f.fault,
    f.severity,
    count(*) AS findings,
    string_agg(f.cell, ', ' ORDER BY f.finding_no) AS cells,
    arg_min(f.remedy_vi, f.finding_no) AS remedy_vi,
    arg_min(f.remedy_en, f.finding_no) AS remedy_en
FROM findings AS f
LEFT JOIN districts AS d USING (district_code)
GROUP BY f.submission_id, f.district_code, f.period, f.source_sheet, f.fault, f.severity
ORDER BY
    list_position(['fatal', 'row', 'submission', 'warning'], f.severity), f.district_code, f.submission_id, min(f.finding_no)
