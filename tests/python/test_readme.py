"""The README's Python example, run as a reader would, and what it says it prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path


def test_the_first_example_prints_what_the_readme_shows() -> None:
    text = Path("README.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert found
    code, shown = found.groups()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue().rstrip() == shown.rstrip()
