"""A receipt is followed to the tables; what it says otherwise than the release is named."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from schemas.settings import Settings
from tests.verify.proven import AGAIN, APRIL, JUNK, MARCH, Proven


def verify(*arguments: object) -> tuple[int, list[dict[str, str]]]:
    result = CliRunner().invoke(app, ["verify", *map(str, arguments), "--json"])
    assert result.exit_code in (Exit.OK, Exit.REFUSED), result.output
    return result.exit_code, json.loads(result.output)["checks"]


def receipt(home: Path, submission_id: str, suffix: str = ".json") -> Path:
    return home / "answers" / "003" / f"{submission_id}{suffix}"


def tables(checks: list[dict[str, str]]) -> dict[str, int]:
    named = (check for check in checks if check["name"].startswith("bảng / table "))
    return {check["name"].removeprefix("bảng / table "): int(check["saw"].split()[0]) for check in named}


def wrong(checks: list[dict[str, str]]) -> list[str]:
    return [check["name"] for check in checks if check["level"] == "critical"]


@pytest.mark.parametrize("suffix", [".json", ".txt"])
def test_a_receipt_stands_in_the_tables(proven: Proven, suffix: str) -> None:
    home, ids = proven
    code, checks = verify(receipt(home, ids[MARCH], suffix), "--home", home)
    said = {check["name"]: check["saw"] for check in checks}
    assert code == Exit.OK
    assert said["kho dữ liệu / warehouse"] == "68 dòng đúng mã băm / rows have their hash"
    assert said["từ bản phát hành / since release"] == "1, run-1"
    # Eight wards and sixteen groups were first reported by it.
    assert tables(checks) == {
        "activities": 1,
        "petitions": 3,
        "posts": 3,
        "progress_by_district": 1,
        "staffing": 1,
        "submission_compliance": 1,
        "submissions": 1,
        "unit_history": 24,
    }


def test_a_superseded_return_names_the_later_one_and_is_in_no_figure(proven: Proven) -> None:
    home, ids = proven
    code, checks = verify(ids[APRIL], "--home", home)
    said = {check["name"]: check["saw"] for check in checks}
    assert code == Exit.OK
    assert said["đã được thay bởi / superseded by"] == ids[AGAIN]
    assert said["giữ lại / quarantined"].startswith("1 dòng bị giữ lại")
    assert tables(checks) == {"submissions": 1}


def test_of_a_rejected_file_nothing_was_loaded(proven: Proven) -> None:
    home, ids = proven
    _, checks = verify(ids[JUNK], "--home", home)
    said = {check["name"]: check["saw"] for check in checks}
    assert said["bảng công bố / tables"] == "rejected: không nạp dòng nào / nothing of it was loaded"
    assert tables(checks) == {"submissions": 1}


@pytest.mark.parametrize("suffix", [".json", ".txt"])
def test_a_figure_altered_in_a_receipt_is_named(proven: Proven, tmp_path: Path, suffix: str) -> None:
    home, ids = proven
    path = Path(shutil.copyfile(receipt(home, ids[APRIL], suffix), tmp_path / f"bien-nhan{suffix}"))
    text = path.read_text(encoding="utf-8")
    old, new, place = {
        ".json": (
            '"verdict": "partially_accepted"',
            '"verdict": "accepted"',
            "giấy biên nhận / receipt: verdict",
        ),
        ".txt": ("01_CapXa: 11 = 7 + 1", "01_CapXa: 11 = 8 + 0", "giấy biên nhận / receipt"),
    }[suffix]
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    code, checks = verify(path, "--home", home)
    assert code == Exit.REFUSED
    assert set(wrong(checks)) == {place}


def test_a_release_folder_and_a_receipt_are_enough(proven: Proven, tmp_path: Path) -> None:
    home, ids = proven
    release = Path(shutil.copytree(home / "releases" / "run-3", tmp_path / "usb"))
    kept = Path(shutil.copy(receipt(home, ids[AGAIN], ".txt"), tmp_path))
    code, checks = verify(kept, "--release", release)
    assert (code, tables(checks)["remaining_villages"]) == (Exit.OK, 1)
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("rows loaded: 52", "rows loaded: 53"), encoding="utf-8")
    code, checks = verify(kept, "--release", release)
    assert (code, wrong(checks)) == (Exit.REFUSED, ["giấy biên nhận / receipt"])


def test_a_hash_on_paper_is_looked_for_in_the_chain(proven: Proven) -> None:
    home, ids = proven
    page = (home / "published" / "index.html").read_text(encoding="utf-8")
    printed = page.split("bản kê của bản trước có SHA-256 ")[1][:64]
    code, checks = verify(ids[JUNK], "--home", home, "--hash", printed)
    assert (code, checks[1]["saw"]) == (Exit.OK, "là bản kê số / is manifest number 2")
    code, checks = verify(ids[JUNK], "--home", home, "--hash", "0" * 64)
    assert (code, wrong(checks)) == (Exit.REFUSED, [f"mã băm / hash {'0' * 64}"])


def test_what_is_not_released_yet_and_what_is_no_receipt(proven: Proven, tmp_path: Path) -> None:
    home, _ = proven
    unknown = CliRunner().invoke(app, ["verify", "003-20210601-00000000", "--home", str(home)])
    assert unknown.exit_code == Exit.NOTHING_PUBLISHED
    assert "003-20210601-00000000: không có trong bản phát hành số 3" in unknown.output
    junk = CliRunner().invoke(app, ["verify", str(home / "demo.txt"), "--home", str(tmp_path / "nowhere")])
    assert junk.exit_code == Exit.NOTHING_PUBLISHED
    (tmp_path / "thu.txt").write_text("Kính gửi", encoding="utf-8")
    letter = CliRunner().invoke(app, ["verify", str(tmp_path / "thu.txt"), "--home", str(home)])
    assert letter.exit_code == Exit.USAGE
    assert "Không phải giấy biên nhận" in letter.output


def test_the_lines_a_person_reads(proven: Proven, settings: Settings) -> None:
    (settings.published / "index.html").write_text("khác", encoding="utf-8")
    result = CliRunner().invoke(app, ["verify", "--home", str(settings.home)])
    lines = result.output.splitlines()
    assert result.exit_code == Exit.REFUSED
    assert "✗ run-3/index.html: đã bị sửa: SHA-256 khác / was altered: another SHA-256" in lines
    assert lines[-1] == "1 chỗ đã bị sửa / places were altered"
