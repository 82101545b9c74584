"""Every error code there is has a case that raises it."""

from __future__ import annotations

import re
from pathlib import Path

from rabatt import error_codes

from tests.cases.read import read

#: What only a program that reads and writes files can meet.
OF_FILES = {"file_not_readable", "file_not_writable", "unknown_format", "damaged_book", "incompatible_book"}
ANSWERS = re.compile(r"error|problems|report|(rows|orders)\[.*\]\..*status.*")  # columns that hold codes


def test_every_code_has_a_case() -> None:
    cases = [case for file in Path("tests/cases").glob("*.case") for case in read(file)]
    cells = [cell for case in cases for column, cell in case.expected.items() if ANSWERS.fullmatch(column)]
    raised = {word for cell in cells for word in re.findall("[a-z_]+", cell)}
    assert set(error_codes) - raised == OF_FILES


def test_codes_of_files_have_tests() -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in Path("tests/command_line").glob("test_*.py"))
    assert [code for code in OF_FILES if f" {code} " not in tests] == []
