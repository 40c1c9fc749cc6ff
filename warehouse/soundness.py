"""Whether a database is what was written: every row read, every key looked at, in a process of its own.

Of blocks with other bytes than it wrote DuckDB 1.5.5 finds most by their checksums; others end the process
that reads them (a segmentation fault), which must not be the cycle's. `python -m warehouse.soundness FILE`
ends with 0, or with 65 or 75 after the reason: damaged, or not to be opened now.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.connection import query

# Codes that no interpreter ends with by itself: one that breaks down says nothing of the database.
_SOUND, _DAMAGED, _SHUT = 0, 65, 75
_ENDED_BY_DAMAGE = (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT)
# Reading the warehouse of ten years takes seconds; a disk that answers no more would hold the lock for good.
_LONGEST_SECONDS = 900.0
# What DuckDB says of a file that is not what it wrote; a full disk or another's lock is no damage.
_WORDS = ("not a valid DuckDB", "Corrupt", "Could not read enough bytes", "Failure while replaying WAL")


def damage_of(database: Path) -> str | None:
    """What is wrong with a database, None when all is well; a journal beside it counts as replayed.

    A journal of another day shows in keys that are there twice. Raises duckdb.IOException when the database
    cannot be opened for another reason, such as another process that holds it; ChildProcessError when the
    reading process does not come to its end, which says nothing of the database.
    """
    # Isolated: what lies in the working folder or the environment may not decide on the warehouse.
    command = [sys.executable, "-I", "-m", "warehouse.soundness", str(database)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_SECONDS)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as slow:
        raise _not_looked_at(database, f"no end within {_LONGEST_SECONDS} s") from slow
    if done.returncode == _SHUT:
        raise duckdb.IOException(done.stdout.strip())
    if done.returncode == _DAMAGED:
        return done.stdout.strip()
    if done.returncode in _ENDED_BY_DAMAGE:
        return f"reading it ends DuckDB itself ({done.returncode}) {done.stderr.strip()}"
    if done.returncode != _SOUND:
        raise _not_looked_at(database, f"exit code {done.returncode} {done.stderr.strip()}")
    return None


def is_damage(error: duckdb.Error) -> bool:
    """Whether DuckDB complains of a file that is not what it wrote."""
    return any(words in str(error) for words in _WORDS)


def _not_looked_at(database: Path, reason: str) -> ChildProcessError:
    return ChildProcessError(
        f"Không kiểm tra được {database}; tệp giữ nguyên chỗ. Máy có thiếu bộ nhớ hoặc ổ đĩa treo không? "
        "Hãy chạy lại.\n"
        f"{database} could not be checked and stays where it is; is this machine short of memory, or does a "
        f"disk hang? Run again.\n{reason}"
    )


def main() -> int:
    """Read the database named on the command line; print what is wrong with it."""
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as reader:
            _read_to_the_last_row(reader)
            reason = next(_doubled_keys(reader), None)
    except duckdb.Error as error:
        print(error)
        return _DAMAGED if is_damage(error) else _SHUT
    print(reason or "")
    return _DAMAGED if reason else _SOUND


def _read_to_the_last_row(reader: duckdb.DuckDBPyConnection) -> None:
    for (table,) in reader.execute(query("stored_table")).fetchall():
        reader.execute(f"SELECT max(hash(COLUMNS(*))) FROM {table}").fetchall()  # noqa: S608 - quoted names


def _doubled_keys(reader: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for table, columns in reader.execute(query("primary_key")).fetchall():
        doubled = reader.execute(f"SELECT 1 FROM {table} GROUP BY {columns} HAVING count(*) > 1 LIMIT 1")  # noqa: S608
        if doubled.fetchone() is not None:
            yield f"rows of {table} are there twice"


if __name__ == "__main__":
    sys.exit(main())
