"""How a cycle can end: what the ledger of runs, the heartbeat, the metrics and whoever watches say of it."""

RELEASED, UNCHANGED, REFUSED = "released", "unchanged", "refused"
# What is published stands, but the step that alerts ended by an error.
UNTOLD = "untold"
FAILED = "failed"
# Nothing was said: the process was killed.
CRASHED = "crashed"

OUTCOMES = (RELEASED, UNCHANGED, REFUSED, UNTOLD, FAILED, CRASHED)
# Those that an engineer has to look into; what the gate refused is judged, not broken.
BROKEN = (FAILED, UNTOLD, CRASHED)
