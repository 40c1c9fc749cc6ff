-- The ledger: what arrived, what became of every row of it, what is owed. Rows are added, never changed.
CREATE SCHEMA IF NOT EXISTS ledger;

CREATE TABLE IF NOT EXISTS ledger.submission (
    submission_id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    district_code VARCHAR NOT NULL,        -- the folder it arrived in
    file_name VARCHAR NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,      -- when it arrived in the landing place
    known_at TIMESTAMPTZ NOT NULL,         -- the `now` of the run that took it in: its facts are known from then on
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,
    duplicate_of VARCHAR,
    is_simulated BOOLEAN NOT NULL,
    has_declared_no_petitions BOOLEAN NOT NULL,
    period VARCHAR,                        -- as the file says; empty when it could not be read
    as_of_date DATE,
    seq BIGINT,
    doc_no VARCHAR,
    prepared_by VARCHAR,                   -- personal: never leaves the ledger
    contact_email VARCHAR,                 -- personal: never leaves the ledger
    signed_by VARCHAR                      -- personal: never leaves the ledger
);

CREATE TABLE IF NOT EXISTS ledger.sheet (
    submission_id VARCHAR NOT NULL,
    source_sheet VARCHAR NOT NULL,
    form_sheet VARCHAR,                    -- empty when the sheet is none of the form's
    rows_in_file BIGINT NOT NULL,          -- counted by the reader, before anything is recognised
    hidden VARCHAR,                        -- what of it the office had hidden; it was read all the same
    PRIMARY KEY (submission_id, source_sheet)
);

CREATE TABLE IF NOT EXISTS ledger.source_row (
    submission_id VARCHAR NOT NULL,
    source_sheet VARCHAR NOT NULL,
    source_row BIGINT NOT NULL,            -- 1 is the sheet's first row
    state VARCHAR NOT NULL CHECK (state IN ('loaded', 'quarantined', 'duplicate', 'layout')),
    detail VARCHAR NOT NULL,               -- data, or what kind of layout: title, header, index, total, note, blank …
    PRIMARY KEY (submission_id, source_sheet, source_row)
);

-- The content of what was loaded, as it was loaded: what a receipt and every manifest say of it.
CREATE TABLE IF NOT EXISTS ledger.fact_content (
    submission_id VARCHAR NOT NULL,
    core_table VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,               -- as warehouse/manifest/macros.sql defines it
    PRIMARY KEY (submission_id, core_table)
);

CREATE TABLE IF NOT EXISTS ledger.finding (
    submission_id VARCHAR NOT NULL,
    finding_no BIGINT NOT NULL,
    form_sheet VARCHAR,
    source_sheet VARCHAR,
    source_row BIGINT,
    column_name VARCHAR,
    cell VARCHAR,
    fault VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    value VARCHAR,
    expected VARCHAR,
    remedy_vi VARCHAR NOT NULL,
    remedy_en VARCHAR NOT NULL,
    source VARCHAR,                        -- the law, where the rule is one
    PRIMARY KEY (submission_id, finding_no)
);

CREATE TABLE IF NOT EXISTS ledger.repair (
    submission_id VARCHAR NOT NULL,
    source_sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    original VARCHAR NOT NULL,
    result VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS ledger.obligation (
    district_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    lock_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (district_code, period)
);

CREATE TABLE IF NOT EXISTS ledger.run (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,               -- empty while it runs; of a crashed one, when that was found out
    as_known_at TIMESTAMPTZ NOT NULL,      -- the run's `now`
    outcome VARCHAR,                       -- released, unchanged, refused, untold, failed, crashed; rebuilt
    submissions BIGINT
);

CREATE TABLE IF NOT EXISTS ledger.expectation_result (
    run_id VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    observed VARCHAR NOT NULL,             -- JSON: what was seen and the rows that fail
    PRIMARY KEY (run_id, expectation)
);
