"""Settings of a shared home that cannot be meant: each is refused in words, and no secret is repeated."""

import pytest
from pydantic import ValidationError

from schemas.settings import Settings

REFUSED = {
    "a catalog of its own file": ({"lake": "ducklake:lake.db", "lake_data": "s3://a/b/"}, "begins with"),
    "no place for its files": ({"lake": "ducklake:postgres:dbname=lake"}, "both or neither"),
    "a place and no lake": ({"lake_data": "s3://a/b/"}, "both or neither"),
    "a password": (
        {"lake": "ducklake:postgres:dbname=lake password=hidden", "lake_data": "s3://a/b/"},
        "PGPASSWORD",
    ),
    "a password in a URL": (
        {"lake": "ducklake:postgres:postgresql://me:hidden@host/lake", "lake_data": "s3://a/b/"},
        "PGPASSWORD",
    ),
    "another engine": ({"task_runner": "ray://host"}, "dask://"),
}


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_meant_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        Settings(**given)

    assert "hidden" not in str(refused.value)
