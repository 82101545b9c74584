"""One list of codes, one translator, and errors that travel."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import rabatt
from rabatt import Book, Error, Errors, Problem, _rabatt, error_codes

PACKAGE = Path(rabatt.__file__).parent


def test_the_codes_of_the_engine() -> None:
    assert error_codes == tuple(_rabatt.codes())
    assert len(set(error_codes)) == len(error_codes) > 30
    assert all(re.fullmatch("[a-z_]+", code) for code in error_codes)


def test_the_package_raises_no_other_codes() -> None:
    raised = re.compile(r"(?:Error|Problem)\(\s*\"([a-z_]+)\"")
    texts = [file.read_text(encoding="utf-8") for file in PACKAGE.glob("*.py")]
    found = {code for text in texts for code in raised.findall(text)}
    assert {"invalid_decimal", "file_not_readable"} <= found <= set(error_codes)


def test_what_they_are() -> None:
    error = Error("no_price", "lines[0].item TEA")
    assert isinstance(error, ValueError)
    assert (str(error), repr(error)) == (
        "no_price: lines[0].item TEA",
        "Error('no_price', 'lines[0].item TEA')",
    )
    assert str(Error("overflow")) == "overflow"


def test_they_travel() -> None:
    with pytest.raises(Errors) as refused:
        Book.from_yaml("items: [{colour: red}]")
    again = pickle.loads(pickle.dumps(refused.value))
    assert isinstance(again, Errors)
    assert again.problems == refused.value.problems
    assert (again.code, again.subject, str(again)) == (
        refused.value.code,
        refused.value.subject,
        str(refused.value),
    )
    error = pickle.loads(pickle.dumps(Error("overflow", "total")))
    assert (type(error), error.code, error.subject) == (Error, "overflow", "total")


def test_many_problems_are_cut() -> None:
    problems = [
        Problem("invalid_value", f"items[{number}]", "This must be an object.") for number in range(100)
    ]
    lines = str(Errors(problems)).splitlines()
    assert lines[0] == "100 problems"
    assert lines[-1] == "  … and 80 more"
    assert len(lines) == 22


def test_arguments_of_the_module_are_checked() -> None:
    for wrong in (lambda: _rabatt.price(None, b""), lambda: _rabatt.check("{}"), lambda: _rabatt.Book()):  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            wrong()
