"""The stack one would pick instead: dlt loads with a frozen schema contract, dbt-duckdb checks and transforms."""
