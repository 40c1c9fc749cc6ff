WITH handed_over AS (
    -- what came with each predecessor, as its successor counts it
    SELECT
        unit_id,
        position,
        origin_id,
        sum(people_before) FILTER (carries)::BIGINT AS people_before,
        sum(people_now) FILTER (carries)::BIGINT AS people_now
    FROM intermediate.unit_source
    WHERE is_entry
    GROUP BY unit_id, position, origin_id
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
    heir.district_code AS successor_district_code,
    gone.status AS predecessor_status,
    heir.status_taken_over AS successor_status,
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
LEFT JOIN intermediate.unit_status AS heir
    ON heir.unit_id = e.successor_id AND heir.position = e.position AND heir.is_taking_over AND e.is_succession
LEFT JOIN handed_over AS h
    ON h.unit_id = e.successor_id AND h.origin_id = e.predecessor_id AND h.position = e.position
ORDER BY e.effective_on, e.submission_id, e.source_row
