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
    "a password of the inbox": ({"inbox": "sftp://me:hidden@host/inbox"}, "no password"),
    "a password of the archive": ({"archive_url": "ftp://me:hidden#1@host/archive"}, "no password"),
}


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_meant_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        Settings(**given)

    assert "hidden" not in str(refused.value)


def test_a_url_may_hold_a_user_or_an_at_sign() -> None:
    Settings(inbox="sftp://me@host/in:box", archive_url="/srv/a:b@c/archive", published_url="s3://a/b@c:d")
