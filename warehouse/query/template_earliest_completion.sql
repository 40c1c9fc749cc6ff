-- The first day on which a unit can have been completed.
SELECT value::DATE FROM reference.legal_limit WHERE rule = 'completion_earliest'
