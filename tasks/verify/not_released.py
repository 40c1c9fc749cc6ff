"""Why a receipt cannot be followed; known to the exit codes before anything that reads tables is loaded."""

from pathlib import Path

from schemas.manifest import Manifest


class NotAReceipt(ValueError):  # noqa: N818 - a state of the world
    """A file was given that is no receipt."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"Không phải giấy biên nhận / not a receipt: {path} ({why})")


class NotReleased(LookupError):  # noqa: N818 - a state of the world
    """A release knows nothing of a submission: it was taken in later, or never."""

    def __init__(self, submission_id: str, manifest: Manifest) -> None:
        super().__init__(
            f"{submission_id}: không có trong bản phát hành số {manifest.sequence}, số liệu đến "
            f"{manifest.as_known_at:%d/%m/%Y %H:%M}; hãy chạy scheme21 run / not in release "
            f"{manifest.sequence}: taken in later, or never; run scheme21 run"
        )
