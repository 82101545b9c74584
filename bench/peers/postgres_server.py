"""A PostgreSQL server for a while: in a temporary folder, on loopback, with a psql session or by its URL."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.peers import THREADS

LOCAL = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
SETTINGS = {
    **LOCAL,
    "shared_buffers": "1GB",
    "work_mem": "512MB",
    "max_parallel_workers_per_gather": THREADS - 1,
    "jit": "off",  # slower here with it
    "autovacuum": "off",  # the tables are analyzed once they are loaded
    "fsync": "off",
    "synchronous_commit": "off",
    "client_min_messages": "warning",
}
# What is committed is on the disk; a server for the store alone would have no less than this.
LASTING = {**LOCAL, "shared_buffers": "1GB", "max_wal_size": "4GB"}


class Session:
    """psql, told one thing after the other."""

    def __init__(self, program: Path, port: int) -> None:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        address = ["-h", "127.0.0.1", "-p", f"{port}", "-U", "postgres", "postgres"]
        pipe = subprocess.PIPE
        self._psql = subprocess.Popen([program, *options, *address], stdin=pipe, stdout=pipe, text=True)

    def execute(self, statements: str) -> list[str]:
        """The lines that psql prints. After an error it has told why on standard error, and is gone."""
        assert self._psql.stdin and self._psql.stdout
        self._psql.stdin.write(f"{statements}\n\\echo done\n")
        self._psql.stdin.flush()
        lines: list[str] = []
        for line in self._psql.stdout:
            if line == "done\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise RuntimeError("PostgreSQL refused a statement")

    def close(self) -> None:
        self._psql.communicate()


@contextmanager
def postgres_session() -> Iterator[Session]:
    """In the end, whatever happens, the server is stopped and its folder removed."""
    with _served(SETTINGS) as (programs, port):
        session = Session(programs / "psql", port)
        try:
            yield session
        finally:
            session.close()


@contextmanager
def postgres_url() -> Iterator[str]:
    """Of an empty database in a server that loses nothing."""
    with _served(LASTING) as (_, port):
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


def vacuum(url: str) -> None:
    """What the server does by itself within minutes: statistics, and room where rows were."""
    subprocess.run([_programs() / "psql", "-X", "-q", "-c", "vacuum analyze", url], check=True)


@contextmanager
def _served(settings: Mapping[str, object]) -> Iterator[tuple[Path, int]]:
    """The server's programs, and its port."""
    programs = _programs()
    account = "postgres" if os.geteuid() == 0 else None  # of the package; the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    try:
        if account:
            shutil.chown(folder, account, account)
        with _server(programs, folder, account, settings) as port:
            yield programs, port
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """Debian keeps the server's programs out of PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("postgres")
    if not found:
        raise FileNotFoundError("the PostgreSQL server is not installed")
    return Path(found).parent


@contextmanager
def _server(
    programs: Path, folder: Path, account: str | None, settings: Mapping[str, object]
) -> Iterator[int]:
    data = folder / "data"
    options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
    make: list[str | Path] = [programs / "initdb", "-D", data, *options]
    with (folder / "log").open("w") as log:
        subprocess.run(make, check=True, stdout=log, user=account, group=account, cwd=folder)
        port = _free_port()
        serve: list[str | Path] = [programs / "postgres", "-D", data, "-p", f"{port}"]
        for name, value in settings.items():
            serve += ["-c", f"{name}={value}"]
        server = subprocess.Popen(serve, stderr=log, user=account, group=account, cwd=folder)
    try:
        _wait_for(server, programs, port)
        yield port
    finally:
        server.send_signal(signal.SIGINT)  # waits for no client
        server.wait(60)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], programs: Path, port: int) -> None:
    ask: list[str | Path] = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", f"{port}"]
    deadline = time.monotonic() + 60
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the PostgreSQL server did not start")
        time.sleep(0.05)
