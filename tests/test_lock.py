"""The writer's lock, against a real second process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks import lock
from tasks.lock import DrawingGoesOn, WarehouseBusy, current_holder, drawing_lock, writer_lock

_HOLD = """
import sys, time
from pathlib import Path
from schemas.settings import Settings
from tasks.lock import writer_lock
with writer_lock(Settings(home=Path(sys.argv[1])), "cycle 2021-05"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", lock_wait=0.1)


def hold(settings: Settings) -> "subprocess.Popen[str]":
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(settings.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def end(other: "subprocess.Popen[str]") -> None:
    other.communicate("\n", timeout=20)


def test_a_second_process_is_told_who_writes(settings: Settings) -> None:
    other = hold(settings)
    with pytest.raises(WarehouseBusy) as busy, writer_lock(settings, "cycle 2021-06"):
        pass
    end(other)
    holder = busy.value.holder
    assert holder is not None
    assert (holder.pid, holder.what) == (other.pid, "cycle 2021-05")
    message = str(busy.value)
    assert f"đang do tiến trình {other.pid}" in message
    assert "Run again later" in message


def test_a_second_process_waits_for_the_first(settings: Settings) -> None:
    other = hold(settings)
    assert other.stdin is not None
    other.stdin.write("\n")
    other.stdin.flush()
    with writer_lock(settings, "cycle 2021-06", wait=20):
        holder = current_holder(settings)
        assert holder is not None
        assert holder.pid == os.getpid()
    end(other)
    assert current_holder(settings) is None


def test_a_killed_holder_frees_the_lock(settings: Settings) -> None:
    other = hold(settings)
    other.send_signal(signal.SIGKILL)
    other.communicate(timeout=20)
    with writer_lock(settings, "cycle 2021-06", wait=5):
        holder = current_holder(settings)
        assert holder is not None
        assert holder.what == "cycle 2021-06"


def test_an_error_inside_frees_the_lock(settings: Settings) -> None:
    with pytest.raises(ValueError, match="inside"), writer_lock(settings, "cycle"):
        raise ValueError("inside")
    with writer_lock(settings, "cycle", wait=0):
        pass


def test_the_lock_also_holds_within_one_process(settings: Settings) -> None:
    with (
        writer_lock(settings, "cycle 2021-05"),
        pytest.raises(WarehouseBusy, match="cycle 2021-05"),
        writer_lock(settings, "cycle 2021-06", wait=0),
    ):
        pass


def test_a_drawing_that_outlives_its_cycle_is_waited_for_and_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_DRAWING_ENDS_WITHIN_SECONDS", 0.1)
    with writer_lock(settings, "cycle 2021-05"):
        pass
    with (
        drawing_lock(settings.home),
        pytest.raises(DrawingGoesOn, match=r"tasks\.drawing_child(.|\n)*waited 0\.1 s"),
        writer_lock(settings, "cycle 2021-06"),
    ):
        pass
    assert current_holder(settings) is None
    with writer_lock(settings, "cycle 2021-06", wait=0):
        pass
