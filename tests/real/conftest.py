from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints what was found, also when the test passes."""

    def print_beyond(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", end="")

    return print_beyond
