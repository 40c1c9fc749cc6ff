"""One release: every file by its hash, and the same rows in the database, Parquet, CSV and the workbook."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from schemas.manifest import MANIFEST, DamagedManifest, Link, Manifest
from tasks.chain import read_manifest
from tasks.checkup_result import Check
from tasks.former_release import former_files, mark_of
from tasks.manifest import file_hashes
from tasks.verify.said import RELEASE_ANEW, altered, notice, sound
from tasks.verify.tables import check_tables, is_workbook_ours


def check_release(folder: Path, known: tuple[Manifest, Link] | None) -> list[Check]:
    """What is wrong with the release in `folder`, or a line for its files and one for its tables.

    `known` is its manifest in the chain, which is believed before the one in the folder; None where there is
    only the folder.
    """
    try:
        manifest, link = read_manifest(folder / MANIFEST)
    except DamagedManifest as damaged:
        return [altered(folder.name, str(damaged), RELEASE_ANEW)]
    believed = known[0] if known else manifest
    return [
        *_manifest_faults(folder, link, known),
        *_check_files(folder, believed),
        *_check_contents(folder, believed),
    ]


def _manifest_faults(folder: Path, link: Link, known: tuple[Manifest, Link] | None) -> Iterator[Check]:
    if known is not None and link != known[1]:
        saw = (
            f"SHA-256 {link.sha256}, trong chuỗi là / in the chain {known[1].sha256}: đã bị sửa / was altered"
        )
        yield altered(f"{folder.name}/{MANIFEST}", saw, RELEASE_ANEW)


def check_former_release(folder: Path) -> list[Check]:
    """What is wrong with a release of before there were manifests, by the hashes that it wrote down."""
    try:
        files = former_files(folder)
    except (ValueError, KeyError) as damaged:
        return [altered(mark_of(folder).relative_to(folder.parent).as_posix(), str(damaged), RELEASE_ANEW)]
    saw = "có trước khi có bản kê, chỉ so với chính nó / of before manifests, held against itself only"
    return _file_faults(folder, files, mark_of(folder).name) or [notice(folder.name, saw)]


def _check_files(folder: Path, manifest: Manifest) -> list[Check]:
    saw = f"{len(manifest.files)} tệp đúng mã băm / files have their SHA-256"
    return _file_faults(folder, manifest.files, MANIFEST) or [sound(_place(folder, manifest), saw)]


def _file_faults(folder: Path, files: dict[str, str], mark: str) -> list[Check]:
    found = {name: digest for name, digest in file_hashes(folder).items() if name != mark}
    words = {
        "đã bị xóa / was removed": files.keys() - found.keys(),
        "không thuộc bản phát hành / is not of the release": found.keys() - files.keys(),
        "đã bị sửa: SHA-256 khác / was altered: another SHA-256": {
            name for name in found.keys() & files.keys() if found[name] != files[name]
        },
    }
    faults = [
        altered(f"{folder.name}/{name}", saw, RELEASE_ANEW)
        for saw, names in words.items()
        for name in sorted(names)
    ]
    return faults + [
        altered(f"{folder.name}/{link.relative_to(folder)}", "là một liên kết / is a link", RELEASE_ANEW)
        for link in sorted(folder.rglob("*"))
        if link.is_symlink()
    ]


def _check_contents(folder: Path, manifest: Manifest) -> list[Check]:
    try:
        faults = list(check_tables(folder, manifest))
    except duckdb.Error as unreadable:
        return [
            altered(
                f"{folder.name}/scheme21.duckdb", f"không đọc được / unreadable: {unreadable}", RELEASE_ANEW
            )
        ]
    forms = "DuckDB, Parquet, CSV, Excel" if is_workbook_ours(manifest) else "DuckDB, Parquet, CSV"
    saw = f"{len(manifest.tables)} bảng, cùng dòng trong / tables, the same rows in {forms}"
    return faults or [sound(_place(folder, manifest), saw)]


def _place(folder: Path, manifest: Manifest) -> str:
    return f"bản phát hành / release {manifest.sequence}, {folder.name}"
