"""A program of its own that finds recipients, or writes them to a file, and says how large it became: what a
process has once had it does not show again.

    python bench/store_memory.py URL find|csv|xlsx ROWS

Prints JSON: rows, the largest resident memory in bytes, nanoseconds.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import rabatt

COLUMNS = ["id", "campaign", "party", "company_name", "contact_name", "email", "address", "city", "status"]


def main() -> int:
    url, verb, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
    begin = time.perf_counter_ns()
    with rabatt.open(url, by="ANN", create=False) as store, tempfile.TemporaryDirectory() as folder:
        rows = store.recipients.find(sort=["id"], limit=wanted)
        if verb == "find":
            count = sum(1 for _ in rows)
        else:
            count = rows.write(Path(folder) / f"recipients.{verb}", columns=COLUMNS)
    taken = time.perf_counter_ns() - begin
    print(json.dumps({"rows": count, "bytes": _largest(), "nanoseconds": taken}))
    return 0


def _largest() -> int:
    """Of this program alone: what getrusage tells begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kibibytes = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
    return int(kibibytes) * 1024


if __name__ == "__main__":
    sys.exit(main())
