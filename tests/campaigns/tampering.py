"""Every way to alter what was released, each in a copy of its own; prints what is named.

    python -m tests.campaigns.tampering

Ends with 1 when one is not caught, or accuses another place.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.small_warehouse import settings_for
from tests.verify.proven import prove
from tests.verify.tampering import CASES, accused, expected


def main() -> int:
    """Try every case; return how many were not caught as they should be, at most 1."""
    table = Table("altered", "named", "s")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        proven = prove(Path(folder))
        for name, (alter, _) in CASES.items():
            home = Path(shutil.copytree(proven[0], Path(folder) / name, symlinks=True))
            alter(settings_for(home))
            began = time.monotonic()
            found = accused(settings_for(home))
            is_caught = sorted(set(found)) == expected([name], proven)
            missed += not is_caught
            seen = "\n".join(found) if is_caught else f"MISSED: {found}"
            table.add_row(name, seen, f"{time.monotonic() - began:.1f}")
    Console(width=150).print(table)
    print(f"{len(CASES) - missed} of {len(CASES)} caught, each named, nothing else accused")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
