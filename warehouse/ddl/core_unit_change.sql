-- Facts about the units themselves, from unit change files. Nothing is updated: a correction is a later version of
-- the same document.
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE IF NOT EXISTS core.unit_change_document (
    submission_id VARCHAR PRIMARY KEY,
    doc_no VARCHAR NOT NULL,
    seq BIGINT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    UNIQUE (doc_no, seq)
);

CREATE TABLE IF NOT EXISTS core.unit_change (
    submission_id VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,
    source_cell VARCHAR NOT NULL,          -- the cell that says the kind of change
    change_kind VARCHAR NOT NULL,
    unit_level VARCHAR NOT NULL,
    old_code VARCHAR,                      -- empty for a unit that is established
    old_name VARCHAR,
    new_code VARCHAR,                      -- empty for a district that is dissolved without a successor
    new_name VARCHAR,
    new_kind VARCHAR,
    parent_code VARCHAR,
    share VARCHAR NOT NULL,
    decision_no VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    effective_on DATE NOT NULL,
    note VARCHAR,
    PRIMARY KEY (submission_id, source_sheet, source_row)
);
