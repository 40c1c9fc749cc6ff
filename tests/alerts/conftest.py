"""What the tests of alerts share: a mail server, and settings that name it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from schemas.settings import Settings
from tests.alerts.post_office import PostOffice, post_office


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def settings(tmp_path: Path, post: PostOffice) -> Settings:
    """An office whose engineers and Board have one mail address each."""
    return Settings(
        _env_file=None,
        home=tmp_path / "home",
        smtp_url=SecretStr(post.url),
        mail_from="Đề án 21 <de-an-21@office.example>",
        engineers=SecretStr("engineer@office.example"),
        board=SecretStr("board@office.example"),
    )
