"""What can be wrong where machines share archive, warehouse or work, in words for whoever runs a command."""

from pathlib import Path
from typing import Self

from schemas.settings import Settings


class NotForOneMachine(ValueError):  # noqa: N818 - a judgement on what was asked for
    """A command that makes a home anew was given one that shares with other machines."""

    def __init__(self, settings: Settings) -> None:
        names = ", ".join(settings.shared)
        super().__init__(
            f"Lệnh này dựng lại cả một nơi làm việc, không dùng được khi có {names}; hãy bỏ các biến đó\n"
            f"This command makes a whole home anew, which one that shares by {names} is not; unset them"
        )


class NotInstalled(ModuleNotFoundError):  # noqa: N818 - a state of the machine
    """The extra `scale`, or the driver of a store, is not installed."""

    @classmethod
    def of(cls, cause: ImportError) -> Self:
        """The error of an import; made of text alone, as a worker sends it."""
        wanting = cause.name or cause
        return cls(
            f"Thiếu phần mềm ({wanting}): cài thêm phần scale bằng `uv sync --extra scale`\n"
            f"A package is missing ({wanting}): S3, Dask and the lake need `uv sync --extra scale`, "
            "another store its own driver"
        )


class StoreLost(OSError):  # noqa: N818 - a state of the world
    """A store on other machines cannot be reached, or refuses."""

    @classmethod
    def of(cls, url: str, cause: Exception) -> Self:
        """The error of the store at `url`; made of text alone, as a worker sends it."""
        return cls(
            f"Không dùng được {url}; hãy xem địa chỉ, mạng, quyền và các biến AWS_…; rồi chạy lại\n"
            f"{url} cannot be used; look at the address, the network, the rights and the AWS_… variables, "
            f"then run again: {cause}"
        )


class LakeDiffers(RuntimeError):  # noqa: N818 - a state of the world
    """The warehouse file was never a copy of this lake, and both hold submissions."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"Kho dữ liệu {file} không phải bản sao của kho chung trong SCHEME21_WAREHOUSE; hãy chuyển tệp "
            f"đó đi nơi khác rồi chạy lại\n{file} is no copy of the lake of SCHEME21_WAREHOUSE; move it away "
            "and run again: what is in the archive is taken in anew"
        )


class ChainForked(RuntimeError):  # noqa: N818 - a state of the world
    """This machine released what it never shared, and another one released under the same number."""

    def __init__(self, home: Path, manifest: str) -> None:
        super().__init__(
            f"{home}/archive/{manifest} khác với bản trong SCHEME21_ARCHIVE: máy này đã phát hành mà "
            "chưa chia sẻ, máy khác đã phát hành trước. Hãy chuyển cả thư mục đó đi nơi khác rồi chạy lại\n"
            f"{home}/archive/{manifest} is not the one of SCHEME21_ARCHIVE: what was released here was never "
            "shared, and another machine went on without it. Move that home away and run again: all that is "
            "shared is taken over anew"
        )


class LakeMovedOn(RuntimeError):  # noqa: N818 - a state of the world
    """Another publisher wrote to the lake since this cycle began: nothing of it was published."""

    def __init__(self) -> None:
        super().__init__(
            "Kho chung đã có tiến trình khác ghi trong lúc chu kỳ chạy; chưa ghi gì, hãy chạy lại / "
            "another process published to the lake meanwhile; nothing was written, run again"
        )


class PublisherLost(RuntimeError):  # noqa: N818 - a state of the world
    """The connection that held the lock is gone: another publisher may be at work."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(
            "Mất kết nối tới PostgreSQL của kho chung; chưa ghi gì vào kho chung, hãy chạy lại / the lake's "
            f"PostgreSQL was lost; nothing was published, run again: {cause}"
        )


class ClusterLost(RuntimeError):  # noqa: N818 - a state of the world
    """The Dask cluster of SCHEME21_TASK_RUNNER cannot be used."""

    def __init__(self, address: str, cause: Exception) -> None:
        super().__init__(
            f"Không dùng được cụm Dask {address}; hãy xem SCHEME21_TASK_RUNNER và các máy của cụm: {cause}\n"
            f"The Dask cluster {address} cannot be used; look at SCHEME21_TASK_RUNNER and its machines"
        )


def need_own_home(settings: Settings) -> None:
    """Raise NotForOneMachine when the home shares anything with other machines."""
    if settings.shared:
        raise NotForOneMachine(settings)
