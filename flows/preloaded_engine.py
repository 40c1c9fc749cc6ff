"""Prefect's engine, in a process that imported Prefect with another environment than its own."""

import runpy

import prefect.engine
from prefect.context import refresh_global_settings_context
from prefect.logging.configuration import setup_logging

if __name__ == "__main__":
    refresh_global_settings_context()
    setup_logging()
    runpy.run_path(prefect.engine.__file__, run_name="__main__")
