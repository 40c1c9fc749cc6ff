"""The stack one would pick: dlt loads under a frozen schema contract, dbt-duckdb checks and builds."""
