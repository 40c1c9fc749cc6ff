-- What people excepted from the rules. The archive holds the records; the table is made anew from them by every run,
-- so that it always equals them, and holds those that the run's moment knows.
CREATE TABLE IF NOT EXISTS ledger.exception (
    exception_id VARCHAR PRIMARY KEY,      -- <kind>-<8 hex>: of the record's own bytes
    kind VARCHAR NOT NULL CHECK (kind IN ('exempt', 'late_return', 'waiver')),
    district_code VARCHAR,
    period VARCHAR,
    expectation VARCHAR,
    unit_id VARCHAR,
    reason VARCHAR NOT NULL,
    granted_by VARCHAR NOT NULL,
    granted_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,       -- the last moment at which it holds
    revoked_at TIMESTAMPTZ,                -- the first moment at which it does not hold any more
    revoked_by VARCHAR,
    revocation_reason VARCHAR,
    CHECK ((kind = 'waiver') = (expectation IS NOT NULL)),
    CHECK (kind = 'waiver' OR (district_code IS NOT NULL AND period IS NOT NULL))
);

-- Empty before it was granted.
CREATE OR REPLACE MACRO ledger.exception_state(moment, granted_at, expires_at, revoked_at) AS
CASE
    WHEN moment < granted_at THEN NULL
    WHEN moment >= revoked_at THEN 'revoked'
    WHEN moment > expires_at THEN 'expired'
    ELSE 'in_force'
END;
