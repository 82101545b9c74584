"""Where and when something was measured, and of which sources."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def provenance() -> dict[str, str]:
    today = datetime.datetime.now(datetime.UTC).date()
    return {"date": today.isoformat(), "commit": _commit(), "machine": machine()}


def machine() -> str:
    """Processor, cores, caches, system."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    cut = [line.partition(":") for line in lines]
    fields = {key.strip(): value.strip() for key, _, value in reversed(cut)}  # of the first core
    name = fields.get("model name", platform.machine())
    model = f" (family {fields['cpu family']}, model {fields['model']})" if "cpu family" in fields else ""
    system = f"{platform.system()}, Python {platform.python_version()}"
    return ", ".join([f"{name}{model}", f"{os.cpu_count()} cores", *_caches(), system])


def _caches() -> list[str]:
    """As the first core sees them."""
    folders = sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
    found = [
        [(folder / name).read_text().strip() for name in ("level", "type", "size")] for folder in folders
    ]
    return [f"L{level} {_readable(size)}" for level, kind, size in found if kind != "Instruction"]


def _readable(size: str) -> str:
    kibibytes = int(size.removesuffix("K"))
    return f"{kibibytes} KiB" if kibibytes < 1024 else f"{kibibytes // 1024} MiB"


def _commit() -> str:
    """`-dirty` is added where files differ from it; results themselves do not count."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--exclude=*"]
    try:
        commit = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    others = ["git", "-C", str(ROOT), "status", "--porcelain", "--", ":!bench/results", ":!bench/README.md"]
    changed = subprocess.run(others, check=True, capture_output=True, text=True).stdout
    return commit + ("-dirty" if changed else "")
