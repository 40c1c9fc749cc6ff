-- One row a published figure: exactly one line of the reconciliation.
SELECT
    figure AS subject,
    1 AS expected,
    count(reconciliation.figure) AS actual
FROM reference.published_figure AS published_figure
LEFT JOIN marts.reconciliation AS reconciliation USING (figure)
GROUP BY ALL
ORDER BY subject
