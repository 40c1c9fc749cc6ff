-- Where the warehouse is of a lake (warehouse/lake.py): the publication that this file is a copy of, one row or none.
CREATE SCHEMA IF NOT EXISTS copied;

CREATE TABLE IF NOT EXISTS copied.publication (
    snapshot_id BIGINT NOT NULL,           -- DuckLake's number
    published_at TIMESTAMPTZ NOT NULL      -- tells one lake from another
);
