"""Ways to alter what was released, each as somebody with write access would do it."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from schemas.settings import Settings
from tasks.checkup_result import Level
from tasks.verify.verify import verify_home
from tests.verify.altered_files import csv, database, page, parquet, replaced, workbook
from tests.verify.forged_chain import (
    covered_by_a_rebuild,
    erased,
    folder_instead_of_link,
    led_elsewhere,
    manifest_with_its_hash,
    no_manifests,
    older_release,
    planted_release,
    whole_chain,
)
from tests.verify.proven import AGAIN, APRIL, JUNK, MARCH, Proven

Alter = Callable[[Settings], object]


def archived_source(settings: Settings) -> None:
    content = settings.archive / "files" / _arrival(settings, "thang-3.xlsx")["sha256"][:2]
    (path,) = content.glob(_arrival(settings, "thang-3.xlsx")["sha256"])
    path.write_bytes(path.read_bytes() + b"\0")


def arrival(settings: Settings) -> None:
    name = _arrival(settings, "thang-4.xlsx")["path"]
    replaced(settings.archive / "arrivals" / name, "2021-05-06T07:00", "2021-05-05T07:00")


def _arrival(settings: Settings, file_name: str) -> dict[str, str]:
    records = {path: json.loads(path.read_bytes()) for path in (settings.archive / "arrivals").glob("*.json")}
    return next(
        {"path": path.name, "sha256": record["sha256"]}
        for path, record in records.items()
        if record["file_name"] == file_name
    )


def planted_arrival(settings: Settings) -> None:
    """With its bytes, as if it had come before the first release."""
    content = b"never sent"
    sha256 = hashlib.sha256(content).hexdigest()
    path = settings.archive / "files" / sha256[:2] / sha256
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    record = json.loads(
        (settings.archive / "arrivals" / _arrival(settings, "thang-3.xlsx")["path"]).read_bytes()
    )
    record |= {"sha256": sha256, "size_bytes": len(content), "file_name": "z.xlsx"}
    (settings.archive / "arrivals" / "003-20210402-39db3d04.json").write_text(json.dumps(record))


def verdict_in_receipt(settings: Settings) -> None:
    for path in _receipts(settings, "thang-4.xlsx"):
        replaced(
            path,
            *{
                ".json": ('"partially_accepted"', '"accepted"'),
                ".txt": ("rows loaded: ", "rows loaded: 1"),
            }[path.suffix],
        )


def half_a_receipt(settings: Settings) -> None:
    for path in _receipts(settings, "thang-3.xlsx"):
        path.write_text('{"latest_release":', encoding="utf-8")


def _receipts(settings: Settings, file_name: str) -> list[Path]:
    name = Path(_arrival(settings, file_name)["path"]).stem
    return [settings.answers / "003" / f"{name}{form}" for form in (".json", ".txt")]


def linked_folder(settings: Settings) -> None:
    (settings.home / "beside").mkdir()
    (settings.releases / "run-1" / "phu-luc").symlink_to(settings.home / "beside")
    (settings.releases / "run-1" / ".manifest.json").write_text("{}", encoding="utf-8")


def fact(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as writer:
        writer.execute(
            "UPDATE core.commune_report SET people_now = 7 WHERE period = '2021-03' AND source_row = 4"
        )


def ledger(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as writer:
        writer.execute("UPDATE ledger.submission SET verdict = 'accepted' WHERE verdict = 'rejected'")


# What was altered → how, and every place that is accused then, with the ids as FILES names them.
CASES: dict[str, tuple[Alter, list[str]]] = {
    "a value of the published database": (
        lambda s: database(s, "UPDATE marts.posts SET posts_filled = 1 WHERE period = '2021-03'"),
        ["run-3/scheme21.duckdb", "run-3/scheme21.duckdb: posts"],
    ),
    "a row removed from the published database": (
        lambda s: database(s, "DELETE FROM marts.remaining_communes"),
        ["run-3/scheme21.duckdb", "run-3/scheme21.duckdb: remaining_communes"],
    ),
    "a figure of a CSV file": (csv, ["run-3/csv/staffing.csv", "run-3/csv/staffing.csv"]),
    "a cell of the workbook": (
        workbook,
        ["run-3/scheme21.xlsx", "run-3/scheme21.xlsx: Số người!E6"],
    ),
    "a Parquet file replaced": (
        parquet,
        ["run-3/parquet/petitions.parquet", "run-3/parquet/petitions.parquet"],
    ),
    "a figure of a page": (page, ["run-3/index.html"]),
    "a file added to an earlier release": (
        lambda s: (s.releases / "run-1" / "phu-luc.pdf").write_bytes(b"%PDF-"),
        ["run-1/phu-luc.pdf"],
    ),
    "a file removed from a release": (
        lambda s: (s.releases / "run-2" / "evidence.html").unlink(),
        ["run-2/evidence.html"],
    ),
    "the manifest in a release": (
        lambda s: replaced(s.published / "manifest.json", '"findings": 2', '"findings": 0'),
        ["run-3/manifest.json"],
    ),
    "a manifest with its copy in the archive": (
        manifest_with_its_hash,
        [
            *("answers/003/AGAIN.json", "answers/003/AGAIN.txt"),
            *("answers/003/REJECTED.json", "answers/003/REJECTED.txt"),
            *("báo cáo / return REJECTED", "chuỗi / chain 2 → 3"),
        ],
    ),
    "a manifest removed from the chain": (
        lambda s: (s.manifests / "000002.json").unlink(),
        ["answers/003/AGAIN.json", "answers/003/AGAIN.txt", "archive/manifests/000002.json"],
    ),
    "a release removed from the middle": (lambda s: shutil.rmtree(s.releases / "run-2"), ["releases"]),
    "the link led back to an older release": (older_release, ["published"]),
    "the chain removed": (
        no_manifests,
        [
            *("archive/manifests/000001.json", "archive/manifests/000002.json", "run-3/index.html"),
            *(
                f"answers/003/{name}.{form}"
                for name in ("AGAIN", "APRIL", "REJECTED")
                for form in ("json", "txt")
            ),
        ],
    ),
    "the link led out of the releases": (led_elsewhere, ["elsewhere/index.html", "published"]),
    "a folder in place of the link": (folder_instead_of_link, ["published", "published/index.html"]),
    "a release planted as the next": (planted_release, ["run-4/index.html"]),
    "a return erased before the next release": (
        erased,
        ["archive/arrivals/AGAIN.json", "báo cáo / return AGAIN", "kho dữ liệu / warehouse: AGAIN"],
    ),
    "a rebuild as an excuse": (
        covered_by_a_rebuild,
        [
            *(f"báo cáo / return {name}" for name in ("AGAIN", "APRIL", "MARCH", "REJECTED")),
            *(f"archive/arrivals/{name}.json" for name in ("AGAIN", "APRIL", "MARCH", "REJECTED")),
            *(f"kho dữ liệu / warehouse: {name}" for name in ("AGAIN", "APRIL", "MARCH", "REJECTED")),
        ],
    ),
    "the warehouse removed": (lambda s: s.warehouse.unlink(), ["warehouse.duckdb"]),
    "a received file replaced in the archive": (archived_source, ["archive/files/MARCH"]),
    "the record of an arrival": (
        arrival,
        ["archive/arrivals/APRIL.json"],
    ),
    "an arrival planted": (planted_arrival, ["archive/arrivals/003-20210402-39db3d04.json"]),
    "a verdict of a receipt": (verdict_in_receipt, ["answers/003/APRIL.json", "answers/003/APRIL.txt"]),
    "half a receipt": (half_a_receipt, ["answers/003/MARCH.json", "answers/003/MARCH.txt"]),
    "a receipt removed": (
        lambda s: [path.unlink() for path in _receipts(s, "anh.xlsx")],
        ["answers/003/REJECTED.json", "answers/003/REJECTED.txt"],
    ),
    "a link in a release": (linked_folder, ["run-1/.manifest.json", "run-1/phu-luc"]),
    "a workbook that is none": (
        lambda s: (s.releases / "run-2" / "scheme21.xlsx").write_bytes(b"PK\x03\x04junk"),
        ["run-2/scheme21.xlsx"],
    ),
    "a fact of the warehouse": (
        fact,
        ["bảng dựng lại / drawn anew: run-3", "kho dữ liệu / warehouse: core.commune_report, MARCH"],
    ),
    "a verdict of the ledger": (
        ledger,
        ["bảng dựng lại / drawn anew: run-3", "kho dữ liệu / warehouse: REJECTED"],
    ),
    "the whole chain written anew": (
        whole_chain,
        [f"answers/003/{name}.{form}" for name in ("AGAIN", "APRIL", "REJECTED") for form in ("json", "txt")],
    ),
}
# Those that no other in the same home hides.
TOGETHER = (
    *("a value of the published database", "a row removed from the published database"),
    *("a figure of a CSV file", "a cell of the workbook", "a Parquet file replaced", "a figure of a page"),
    *("a file added to an earlier release", "a file removed from a release", "the manifest in a release"),
    *("a received file replaced in the archive", "the record of an arrival", "a fact of the warehouse"),
    *("a verdict of the ledger", "an arrival planted", "a verdict of a receipt", "half a receipt"),
    *("a receipt removed", "a link in a release", "a workbook that is none"),
)


def accused(settings: Settings) -> list[str]:
    """Every place that `scheme21 verify` says was altered."""
    return sorted(check.name for check in verify_home(settings) if check.level == Level.CRITICAL)


def expected(names: Iterable[str], proven: Proven) -> list[str]:
    """The places that the named cases accuse, with the ids that this home's files have."""
    return sorted({_named(place, proven) for name in names for place in CASES[name][1]})


def _named(place: str, proven: Proven) -> str:
    """The place with the ids that only this run's files have."""
    home, ids = proven
    record = json.loads((home / "archive" / "arrivals" / f"{ids[MARCH]}.json").read_bytes())
    source = f"{record['sha256'][:2]}/{record['sha256']}"
    names = {"files/MARCH": f"files/{source}", "REJECTED": ids[JUNK], "AGAIN": ids[AGAIN]}
    names |= {"MARCH": ids[MARCH], "APRIL": ids[APRIL]}
    for label, name in names.items():
        place = place.replace(label, name)
    return place
