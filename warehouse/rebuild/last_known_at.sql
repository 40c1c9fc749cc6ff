-- Up to when the former warehouse knows what was received.
SELECT max(as_known_at) FROM former.ledger.run
