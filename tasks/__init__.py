"""The steps of a cycle, one file a step; plain functions that flows turn into Prefect tasks."""
