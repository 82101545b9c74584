"""The README's Python examples, run as a reader would, and what it says they print."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

EXAMPLES = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", Path("README.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.mark.parametrize(("code", "shown"), EXAMPLES, ids=["a_price", "a_store", "tables"])
def test_an_example_prints_what_the_readme_shows(code: str, shown: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue().rstrip() == shown.rstrip()
