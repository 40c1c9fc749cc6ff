"""scheme21 bulletin and scheme21 serve, as they are called."""

import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from tasks.chain import head
from tasks.manifest import manifest_of, write_manifest
from tests.small_warehouse import settings_for
from warehouse.connection import open_warehouse


@pytest.fixture
def home(candidate: Path, tmp_path: Path) -> Path:
    """A home whose release has no pages."""
    folder = tmp_path / "home" / "releases" / "run-1"
    folder.mkdir(parents=True)
    shutil.copyfile(candidate, folder / "scheme21.duckdb")
    (folder / "quality.html").write_text("<title>kiểm tra</title>", encoding="utf-8")
    settings = settings_for(tmp_path / "home")
    with open_warehouse(None, settings.time_zone) as warehouse:
        write_manifest(folder, manifest_of(warehouse, folder, settings, None))
    (tmp_path / "home" / "published").symlink_to(folder, target_is_directory=True)
    return tmp_path / "home"


def invoke(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, " ".join(result.output.split())


def test_bulletin_writes_every_file_anew_and_names_its_bytes(home: Path, board: Path) -> None:
    code, said = invoke("bulletin", "--home", home)
    assert code == Exit.OK
    assert f"{home}/published/index.html" in said
    assert (home / "published" / "csv" / "posts.csv").read_bytes() == (board / "csv/posts.csv").read_bytes()
    record = json.loads((home / "published" / "manifest.json").read_text(encoding="utf-8"))
    written = {str(path.relative_to(home / "published")) for path in files_of(home / "published")}
    assert record["files"].keys() == written - {"manifest.json"}
    assert {"dictionary.html", "quality.html", "bulletin.en.pdf", "csv/posts.csv"} < written
    paper = (home / "published" / "bulletin.pdf").read_bytes()
    assert record["files"]["bulletin.pdf"] == hashlib.sha256(paper).hexdigest()
    assert (record["run_id"], record["tables"]["countdown"]["rows"]) == ("run-1", 2)


def test_a_bulletin_written_anew_is_the_next_of_the_chain_and_names_the_one_before(home: Path) -> None:
    first = head(settings_for(home))
    invoke("bulletin", "--home", home)
    second = head(settings_for(home))
    assert first is not None
    assert second is not None
    assert (first.sequence, second.sequence) == (1, 2)
    page = (home / "published" / "index.html").read_text(encoding="utf-8")
    assert "Bản phát hành số 2. " in page
    assert f"bản kê của bản trước có SHA-256 {first.sha256}<" in page
    record = json.loads((home / "published" / "manifest.json").read_text(encoding="utf-8"))
    assert record["previous"] == {"sequence": 1, "sha256": first.sha256}


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_readers_saw_before_stays_whole_beside_what_they_see_now(home: Path) -> None:
    before = (home / "published").resolve()
    held = {path: path.read_bytes() for path in files_of(before)}
    for shown in ("run-1.2", "run-1.3"):
        invoke("bulletin", "--home", home)
        assert (home / "published").resolve().name == shown
    assert {path: path.read_bytes() for path in files_of(before)} == held
    assert sorted(path.name for path in (home / "releases").iterdir()) == ["run-1", "run-1.2", "run-1.3"]


def test_tables_of_another_version_are_told_apart(home: Path) -> None:
    with duckdb.connect(str(home / "published" / "scheme21.duckdb")) as writer:
        writer.execute("DROP TABLE marts.submissions")
    code, said = invoke("bulletin", "--home", home)
    assert code == Exit.UNREADABLE
    assert "hãy chạy scheme21 run" in said
    assert [path.name for path in (home / "releases").iterdir()] == ["run-1"]


@pytest.mark.parametrize("command", ["bulletin", "serve"])
def test_without_a_release_there_is_nothing_to_show(command: str, tmp_path: Path) -> None:
    code, said = invoke(command, "--home", tmp_path)
    assert code == Exit.NOTHING_PUBLISHED
    assert "nothing is published yet" in said


def test_a_port_that_is_taken_is_wrong_usage(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = invoke("serve", "--home", home, "--port", taken.getsockname()[1])
    assert code == Exit.USAGE
    assert "không mở được cổng" in said


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_shows_the_release_on_loopback_and_ends_when_told(
    home: Path, board: Path, ending: signal.Signals
) -> None:
    shutil.copyfile(board / "index.html", home / "published" / "index.html")
    command = [Path(sys.executable).with_name("scheme21"), "serve", "--home", home, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().split()[0]
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
                assert answer.url == f"{address}run-1/index.html"
                assert answer.read() == (board / "index.html").read_bytes()
            server.send_signal(ending)
            said, complaint = server.communicate(timeout=20)
        finally:
            server.kill()
    assert (server.returncode, said.strip(), complaint) == (0, "đã dừng / ended", "")
