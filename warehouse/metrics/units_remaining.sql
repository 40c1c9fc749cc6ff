-- What remains in the latest period, by level.
SELECT level, remaining
FROM (
    SELECT communes_remaining AS commune, thon_remaining AS thon, tdp_remaining AS tdp
    FROM snapshot.marts.countdown
    ORDER BY period DESC
    LIMIT 1
)
UNPIVOT (remaining FOR level IN (commune, thon, tdp))
ORDER BY level
