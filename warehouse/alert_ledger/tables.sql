-- The ledger of alerts: a file of its own, so that a warehouse in use, refused or built anew forgets nobody.
CREATE TABLE IF NOT EXISTS alert (
    alert_id VARCHAR PRIMARY KEY,          -- <cause>:<subject>:<opened at>; at most one of a cause and subject is open
    cause VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    district_code VARCHAR,
    opened_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,          -- when it was last found to hold
    closed_at TIMESTAMPTZ,
    news VARCHAR,                          -- when this changes, those who were told are told again
    facts JSON NOT NULL,                   -- what the words name
    attachments VARCHAR[] NOT NULL,        -- files of the home that go with it to the district
    is_simulated BOOLEAN NOT NULL
);

-- When each cause was last evaluated: a moment that lies before it tells nothing new.
CREATE TABLE IF NOT EXISTS evaluation (
    cause VARCHAR PRIMARY KEY,
    evaluated_at TIMESTAMPTZ NOT NULL
);

-- That an audience was told of an alert. Rows are added, never changed.
CREATE TABLE IF NOT EXISTS notice (
    alert_id VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    stage VARCHAR NOT NULL CHECK (stage IN ('opened', 'escalated', 'changed', 'repeated', 'closed')),
    noticed_at TIMESTAMPTZ NOT NULL,
    news VARCHAR
);

-- Every message to every recipient, whole, written before it is sent and kept until it is.
CREATE TABLE IF NOT EXISTS message (
    message_id VARCHAR PRIMARY KEY,        -- of its content's origin and recipient: the same decision gives the same id
    position BIGINT NOT NULL,              -- the order in which they are sent
    cause VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    alert_ids VARCHAR[] NOT NULL,
    district_code VARCHAR,
    channel VARCHAR NOT NULL,              -- mail, or the service and a mark of its URL, which is a secret
    recipient VARCHAR NOT NULL,            -- a mail address (personal: never leaves this file), else the mark
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    html VARCHAR NOT NULL,
    attachments VARCHAR[] NOT NULL,
    is_simulated BOOLEAN NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error VARCHAR,
    sent_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ               -- unsent, and its channel is configured no more
);
