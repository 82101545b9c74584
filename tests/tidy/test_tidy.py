"""Each rule catches what breaks it, and lets pass what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tidy.tidy import check

CLEAN = """#pragma once
#include <cstddef>
#include <utf8proc.h>
// not a double: a comment
inline const char* name() { return "float"; }
inline double seen(double value) { return value; }  // NOLINT(tidy-float): the parser's
"""


def found(root: Path, path: str, text: str, *, compiled: bool = True) -> list[tuple[str, int, str]]:
    """What is found in a tree with one more file: rule, line, file."""
    for name, content in {"engine/include/rabatt/clean.h": CLEAN, path: text}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    findings = check(root, *(("c++", "cc") if compiled else ("true", "true")))
    return [(finding.rule, finding.line, str(finding.path.relative_to(root))) for finding in findings]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("engine/src/a.cc", '#include "rabatt/clean.h"\n#include "b.h"\n'),
        ("rules/src/a.cc", '#include "rabatt/clean.h"\n#include <boost/json.hpp>\n#include <mutex>\n'),
        ("engine/src/a.cc", "Date(seconds time) : time(time), big(1'000'000) {}\n/* float\n double */\n"),
        ("engine/src/a.cc", 'auto text = R"(double)";\nauto same = "a \\" float";\n'),
        ("rules/src/database/a.cc", "#include <dlfcn.h>\n#include <libpq-fe.h>\n#include <sqlite3.h>\n"),
        ("bindings/python/a.cc", '#include <pybind11/stl.h>\n#include "rabatt/clean.h"\ndouble seconds;\n'),
    ],
)
def test_clean(tmp_path: Path, path: str, text: str) -> None:
    (tmp_path / "engine/src").mkdir(parents=True)
    (tmp_path / "engine/src/b.h").touch()
    assert found(tmp_path, path, text) == []


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("engine/src/a.cc", "#include <boost/json.hpp>", "include"),
        ("engine/src/a.cc", "#include <atomic>", "include"),
        ("engine/src/a.cc", "#include <string>/* */\n#include <iostream>", "include"),
        ("engine/src/a.cc", "#include <sqlite3.h>", "include"),
        ("rules/src/a.cc", "#include <sqlite3.h>", "include"),
        ("rules/src/a.cc", "#include <libpq-fe.h>", "include"),
        ("engine/src/a.cc", '#include "../../rules/src/private.h"', "include"),
        ("engine/src/a.cc", '#include "rabatt/json.h"', "include"),
        ("rules/src/a.cc", "#include <openssl/evp.h>", "include"),
        ("rules/src/a.cc", "#include <pybind11/pybind11.h>", "include"),
        ("rules/src/a.cc", '#include "engine_private.h"', "include"),
        ("plugin/c/src/a.cc", "#include <boost/json.hpp>", "include"),
        ("engine/src/a.cc", "double a = 1;", "float"),
        ("rules/src/a.cc", "auto a = static_cast<float>(b);", "float"),
        ("rules/src/a.cc", "auto a = std::stod(b);  // NOLINT(tidy-clock)", "float"),
        ("engine/src/a.cc", "auto now = std::chrono::system_clock::now();", "clock"),
        ("rules/src/a.cc", "auto now = time(nullptr);", "clock"),
        ("rules/src/a.cc", "auto now = localtime_r(&a, &b);", "clock"),
        ("rules/src/a.cc", 'setlocale(LC_ALL, "");', "locale"),
        ("engine/src/a.cc", "std::mutex lock;", "thread"),
        ("engine/src/a.cc", 'auto home = std::getenv("HOME");', "environment"),
        ("tests/engine/helpers.py", "", "name"),
        ("rules/src/store_util.cc", "", "name"),
        ("engine/detail/a.cc", "", "name"),
        ("engine/include/rabatt/a.h", "inline std::string text();", "alone"),
        ("plugin/c/include/rabatt/c.h", "namespace rabatt {}", "alone"),
    ],
)
def test_caught(tmp_path: Path, path: str, text: str, rule: str) -> None:
    for private in ("rules/src/private.h", "rules/include/rabatt/json.h", "engine/src/engine_private.h"):
        (tmp_path / private).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / private).touch()
    expected_line = 2 if "\n" in text else 1
    assert (rule, expected_line, path) in found(tmp_path, path, text, compiled=rule == "alone")


def test_a_link_is_caught(tmp_path: Path) -> None:
    (tmp_path / "tests").symlink_to(tmp_path)
    assert ("link", 1, "tests") in found(tmp_path, "engine/src/a.cc", "", compiled=False)


def test_says_what_it_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found(tmp_path, "tests/long.py", "\n" * 401)
    said = capsys.readouterr().out
    assert "1 files of engine: includes, float, clock, locale, environment, thread" in said
    assert "long.py: 401 lines: what is the second job?" in said
    assert "1 public headers" in said
