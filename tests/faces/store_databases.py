"""Databases for stores of tests: a new store each, copied from one that was made before."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rabatt

from scripts import postgres

KINDS = ("memory", "file", "postgres")

#: When the stores were made.
MADE = datetime(2026, 3, 1, tzinfo=UTC)


class StoreDatabases:
    """Makes the URLs of new stores, of any kind."""

    def __init__(self, folder: Path, server: ExitStack) -> None:
        self._folder = folder
        self._server = server
        self._numbers = itertools.count(1)
        self._file: Path | None = None
        self._postgres: str | None = None
        self._missing: str | None = None

    @contextmanager
    def new(self, kind: str) -> Iterator[str]:
        """The URL of a store as `open` makes it, by ANN in UTC, in euro. Skips where there is no server."""
        if kind == "memory":
            yield "sqlite::memory:"
        elif kind == "file":
            copy = self._folder / f"{next(self._numbers)}.db"
            shutil.copyfile(self._file_to_copy(), copy)
            yield f"sqlite:{copy}"
            for left in self._folder.glob(f"{copy.name}*"):
                left.unlink()
        else:
            server = self._server_url()
            name = f"copy_{next(self._numbers)}"
            self._run(server, f"create database {name} template made")
            yield server.rsplit("/", 1)[0] + f"/{name}"
            self._run(server, f"drop database {name} with (force)")

    @contextmanager
    def opened(self, kind: str) -> Iterator[rabatt.Store]:
        """Such a store, open as ANN."""
        with self.new(kind) as url, rabatt.open(url, by="ANN", zone="UTC", at=MADE) as store:
            yield store

    def _file_to_copy(self) -> Path:
        if self._file is None:
            self._file = self._folder / "made.db"
            make(f"sqlite:{self._file}")
        return self._file

    def _server_url(self) -> str:
        if self._missing:
            pytest.skip(self._missing)
        if self._postgres is None:
            try:
                self._postgres = self._server.enter_context(postgres.server())
            except postgres.NotInstalled as missing:
                self._missing = str(missing)
                pytest.skip(self._missing)
            self._run(self._postgres, "create database made")
            make(self._postgres.rsplit("/", 1)[0] + "/made")
        return self._postgres

    @staticmethod
    def _run(server: str, sql: str) -> None:
        subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", server, "-c", sql], check=True)


def make(url: str) -> None:
    """An empty store."""
    rabatt.open(url, by="ANN", zone="UTC", at=MADE).close()


@pytest.fixture(scope="session")
def store_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreDatabases]:
    with ExitStack() as server:
        yield StoreDatabases(tmp_path_factory.mktemp("stores"), server)
