"""A PostgreSQL server for tests, in a temporary folder, gone when it is stopped.

    python scripts/postgres.py start FOLDER    prints its URL, and writes it to FOLDER/url
    python scripts/postgres.py stop FOLDER

    with postgres.server() as url: ...

It listens on loopback and on a socket in its folder, as user postgres with no password, and is quick rather
than safe: what it stores may be lost with the machine. As root it runs as user postgres. Where PostgreSQL is
not installed, `start` says so, writes no URL, and ends with status 0: tests then skip what needs it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "max_wal_size": "256MB",
    "log_min_messages": "log",
}
TRIES = 5  # another program may take the port that was free a moment ago


class NotInstalled(Exception):
    """There is no PostgreSQL server here."""


def start(folder: Path) -> str:
    """Starts a server, after one that was left over there, and returns its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    stop(folder)
    programs = _programs()
    # /tmp, not `folder`: the server's account need not be able to reach that, nor its path fit for a socket
    home = Path(tempfile.mkdtemp(prefix="rabatt-postgres-"))
    (folder / "home").write_text(str(home))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    make = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run([programs / "initdb", "-D", home / "data", *make], home)
    url = _serve(programs, home)
    (folder / "url").write_text(url)
    return url


def stop(folder: Path) -> None:
    """Stops the server of `folder`, if there is one, and removes all that it had."""
    (folder / "url").unlink(missing_ok=True)
    note = folder / "home"
    if not note.exists():
        return
    home = Path(note.read_text())
    if (home / "data" / "postmaster.pid").exists():
        _run(
            [_programs() / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop"], home, check=False
        )
    shutil.rmtree(home, ignore_errors=True)
    note.unlink()


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server that is there as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield start(Path(folder))
        finally:
            stop(Path(folder))


def _serve(programs: Path, home: Path) -> str:
    for last in (*[False] * (TRIES - 1), True):
        port = _free_port()
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options += f" -c port={port} -c unix_socket_directories={home}"
        done = _run(
            [programs / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", options, "start"],
            home,
            check=last,
        )
        if done.returncode == 0:
            return f"postgresql://postgres@127.0.0.1:{port}/postgres"
    raise AssertionError("the last try succeeds or throws")


def _run(command: list[str | Path], home: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Runs a program as who may: PostgreSQL refuses root."""
    account = "postgres" if os.geteuid() == 0 else None
    with (home / "output").open("a+") as output:  # no pipe: the server would keep it open
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=account,
            group=account,
            extra_groups=[] if account else None,
            cwd=home,
            env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"},
            text=True,
            check=False,
        )
        if check and done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed:\n{output.read()}")
    return done


def _programs() -> Path:
    """Debian keeps the server's programs out of PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    if not found and shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        found = shutil.which("initdb", path=told.stdout.strip())
    if not found:
        raise NotInstalled("the PostgreSQL server is not installed")
    return Path(found).parent


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in ("start", "stop"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if arguments[0] == "start":
            print(start(Path(arguments[1])))
        else:
            stop(Path(arguments[1]))
    except NotInstalled as missing:
        print(missing)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
