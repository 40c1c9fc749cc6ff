WITH hop AS (
    SELECT *, unnest(range(1, len(path))) AS hop_no
    FROM intermediate.unit_source
    WHERE is_entry
),

step AS (
    -- each change on the way from what was reported to the unit that stands on the period's last day
    SELECT * EXCLUDE (path), path[hop_no] AS successor_id, path[hop_no + 1] AS predecessor_id
    FROM hop
),

handed_over AS (
    -- what came with each predecessor, as whoever has it at the end of the period counts it
    SELECT
        step.position,
        step.successor_id,
        step.predecessor_id,
        any_value(heir.status_taken_over) AS status,
        any_value(heir.district_code) AS district_code,
        sum(step.people_before) FILTER (step.carries)::BIGINT AS people_before,
        sum(step.people_now) FILTER (step.carries)::BIGINT AS people_now
    FROM step
    JOIN intermediate.unit_status AS heir
        ON heir.unit_id = step.unit_id AND heir.position = step.position AND heir.is_taking_over
    GROUP BY ALL
)

SELECT
    e.doc_no,
    e.effective_on,
    e.period,
    e.change_kind,
    e.unit_level,
    e.predecessor_id,
    e.old_name AS predecessor_name,
    e.successor_id,
    e.new_name AS successor_name,
    e.share,
    e.decision_no,
    e.decided_on,
    gone.district_code AS predecessor_district_code,
    coalesce(h.district_code, place.district_code) AS successor_district_code,
    gone.status AS predecessor_status,
    h.status AS successor_status,
    gone.people_before AS predecessor_people_before,
    gone.people_now AS predecessor_people_now,
    h.people_before AS people_before_handed_over,
    h.people_now AS people_now_handed_over,
    e.submission_id,
    e.source_sheet AS sheet,
    e.source_row AS row,
    e.source_cell AS cell
FROM intermediate.change_edge AS e
LEFT JOIN intermediate.unit_status AS gone
    ON gone.unit_id = e.predecessor_id AND gone.position = e.position AND gone.is_leaving AND e.is_succession
LEFT JOIN handed_over AS h
    ON h.successor_id = e.successor_id AND h.predecessor_id = e.predecessor_id AND h.position = e.position
LEFT JOIN intermediate.unit_place AS place ON place.unit_id = e.successor_id AND place.position = e.position
ORDER BY e.effective_on, e.submission_id, e.source_row
