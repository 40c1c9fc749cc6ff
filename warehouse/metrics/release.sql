-- The release's one row; moments are Hanoi's.
SELECT released_at, as_known_at, is_simulated, latest_period
FROM snapshot.marts.release
