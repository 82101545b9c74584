"""Every error code there is has a case that raises it."""

from __future__ import annotations

import re
from pathlib import Path

from rabatt import error_codes

from tests.cases.read import read

#: What only a program that reads and writes files can meet.
OF_FILES = {"file_not_readable", "file_not_writable", "unknown_format", "damaged_book", "incompatible_book"}
#: What no step of a case can meet: databases that fail, files that are imported.
OF_STORES = {
    "ambiguous_match",
    "bad_row",
    "busy",
    "connection_lost",
    "float_column",
    "invalid_url",
    "missing_column",
    "no_email",
    "no_permission",
    "schema_too_new",
    "schema_too_old",
    "store_corrupt",
    "store_full",
    "store_missing",
    "store_read_only",
    "unknown_column",
    "unresolved_content_id",
    "unused_content_id",
}
ANSWERS = re.compile(r"error|problems|report|(rows|orders)\[.*\]\..*status.*")  # columns that hold codes


def raised_by_cases() -> set[str]:
    cases = [case for file in Path("tests/cases").glob("*.case") for case in read(file)]
    cells = [cell for case in cases for column, cell in case.expected.items() if ANSWERS.fullmatch(column)]
    return {word for cell in cells for word in re.findall("[a-z_]+", cell)}


def raised_by_cases_of_the_store() -> set[str]:
    steps = "".join(file.read_text(encoding="utf-8") for file in Path("tests/cases/store").glob("*.case"))
    return {word for answer in re.findall("=> error (.*)", steps) for word in re.findall("[a-z_]+", answer)}


def test_every_code_has_a_case() -> None:
    raised = raised_by_cases() | raised_by_cases_of_the_store() | OF_STORES
    assert set(error_codes) - raised == OF_FILES


def test_codes_of_stores_have_tests() -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in Path("tests/store").glob("*.cc"))
    tests += "".join(file.read_text(encoding="utf-8") for file in Path("tests/python").glob("test_store*.py"))
    assert [code for code in OF_STORES if not re.search(rf"\b{code}\b", tests)] == []


def test_codes_of_files_have_tests() -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in Path("tests/command_line").glob("test_*.py"))
    assert [code for code in OF_FILES if f" {code} " not in tests] == []
