"""What these tests share with those of alerts: a mail server and settings that name it."""

from tests.alerts.conftest import post, settings

__all__ = ["post", "settings"]
