"""The server of the store tests comes up, and leaves nothing behind."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts import postgres


def listens(url: str) -> bool:
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    with socket.socket() as client:
        return client.connect_ex((parts.hostname, parts.port)) == 0


def test_one_server_a_folder(tmp_path: Path) -> None:
    try:
        first = postgres.start(tmp_path)
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    try:
        assert listens(first)
        assert (tmp_path / "url").read_text() == first
        left_over = Path((tmp_path / "home").read_text())
        second = postgres.start(tmp_path)
        assert listens(second)
        assert not left_over.exists()
        home = Path((tmp_path / "home").read_text())
    finally:
        postgres.stop(tmp_path)
    assert not listens(second)
    assert not home.exists()
    assert list(tmp_path.iterdir()) == []
    postgres.stop(tmp_path)
