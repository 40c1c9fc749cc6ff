"""DuckDB's extensions for PostgreSQL, object stores and DuckLake, from their wheels; none is downloaded."""

import os
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

import duckdb

from schemas.sharing import NotInstalled
from schemas.sql_text import quoted

_EXTENSIONS = ("httpfs", "postgres_scanner", "ducklake")


def load_extensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Load DuckDB's extensions from their wheels. Raises NotInstalled without the extra `scale`."""
    for name in _EXTENSIONS:
        connection.execute(f"LOAD {quoted(str(_extension(name)))}")
    if "AWS_ACCESS_KEY_ID" in os.environ:
        connection.execute(_s3_secret(os.environ))


def _extension(name: str) -> Traversable:
    try:
        wheel = files(f"duckdb_extension_{name}")
    except ModuleNotFoundError as missing:
        raise NotInstalled.of(missing) from missing
    return wheel / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def _s3_secret(environment: Mapping[str, str]) -> str:
    """The CREATE SECRET that gives DuckDB what the AWS_… variables give every other S3 client."""
    endpoint = urlsplit(environment.get("AWS_ENDPOINT_URL", "https://s3.amazonaws.com"))
    given = {
        "KEY_ID": environment["AWS_ACCESS_KEY_ID"],
        "SECRET": environment["AWS_SECRET_ACCESS_KEY"],
        "REGION": environment.get("AWS_DEFAULT_REGION", "us-east-1"),
        "ENDPOINT": endpoint.netloc,
        "URL_STYLE": "path" if "AWS_ENDPOINT_URL" in environment else "vhost",
    }
    if "AWS_SESSION_TOKEN" in environment:
        given["SESSION_TOKEN"] = environment["AWS_SESSION_TOKEN"]
    words = ", ".join(f"{name} {quoted(value)}" for name, value in given.items())
    return (
        f"CREATE OR REPLACE SECRET s3_of_environment (TYPE s3, {words}, USE_SSL {endpoint.scheme == 'https'})"
    )
