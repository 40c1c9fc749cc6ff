-- What the last build of a cycle found of each period, so that the next one computes only what is new. Each table is as
-- the one of the same name in intermediate; a row of a unit is found by its district and period. Only fresh_from,
-- settled_period and the seeds of intermediate read it, and only in a cycle's own build.
CREATE SCHEMA settled;

-- What the rows rest on beside returns: as long as this is what it was, they stand.
CREATE TABLE settled.stamp (fingerprint VARCHAR NOT NULL);

CREATE TABLE settled.accepted_submission (
    submission_id VARCHAR,
    district_code VARCHAR,
    period VARCHAR,
    position BIGINT,
    seq BIGINT,
    received_at TIMESTAMPTZ,
    is_simulated BOOLEAN,
    has_declared_no_petitions BOOLEAN,
    is_effective BOOLEAN
);

CREATE TABLE settled.open_period (position BIGINT, period VARCHAR, starts_on DATE, ends_on DATE);

CREATE TABLE settled.unit_span (
    unit_id VARCHAR,
    unit_level VARCHAR,
    registered_position BIGINT,
    valid_from DATE,
    valid_to DATE
);

CREATE TABLE settled.row_count (
    submission_id VARCHAR,
    form_sheet VARCHAR,
    rows_loaded BIGINT,
    rows_quarantined BIGINT
);

CREATE TABLE settled.unit_status (
    unit_id VARCHAR,
    unit_level VARCHAR,
    unit_name VARCHAR,
    position BIGINT,
    commune_id VARCHAR,
    commune_code VARCHAR,
    commune_name VARCHAR,
    commune_kind VARCHAR,
    district_code VARCHAR,
    district_name VARCHAR,
    period VARCHAR,
    registered_position BIGINT,
    spell_starts_on DATE,
    is_leaving BOOLEAN,
    status VARCHAR,
    people_before BIGINT,
    people_now BIGINT,
    villages_before BIGINT,
    villages_now BIGINT,
    source_id VARCHAR,
    completed_on DATE,
    decision_no VARCHAR,
    reported_period VARCHAR,
    submission_id VARCHAR,
    source_sheet VARCHAR,
    source_row BIGINT,
    source_cell VARCHAR,
    is_carried_forward BOOLEAN,
    is_taking_over BOOLEAN,
    status_taken_over VARCHAR,
    completed_on_taken_over DATE,
    decision_no_taken_over VARCHAR,
    is_outstanding BOOLEAN,
    status_before VARCHAR,
    previous_status VARCHAR,
    completed_until BIGINT
);

CREATE TABLE settled.district_state (
    position BIGINT,
    period VARCHAR,
    district_code VARCHAR,
    district_name VARCHAR,
    communes_total BIGINT,
    villages_total BIGINT,
    communes_unreported BIGINT,
    villages_unreported BIGINT,
    communes_remaining BIGINT,
    thon_remaining BIGINT,
    tdp_remaining BIGINT,
    units_completed BIGINT,
    completed_in_period BIGINT,
    reopened_in_period BIGINT,
    first_reported_remaining BIGINT,
    left_by_change BIGINT,
    entered_by_change BIGINT,
    villages_before BIGINT,
    people_before BIGINT,
    people_now BIGINT
);

CREATE TABLE settled.unit_step (
    unit_id VARCHAR,
    unit_level VARCHAR,
    unit_name VARCHAR,
    district_code VARCHAR,
    position BIGINT,
    step VARCHAR,
    status_from VARCHAR,
    status_to VARCHAR,
    completed_on DATE,
    decision_no VARCHAR,
    submission_id VARCHAR,
    sheet VARCHAR,
    row BIGINT,
    cell VARCHAR,
    other_unit_ids VARCHAR
);

CREATE TABLE settled.promise_held (
    unit_id VARCHAR,
    district_code VARCHAR,
    position BIGINT,
    promised_position BIGINT,
    area_flags VARCHAR,
    obstacle_code VARCHAR,
    obstacle_text VARCHAR,
    action VARCHAR,
    owner_role VARCHAR,
    due_on DATE
);

CREATE TABLE settled.backlog (
    unit_id VARCHAR,
    unit_level VARCHAR,
    unit_name VARCHAR,
    position BIGINT,
    period VARCHAR,
    district_code VARCHAR,
    district_name VARCHAR,
    commune_code VARCHAR,
    commune_name VARCHAR,
    commune_kind VARCHAR,
    status VARCHAR,
    outstanding_from BIGINT,
    months_outstanding BIGINT,
    area_flags VARCHAR,
    obstacle_code VARCHAR,
    obstacle_text VARCHAR,
    action VARCHAR,
    owner_role VARCHAR,
    due_on DATE,
    reported_period VARCHAR,
    is_carried_forward BOOLEAN,
    submission_id VARCHAR,
    source_sheet VARCHAR,
    source_cell VARCHAR,
    first_due_on DATE,
    times_due_slipped BIGINT
);

CREATE TABLE settled.obstacle (
    district_code VARCHAR,
    position BIGINT,
    period VARCHAR,
    obstacle_code VARCHAR,
    area_flag VARCHAR,
    units BIGINT
);

CREATE TABLE settled.due_date (
    district_code VARCHAR,
    position BIGINT,
    unit_level VARCHAR,
    due_on DATE,
    units BIGINT,
    days_slipped BIGINT
);

CREATE TABLE settled.post_status (
    unit_id VARCHAR,
    district_code VARCHAR,
    position BIGINT,
    spell_starts_on DATE,
    reported_position BIGINT,
    post_code VARCHAR,
    posts_required BIGINT,
    posts_filled BIGINT,
    posts_combined BIGINT,
    coef_before DOUBLE,
    coef_now DOUBLE
);

CREATE TABLE settled.district_post (
    district_code VARCHAR,
    position BIGINT,
    post_code VARCHAR,
    posts_required BIGINT,
    posts_filled BIGINT,
    posts_combined BIGINT,
    coef_before DOUBLE,
    coef_now DOUBLE,
    communes_reported BIGINT
);

CREATE TABLE settled.petition_sum (
    district_code VARCHAR,
    position BIGINT,
    petition_kind VARCHAR,
    opening BIGINT,
    received BIGINT,
    resolved BIGINT,
    closing BIGINT
);
