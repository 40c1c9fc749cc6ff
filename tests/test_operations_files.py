"""The files of docs/operations/: units that systemd accepts, settings that exist, no secret in any file."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values
from prefect.settings.base import PrefectBaseSettings
from prefect.settings.models.root import Settings as PrefectSettings

from schemas.settings import Settings

CHECKOUT = Path(__file__).parents[1]
OPERATIONS = CHECKOUT / "docs" / "operations"
EXAMPLES = sorted(OPERATIONS.glob("*.env.example"))
UNITS = sorted([*OPERATIONS.glob("*.service"), *OPERATIONS.glob("*.timer")])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    assert len(UNITS) == 4
    for unit in UNITS:
        here = re.sub(r"/opt/scheme21/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(here, encoding="utf-8")

    command = ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_setting_of_the_examples_exists() -> None:
    ours = {f"SCHEME21_{name}".upper() for name in Settings.model_fields}
    known = ours | prefect_names(PrefectSettings) | {"DO_NOT_TRACK"}

    assert len(EXAMPLES) == 2
    for example in EXAMPLES:
        # What is commented out is meant to be filled in, so it is read too.
        named = re.findall(r"^#?([A-Z][A-Z0-9_]+)=", example.read_text(encoding="utf-8"), re.MULTILINE)
        assert named
        assert set(named) - known == set(), example.name


def prefect_names(settings: type[PrefectBaseSettings]) -> set[str]:
    names: set[str] = set()
    for name, declared in settings.model_fields.items():
        nested = declared.annotation
        if isinstance(nested, type) and issubclass(nested, PrefectBaseSettings):
            names |= prefect_names(nested)
        else:
            names.add(f"{settings.model_config.get('env_prefix', '')}{name}".upper())
    return names


def test_the_examples_hold_no_secret() -> None:
    for example in EXAMPLES:
        for name, value in dotenv_values(example).items():
            is_secret = name.endswith("AUTH_STRING") or name.endswith("CONNECTION_URL")
            assert not is_secret or "CHANGE-ME" in str(value), name


def test_the_compose_file_builds_runs_and_mounts_what_is_there() -> None:
    services = yaml.safe_load((OPERATIONS / "compose.yaml").read_text(encoding="utf-8"))["services"]
    pools = {deployment["work_pool"]["name"] for deployment in deployments()}

    assert list(services) == ["postgres", "server", "deploy", "worker"]
    for name in ("server", "deploy", "worker"):
        build = services[name]["build"]
        assert (OPERATIONS / build["context"]).resolve() == CHECKOUT
        assert (CHECKOUT / build["dockerfile"]).is_file()
    assert services["worker"]["command"][4] in pools
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"]  # nobody else's network
    queues = {deployment["work_pool"]["work_queue_name"] for deployment in deployments()}
    assert queues == {"writer", "default"}
    assert "prefect work-queue create writer --pool scheme21 --limit 1" in services["deploy"]["command"][2]


def test_the_image_holds_every_package_of_the_wheel() -> None:
    text = (OPERATIONS / "Containerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))

    assert copied == {folder.parent.name for folder in CHECKOUT.glob("*/__init__.py")} - {"tests"}


def deployments() -> list[dict[str, dict[str, str]]]:
    parsed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    return list(parsed)
