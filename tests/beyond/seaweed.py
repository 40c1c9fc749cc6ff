"""A real S3 server on loopback, with a key, for the length of a block."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from flows.prefect_server import free_port

KEY, SECRET = "scheme21", "not-to-be-guessed"
_WEED = Path(sys.executable).with_name("weed")
_PATIENCE_SECONDS = 60


@contextmanager
def running_s3(folder: Path) -> Iterator[dict[str, str]]:
    """Start SeaweedFS over the empty `folder`; give the AWS_… variables by which any S3 client finds it."""
    (folder / "data").mkdir(parents=True)
    identity = {
        "name": "scheme21",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    port = free_port()
    with (folder / "weed.log").open("wb") as log:
        server = subprocess.Popen(_command(folder, port), stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, server)
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.wait()


def _command(folder: Path, port: int) -> list[str | Path]:
    ports = [
        f"-{part}.port{kind}={free_port()}"
        for part in ("master", "volume", "filer")
        for kind in ("", ".grpc")
    ]
    return [
        *(_WEED, "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *ports),
        *("-s3", f"-s3.port={port}", f"-s3.port.grpc={free_port()}", f"-s3.config={folder / 's3.json'}"),
        *("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"),
        *("-master.volumeSizeLimitMB=64", "-volume.max=20", "-volume.minFreeSpace=0"),
    ]


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            # Refused for want of a signature: then it answers.
            if httpx.get(url).status_code == httpx.codes.FORBIDDEN:
                return
        except httpx.TransportError:
            pass
        if server.poll() is not None or time.monotonic() > last:
            raise TimeoutError(f"no S3 server on {url}; its log lies beside its data")
        time.sleep(0.1)


def bare_with(variables: dict[str, str]) -> dict[str, str]:
    """The environment of a user's own shell that has set these variables and no others of ours."""
    ours = ("AWS_", "PREFECT_", "SCHEME21_", "DO_NOT")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | variables
