"""Where Prefect would keep the results of flows that keep none."""

import tempfile
from pathlib import Path
from typing import Any

# No result is kept. Naming a storage all the same spares each run a question to the server, for which Prefect
# 3.8.8 opens a connection that it never closes.
UNUSED_STORAGE: Any = Path(tempfile.gettempdir())
