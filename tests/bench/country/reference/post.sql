SELECT
    'P' || lpad((n + 1)::VARCHAR, 2, '0') AS post_code,
    'commune' AS post_level,
    'Chức danh mô phỏng ' || (n + 1) AS title_vi,
    'Simulated post ' || (n + 1) AS title_en
FROM range(getvariable('posts')) AS post (n)
