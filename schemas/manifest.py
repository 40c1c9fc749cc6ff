"""The manifest of a release: what went in, what came out, and the manifest before it, each by its hash.

It holds no file names, contacts or signatories: an office's file name may be a person's.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MANIFEST = "manifest.json"

Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Content(_Part):
    """Rows whoever stores them: how many, and the hash that warehouse/manifest/macros.sql defines."""

    rows: int = Field(ge=0)
    sha256: Sha256


class TableContent(Content):
    """A published table; `columns` gives each column's SQL type, in order."""

    columns: dict[str, str]


class RowStates(_Part):
    """What became of the rows of a file."""

    loaded: int
    quarantined: int
    duplicate: int
    layout: int


class SourceFile(_Part):
    """A received file and what was taken from it; `facts` by table of schema core, empty when nothing was.

    `facts_sha256` is the hash of the lines `<table> <rows> <sha256>` of `facts`, each ended by a line feed.
    """

    submission_id: str
    district_code: str
    sha256: Sha256
    size_bytes: int
    received_at: AwareDatetime
    known_at: AwareDatetime
    period: str | None
    seq: int | None
    verdict: str
    duplicate_of: str | None
    is_simulated: bool
    rows: RowStates
    findings: int
    facts: dict[str, Content]
    facts_sha256: Sha256


class Program(_Part):
    """The program that made it: `sha256` is of the files it consists of, SQL, rules and register included."""

    version: str
    commit: str | None
    sha256: Sha256
    duckdb: str


class Link(_Part):
    """A manifest's place in the chain and the SHA-256 of its file."""

    sequence: int = Field(ge=1)
    sha256: Sha256


class Manifest(_Part):
    """The manifest as it is written.

    `previous` is None in the first one only. `rebuild` is the run that last made the warehouse anew from the
    archive: then, and under another program, a file may be judged otherwise. `settings` are those that the
    tables depend on; `reference` and `exceptions` hash the register, the rules and the archived records by
    name, `files` every other file of the release.
    """

    format: Literal[1] = 1
    sequence: int = Field(ge=1)
    previous: Link | None
    run_id: str
    as_known_at: AwareDatetime
    is_simulated: bool
    program: Program
    rebuild: str | None
    settings: dict[str, str]
    reference: dict[str, Sha256]
    exceptions: dict[str, Sha256]
    sources: list[SourceFile]
    tables: dict[str, TableContent]
    files: dict[str, Sha256]


class DamagedManifest(RuntimeError):  # noqa: N818 - a state of the release, not an error of the program
    """A manifest is not there or not what a release was given."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Bản kê của bản phát hành thiếu, bị hỏng hoặc bị sửa: {path}; lấy lại từ bản sao lưu. / "
            f"The manifest of a release is missing, damaged or changed; restore it from the backup. ({why})"
        )


class NoSuchRelease(LookupError):  # noqa: N818 - it is what a person asked for, not an error of ours
    """No release by then, or none that speaks of the period; the text names what there is."""
