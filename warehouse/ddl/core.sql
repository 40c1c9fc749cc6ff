-- Bitemporal facts: each row says its period (valid) and when its submission was taken in (known). Nothing is updated.
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE IF NOT EXISTS core.period (
    period VARCHAR PRIMARY KEY,
    position BIGINT NOT NULL UNIQUE,       -- 0 is the baseline, then 1, 2, …
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    lock_at TIMESTAMPTZ NOT NULL
);

-- The register of villages is built from the first accepted period of each district; a village's id is ours.
CREATE TABLE IF NOT EXISTS core.village (
    village_id VARCHAR PRIMARY KEY,        -- <commune_code>-<number>
    commune_code VARCHAR NOT NULL,
    village_kind VARCHAR NOT NULL,
    village_name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,             -- folded name, for matching
    registered_by VARCHAR NOT NULL,        -- submission_id
    registered_period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    UNIQUE (commune_code, village_kind, name_key)
);

CREATE TABLE IF NOT EXISTS core.commune_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,          -- the cell that says the status
    unit_id VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    commune_name VARCHAR NOT NULL,
    commune_class VARCHAR NOT NULL,
    people_before BIGINT NOT NULL,
    people_now BIGINT NOT NULL,
    villages_before BIGINT NOT NULL,
    villages_now BIGINT NOT NULL,
    status VARCHAR NOT NULL,
    completed_on DATE,
    decision_no VARCHAR,
    note VARCHAR,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

CREATE TABLE IF NOT EXISTS core.village_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,          -- the cell that says the status
    unit_id VARCHAR NOT NULL,              -- village_id
    commune_code VARCHAR NOT NULL,
    village_kind VARCHAR NOT NULL,
    village_name VARCHAR NOT NULL,
    predecessors VARCHAR,
    households BIGINT NOT NULL,
    people_before BIGINT NOT NULL,
    people_now BIGINT NOT NULL,
    status VARCHAR NOT NULL,
    completed_on DATE,
    decision_no VARCHAR,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

CREATE TABLE IF NOT EXISTS core.post_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    post_code VARCHAR NOT NULL,
    posts_required BIGINT NOT NULL,
    posts_filled BIGINT NOT NULL,
    posts_combined BIGINT NOT NULL,
    coef_before DOUBLE NOT NULL,
    coef_now DOUBLE NOT NULL,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

CREATE TABLE IF NOT EXISTS core.outstanding_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,
    unit_id VARCHAR NOT NULL,              -- commune_code or village_id
    unit_level VARCHAR NOT NULL,
    area_flags VARCHAR,                    -- codes, `;` between
    obstacle_code VARCHAR NOT NULL,
    obstacle_text VARCHAR,
    action VARCHAR,
    owner_role VARCHAR,
    due_on DATE NOT NULL,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

CREATE TABLE IF NOT EXISTS core.petition_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    petition_kind VARCHAR NOT NULL,
    opening BIGINT NOT NULL,
    received BIGINT NOT NULL,
    resolved BIGINT NOT NULL,
    closing BIGINT NOT NULL,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

CREATE TABLE IF NOT EXISTS core.activity_report (
    submission_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,
    activity_kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    held_on DATE NOT NULL,
    organiser VARCHAR NOT NULL,
    attend_commune BIGINT,
    attend_village BIGINT,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);
