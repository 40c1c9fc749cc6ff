-- Which unit, and which of its spells, each row of the returns that are read speaks of.
SELECT spoken.*
FROM register.reported_unit('intermediate.fresh_submission') AS spoken
-- a relation that is handed over is a text: here it is named as a table, so that it is built before
SEMI JOIN intermediate.fresh_submission USING (submission_id)
