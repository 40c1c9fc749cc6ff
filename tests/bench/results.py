"""What a bench found, kept with the day, the commit, the machine and the versions that it was found on."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.bench.measure import Figure
from tests.bench.place import commit

_PACKAGES = (
    *("duckdb", "prefect", "pandas", "pandera", "great-expectations", "python-calamine", "openpyxl"),
    *("dlt", "dbt-core", "dbt-duckdb"),
)


@dataclass(frozen=True)
class Circumstances:
    """When and on what a bench was measured."""

    day: str
    commit: str
    machine: str
    versions: str

    @classmethod
    def now(cls) -> "Circumstances":
        """Those of this moment, this checkout, this machine and this environment."""
        memory = psutil.virtual_memory().total / 2**30
        machine = (
            f"{platform.system()} {platform.machine()}, {_processor()}, "
            f"{psutil.cpu_count()} cores, {memory:.0f} GiB"
        )
        packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
        versions = f"Python {platform.python_version()}, {packages}"
        return cls(f"{date.today():%Y-%m-%d}", commit(), machine, versions)


def keep(path: Path, figures: Iterable[Figure]) -> None:
    """Keep figures as JSON, with the circumstances of this moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {"on": asdict(Circumstances.now()), "figures": [asdict(figure) for figure in figures]}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def kept(path: Path) -> tuple[Circumstances, list[Figure]]:
    """What `keep` wrote."""
    found = json.loads(path.read_bytes())
    return Circumstances(**found["on"]), [Figure(**figure) for figure in found["figures"]]


def _processor() -> str:
    # Linux alone knows the model; elsewhere the architecture has to do.
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()
