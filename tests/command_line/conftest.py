from __future__ import annotations

import pytest


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of tens of rows take the ways of those of millions."""
    monkeypatch.setattr("rabatt.command_line.price_run._BYTES_OF_SHORT", 0)
    monkeypatch.setattr("rabatt.command_line.jobs.whole_orders.ROWS_OF_PIECE", 7)
    monkeypatch.setattr("rabatt.command_line.jobs.gathering.ROWS_OF_PIECE", 7)
    monkeypatch.setattr("rabatt.command_line.jobs.gathering._ROWS_AT_ONCE", 11)
    monkeypatch.setattr("rabatt.command_line.jobs.parts._PIECES_OF_PART", 3)
