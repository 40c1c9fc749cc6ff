"""The command line: help, exit codes, what each command prints, and how little `status` loads."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from flows.published import open_published
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.lock import writer_lock
from tests.demonstration import Demo

CHECKOUT = Path(__file__).parents[1]
ARRIVED = datetime(2021, 4, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()
HEAVY = ("prefect", "great_expectations", "pandas", "pandera", "numpy")
COMMANDS = {str(command.name or command.callback.__name__): command for command in app.registered_commands}


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed; white space, where lines wrap, is one blank."""

    code: int
    out: str
    err: str


def invoke(*arguments: object) -> Said:
    """Run a command in this process."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Said(result.exit_code, " ".join(result.stdout.split()), " ".join(result.stderr.split()))


@pytest.fixture
def first_release(demo: Demo, tmp_path: Path) -> Path:
    """A home whose published release is the first one, with everything still to be done."""
    home = tmp_path / "first"
    home.mkdir()
    (home / "published").symlink_to(demo.releases()[0], target_is_directory=True)
    return home


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    said = invoke(name, "--help")
    assert said.code == Exit.OK
    for part in ("exit codes", "Ví dụ / examples", f"• scheme21 {name}"):
        assert part in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert f"scheme21 {name}" in readme
    options = set(re.findall(r"--[a-z]+", invoke(name, "--help").out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in readme} == set()


def test_every_exit_code_is_in_the_readme() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert [code for code in Exit if f"| {code.value} |" not in readme] == []


def test_the_demo_counts_down_from_the_published_figures_to_zero(demo: Demo) -> None:
    assert demo.code == Exit.OK
    for part in (
        "SỐ LIỆU MÔ PHỎNG",
        "2021-03: còn 22 xã, 30 thôn, 19 tổ dân phố",
        "2021-04: còn 0 xã, 0 thôn, 0 tổ dân phố",
        "32.933",
        "18.350",
        "Tỷ lệ giảm số người",
        "Đã hoàn thành từ kỳ 2021-04",
        "published/scheme21.duckdb",
    ):
        assert part in demo.out
    assert "Lệch" not in demo.out


def test_nothing_but_the_answer_reaches_the_terminal(demo: Demo) -> None:
    assert demo.err == ""
    assert "prefect." not in demo.out


def test_a_server_of_our_own_ends_with_its_parent() -> None:
    server = subprocess.Popen([sys.executable, "-m", "flows.prefect_child", "version"], stdin=subprocess.PIPE)
    server.communicate(timeout=30)
    assert server.returncode == 0


def test_a_demo_is_made_anew_but_never_over_other_data(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("not ours")
    said = invoke("demo", "--home", tmp_path)
    assert said.code == Exit.USAGE
    assert "không phải của lần chạy thử" in said.err
    assert (tmp_path / "letters.txt").read_text() == "not ours"


def test_status_says_what_remains_and_who_has_not_reported(demo: Demo, first_release: Path) -> None:
    said = invoke("status", "--home", first_release, "--units")
    assert said.code == Exit.OK
    for part in ("SỐ LIỆU MÔ PHỎNG", "Còn 22 xã và 49 thôn, tổ dân phố", "Còn lại theo quận, huyện"):
        assert part in said.out
    with open_published(first_release / "published" / "scheme21.duckdb") as reader:
        units = rows_of(reader, "SELECT commune_code AS id FROM remaining_communes")
        units += rows_of(reader, "SELECT village_id AS id FROM remaining_villages")
    assert len(units) == 71
    assert [unit["id"] for unit in units if unit["id"] not in said.out] == []
    assert "Đã hoàn thành từ kỳ 2021-04" in invoke("status", "--home", demo.home).out


def test_status_before_the_first_release(tmp_path: Path) -> None:
    said = invoke("status", "--home", tmp_path)
    assert said.code == Exit.NOTHING_PUBLISHED
    assert "Chưa có bản phát hành nào" in said.err


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [(["status", "--home"], ()), (["check"], ("pandas", "pandera", "numpy"))],
    ids=["status", "check"],
)
def test_quick_commands_load_no_engine(demo: Demo, arguments: list[str], heavy: tuple[str, ...]) -> None:
    target = demo.home if arguments[0] == "status" else next((demo.home / "inbox" / "001").glob("*.xlsx"))
    program = (
        "import sys; from flows.command_line import app; app(sys.argv[1:], standalone_mode=False);"
        f"print(*(m for m in {HEAVY!r} if m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, target], capture_output=True, text=True, timeout=60
    )
    assert set(done.stderr.split()) <= set(heavy), done.stderr


@pytest.mark.server
def test_a_run_tells_what_became_of_each_file(prefect_api: str, demo: Demo, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "004").mkdir(parents=True)
    (inbox / "004" / "anh.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    shutil.copy(next((demo.home / "inbox" / "001").glob("*2021-03*")), inbox / "004" / "nham.xlsx")
    for file in (inbox / "004").iterdir():
        os.utime(file, (ARRIVED, ARRIVED))
    home = tmp_path / "home"

    said = invoke("run", "--home", home, "--inbox", inbox, "--now", "2021-04-20")

    assert said.code == Exit.OK, said
    assert "Trả lại / rejected: 2" in said.out
    receipts = sorted(path for path in (home / "answers" / "004").glob("*.txt"))
    assert len(receipts) == 2
    for receipt in receipts:
        assert receipt.name in said.out.replace(" ", "").replace("│", "")


@pytest.mark.server
def test_a_run_with_nothing_new_says_so(prefect_api: str, copied_home: Path) -> None:
    said = invoke("run", "--home", copied_home, "--now", "2021-05-20")
    assert said.code == Exit.OK
    assert "Không có gì thay đổi" in said.out
    assert len(list((copied_home / "releases").iterdir())) == 2


@pytest.mark.long
@pytest.mark.server
def test_a_refusal_prints_the_expectation_its_rows_and_the_mend(prefect_api: str, copied_home: Path) -> None:
    (copied_home / "published").unlink()
    with duckdb.connect(str(copied_home / "warehouse.duckdb")) as warehouse:
        warehouse.execute("DELETE FROM ledger.source_row WHERE state = 'loaded' AND source_row = 12")
    said = invoke("run", "--home", copied_home, "--now", "2021-05-20")
    assert said.code == Exit.REFUSED
    for part in ("rows_add_up", "→", "Bản đã phát hành giữ nguyên"):
        assert part in said.err


@pytest.mark.server
def test_a_run_beside_another_writer_ends_busy(
    prefect_api: str, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHEME21_LOCK_WAIT", "0")
    with writer_lock(Settings(home=demo.home), "chu kỳ khác"):
        said = invoke("run", "--home", demo.home, "--now", "2021-05-20")
    assert said.code == Exit.BUSY
    assert f"tiến trình {os.getpid()}" in said.err
    assert "chu kỳ khác" in said.err


def test_check_prints_every_finding_with_its_cell(demo: Demo, tmp_path: Path) -> None:
    good = next((demo.home / "inbox" / "001").glob("*2021-03*"))
    accepted = invoke("check", good, "--district", "001", "--now", "2021-04-04")
    assert accepted.code == Exit.OK
    assert f"{good.name} – 001 Quận Ba Đình: Đã nhận / accepted" in accepted.out
    assert "SỐ LIỆU MÔ PHỎNG" in accepted.out
    misplaced = invoke("check", good, "--district", "002", "--now", "2021-04-04")
    assert misplaced.code == Exit.REFUSED
    assert re.search(r"00_ThongTin!\w\d+ .*wrong_district", misplaced.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--home", "nowhere-at-all"],
        ["run", "--now", "yesterday", "--home", "nowhere-at-all"],
        ["check", "no-such-file.xlsx"],
        ["sample", "nowhere-at-all", "--to", "2021-13"],
        ["sample", "nowhere-at-all", "--from", "2020-01"],
        ["demo", "--home", "nowhere-at-all", "--to", "2021-03"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_ends_with_2_and_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke(*arguments).code == Exit.USAGE
    assert list(tmp_path.iterdir()) == []


def test_no_command_shows_the_help() -> None:
    assert isinstance(app, typer.Typer)
    assert "status" in invoke().out + invoke().err
