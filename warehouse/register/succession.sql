-- Which unit goes on in which: communes, villages and residential groups alike.
SELECT * FROM register.commune_succession
UNION ALL BY NAME
SELECT old_code AS predecessor_id, new_code AS successor_id, share <> 'part' AS is_main, *
FROM register.unit_change
WHERE
    unit_level IN ('thon', 'tdp')
    AND effective_on > getvariable('baseline_as_of')
    AND (old_code <> new_code OR share <> 'whole')
