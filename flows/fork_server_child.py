"""The fork server's side: import everything, then fork for whoever asks.

Run as `python -m flows.fork_server_child <listening descriptor>` with a pipe for its input, at whose end it
ends. Every job has a process that minds it: it passes signals on, tells how the job ended, and ends it when
nobody waits any more.
"""

import gc
import importlib
import os
import runpy
import select
import signal
import socket
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

import duckdb

from bulletin.language import language
from bulletin.page import compile_templates
from bulletin.release_files import LANGUAGES
from tasks.dictionary_page import dictionary_page
from tasks.forked import Job, asked
from tasks.judge import judge
from tasks.program import program_files

# The deployed flows, and what they import only where they use it; never what starts threads, as charts do.
IMPORTED = (
    *("flows.arrival", "flows.backfill", "flows.cycle", "flows.rebuild", "flows.remind", "flows.watch"),
    *("prefect.engine", "prefect.task_engine", "prefect.concurrency.asyncio"),
    *("prefect.utilities.visualization", "anyio._backends._asyncio", "fsspec.implementations.local"),
    *("pandera.backends.pandas.register", "pyarrow.pandas_compat", "plutoprint"),
)


def main(listening: int) -> None:
    """Import, then serve; a process that was forked for a job does it and ends."""
    prepared = _stamp()
    _prepare()
    with socket.socket(fileno=listening) as listener:
        job = _serve(listener, prepared)
    if job is not None:
        runpy.run_module(job.module, run_name="__main__", alter_sys=True)


def _stamp() -> int:
    """Changes with every file of ours and with what is installed."""
    looked_at = (*program_files(), Path(sysconfig.get_path("purelib")))
    return hash(tuple((path, _changed(path)) for path in looked_at))


def _changed(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # it is being replaced
        return None


def _prepare() -> None:
    """Import everything, and make what every flow run would make again."""
    for name in IMPORTED:
        importlib.import_module(name)
    judge([])
    dictionary_page()
    for code in LANGUAGES:
        compile_templates(language(code))
    # `import duckdb` opens it, with threads, which no fork has: a forked process would be aborted at its end.
    duckdb.default_connection().close()
    gc.collect()
    gc.freeze()  # what no collection looks at stays one copy for all processes


def _serve(listener: socket.socket, prepared: int) -> Job | None:
    """Fork until our input ends; in a process that was forked for a job, give it back."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those who mind jobs are waited for by nobody
    while sys.stdin not in select.select([sys.stdin, listener], [], [])[0]:
        connection, _ = listener.accept()
        if prepared != _stamp():  # who asked imports for itself
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - our own command line
        if _is_forked():
            listener.close()  # else who asks when the server is gone would wait for as long as this job lasts
            return _minded(connection)
        connection.close()
    return None


def _is_forked() -> bool:
    """Whether this is a new process; in the server itself False, also when there can be none."""
    try:
        return os.fork() == 0
    except OSError as failed:  # no memory, or no process left: who asked imports for itself
        print(f"the fork server cannot fork: {failed}", file=sys.stderr, flush=True)
        return False


def _minded(connection: socket.socket) -> Job:
    """Give the job back in a further process, which is to do it; this one minds that until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    job, files = asked(connection)
    over, lives = os.pipe()
    pid = os.fork()
    if pid == 0:
        connection.close()
        _become(job, files)  # `lives` stays open as long as the process
        return job
    for file in (lives, *files):
        os.close(file)
    _mind(connection, pid, over)
    os._exit(0)


def _become(job: Job, files: list[int]) -> None:
    os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(job.folder)
    os.environ.clear()
    os.environ |= job.environment
    sys.argv = [job.module]


def _mind(connection: socket.socket, pid: int, over: int) -> None:
    _tell(connection, pid)
    watched = [over, connection.fileno()]
    while over not in select.select(watched, [], [])[0]:
        told = _heard(connection)
        os.kill(pid, told[0] if told else signal.SIGKILL)
        if not told:  # nobody waits any more
            break
    _, status = os.waitpid(pid, 0)
    _tell(connection, os.waitstatus_to_exitcode(status))


def _tell(connection: socket.socket, number: int) -> None:
    with suppress(BrokenPipeError):  # who has gone is heard of next
        connection.sendall(f"{number}\n".encode())


def _heard(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1)
    except ConnectionResetError:
        return b""


if __name__ == "__main__":
    main(int(sys.argv[1]))
