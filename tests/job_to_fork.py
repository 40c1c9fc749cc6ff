"""A job for the fork server: it waits for all of its input, then says where it is and what it was given."""

import json
import os
import sys
from pathlib import Path

import duckdb

if __name__ == "__main__":
    given = sys.stdin.read()
    with duckdb.connect() as database:  # whose threads no fork has
        counted = database.execute("SELECT count(*) FROM range(1_000_000)").fetchall()
    said = [str(Path.cwd()), dict(os.environ), sys.argv[1:], given, *counted]
    print(json.dumps(said, ensure_ascii=False))
    print("phàn nàn", file=sys.stderr)
    sys.exit(3)
