"""The files of docs/operations/: units that systemd accepts, settings that exist, no secret in any file."""

import re
import shutil
import subprocess
from email.utils import parseaddr
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values
from prefect.settings.base import PrefectBaseSettings
from prefect.settings.models.root import Settings as PrefectSettings

from flows.prefect_server import POOL, free_port
from schemas.settings import Settings
from tasks.alert.contacts import Contacts
from tasks.alert.mail import mail_server
from tasks.alert.recipients import Recipient, Recipients

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


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_a_shell_reads_an_example_as_systemd_does(example: Path, tmp_path: Path) -> None:
    filled_in = filled(example, tmp_path)
    checked = subprocess.run(["sh", "-n", filled_in], capture_output=True, text=True)
    # As docs/operations/as-scheme21.sh reads it; what the shell itself adds is not of the file.
    script = 'set -eu; set -a; . "$1"; exec env -0'
    sourced = subprocess.run(["sh", "-c", script, "sh", filled_in], capture_output=True, text=True, env={})

    assert (checked.returncode, checked.stderr) == (0, "")
    assert (sourced.returncode, sourced.stderr) == (0, "")
    read = dict(line.split("=", 1) for line in sourced.stdout.split("\0") if line)
    assert {name: value for name, value in read.items() if name not in ("PWD", "SHLVL", "_", "OLDPWD")} == (
        dotenv_values(filled_in)
    )


def test_the_example_reaches_a_mail_server_and_whoever_is_named(tmp_path: Path) -> None:
    settings = Settings(_env_file=filled(OPERATIONS / "scheme21.env.example", tmp_path))
    recipients = Recipients(settings, Contacts())
    assert settings.smtp_url is not None
    url = settings.smtp_url.get_secret_value()
    assert url == "smtp+starttls://user:CHANGE-ME@mail.example:587"
    nobody_there = url.replace("mail.example:587", f"127.0.0.1:{free_port()}")

    # It gets as far as the network: the URL is one.
    with pytest.raises(ConnectionRefusedError), mail_server(nobody_there):
        pass
    assert recipients.of("board", None) == [Recipient("mail", "ban-to-chuc@example.vn")]
    engineer, chat = recipients.of("engineers", None)
    assert engineer == Recipient("mail", "ky-thuat@example.vn")
    assert chat.channel == "slack"
    assert parseaddr(settings.mail_from) == ("Đề án 21", "de-an-21@example.vn")


def filled(example: Path, folder: Path) -> Path:
    """The example with everything in it that is commented out."""
    text = re.sub(r"^#(?=[A-Z][A-Z0-9_]+=)", "", example.read_text(encoding="utf-8"), flags=re.MULTILINE)
    filled_in = folder / example.stem
    filled_in.write_text(text, encoding="utf-8")
    return filled_in


def test_the_examples_hold_no_secret(tmp_path: Path) -> None:
    for example in EXAMPLES:
        for name, value in dotenv_values(filled(example, tmp_path)).items():
            is_secret = name.endswith(("AUTH_STRING", "CONNECTION_URL", "SMTP_URL"))
            assert not is_secret or "CHANGE-ME" in str(value), name


def test_the_commands_run_what_is_in_the_checkout(tmp_path: Path) -> None:
    script = OPERATIONS / "as-scheme21.sh"
    checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
    worker = (OPERATIONS / "scheme21-worker.service").read_text(encoding="utf-8")
    # What root types and what the worker runs: the same folder, file of settings and state.
    said = re.findall(r"^(?:WorkingDirectory|EnvironmentFile|Environment)=(.+)$", worker, re.MULTILINE)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(said) == 3
    assert [value for value in said if value not in script.read_text(encoding="utf-8")] == []


def test_the_compose_file_builds_runs_and_mounts_what_is_there() -> None:
    services = yaml.safe_load((OPERATIONS / "compose.yaml").read_text(encoding="utf-8"))["services"]
    pools = {deployment["work_pool"]["name"] for deployment in deployments()}

    assert list(services) == ["postgres", "server", "deploy", "worker", "watch"]
    for name in ("server", "deploy", "worker", "watch"):
        build = services[name]["build"]
        assert (OPERATIONS / build["context"]).resolve() == CHECKOUT
        assert (CHECKOUT / build["dockerfile"]).is_file()
    assert (services["worker"]["command"], pools) == (["scheme21", "worker"], {POOL})
    assert services["watch"]["command"] == ["sh", "-c", "while :; do scheme21 watch; sleep 600; done"]
    assert services["watch"]["volumes"] == services["worker"]["volumes"]
    assert "depends_on" not in services["watch"]  # it has to speak when the others do not come up
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"]  # nobody else's network
    queues = {deployment["work_pool"]["work_queue_name"] for deployment in deployments()}
    assert queues == {"writer", "default"}
    assert "prefect work-queue create writer --pool scheme21 --limit 1" in services["deploy"]["command"][2]


def test_the_home_of_the_compose_file_is_the_images_users_own() -> None:
    (uid,) = re.findall(r"--uid (\d+)", (OPERATIONS / "Containerfile").read_text(encoding="utf-8"))
    head, _, _ = (OPERATIONS / "compose.yaml").read_text(encoding="utf-8").partition("\nname:")

    assert f"install -d -o {uid} -g {uid} -m 0750 /srv/scheme21 /srv/scheme21/inbox" in head


def test_the_image_holds_every_package_of_the_wheel() -> None:
    text = (OPERATIONS / "Containerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))

    assert copied == {folder.parent.name for folder in CHECKOUT.glob("*/__init__.py")} - {"tests"}


def deployments() -> list[dict[str, dict[str, str]]]:
    parsed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    return list(parsed)
