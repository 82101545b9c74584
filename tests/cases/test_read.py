"""The parser of case files: what a row becomes, what a malformed file says, when an answer matches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cases.answers import Refused, check_answer
from tests.cases.edits import Json
from tests.cases.read import Case, CaseError, read

HERE = Path(__file__).parent

BLOCKS = """book
  {"items": [{"item": "TEA",
              "prices": {"EUR": "10"}}]}
request
  {"date": "2026-03-10", "lines": [{"item": "TEA", "quantity": "1"}]}

"""


def cases(tmp_path: Path, text: str) -> list[Case]:
    path = tmp_path / "some.case"
    path.write_text(text, encoding="utf-8")
    return read(path)


def one(tmp_path: Path, table: str) -> Case:
    (case,) = cases(tmp_path, BLOCKS + table)
    return case


def edited(tmp_path: Path, path: str, cell: str) -> Json:
    """The document that `path` is in, after its cell was set."""
    case = one(tmp_path, f"price\n  name | {path} => net\n  a | {cell} => 1\n")
    document: Json = json.loads(case.book_text if path.startswith("book") else case.request_text)
    return document


def answer(tmp_path: Path, column: str, cell: str, given: Json | Refused, verb: str = "price") -> list[str]:
    return check_answer(one(tmp_path, f"{verb}\n  name => {column}\n  a => {cell}\n"), given)


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        "# comment\nprice\n  name | customer | currency => net | error\n"
        "  # comment\n  first | C5 |  => 9.00 |\n",
    )
    assert (case.file, case.line, case.name, case.verb) == ("some.case", 11, "first", "price")
    assert json.loads(case.request_text)["customer"] == "C5"
    assert "currency" not in json.loads(case.request_text)
    assert case.expected == {"net": "9.00"}
    assert case.inputs == {}
    assert str(case) == "some.case:11 first"


def test_unedited_documents_pass_as_they_stand(tmp_path: Path) -> None:
    text = 'book\n  {"a": 1,\n     "a": NaN\nrequest\n  {"cut\n\nprice\n  name => error\n  a => any\n'
    (case,) = cases(tmp_path, text)
    assert case.book_text == '{"a": 1,\n   "a": NaN'
    assert case.request_text == '{"cut'


def test_a_later_block_replaces_the_earlier(tmp_path: Path) -> None:
    table = "check\n  name => problems\n  {} => []\n\n"
    first, second = cases(tmp_path, f"book\n  1\n\n{table.format('a')}book\n  2\n\n{table.format('b')}")
    assert (first.book_text, second.book_text) == ("1", "2")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("12.50", '"12.50"'),
        ("007", '"007"'),
        ("half_up", '"half_up"'),
        ("12", "12"),
        ("-3", "-3"),
        ("0", "0"),
        ("true", "true"),
        ("null", "null"),
        ('"12"', '"12"'),
        ('" "', '" "'),
        ("[1, 2.50]", "[1, 2.50]"),
        ('{"a": [true, null]}', '{"a": [true, null]}'),
        ("!1.5", "1.5"),
        ("!1e999", "1e999"),
        ('!{"a": 1, "a": 2}', '{"a": 1, "a": 2}'),
        ("!{{3 [}}", "[[["),
        ("{{3 ab}}", '"ababab"'),
        ("{{4 9}}", "9999"),
        ("ü=>b", '"ü=>b"'),
    ],
)
def test_cells_on_the_left(tmp_path: Path, cell: str, text: str) -> None:
    case = one(tmp_path, f"price\n  name | x => net\n  a | {cell} => 1\n")
    assert case.request_text.endswith(f', "x": {text}}}')


def test_edits_reach_into_documents(tmp_path: Path) -> None:
    assert edited(tmp_path, "lines[0].quantity", "2.5") == {
        "date": "2026-03-10",
        "lines": [{"item": "TEA", "quantity": "2.5"}],
    }
    assert edited(tmp_path, "book.policy.currencies.EUR.unit", "0.01") == {
        "items": [{"item": "TEA", "prices": {"EUR": "10"}}],
        "policy": {"currencies": {"EUR": {"unit": "0.01"}}},
    }
    assert edited(tmp_path, "lines[1]", '{"item": "CUP"}') == {
        "date": "2026-03-10",
        "lines": [{"item": "TEA", "quantity": "1"}, {"item": "CUP"}],
    }
    assert edited(tmp_path, "lines[1].item", "CUP") == {
        "date": "2026-03-10",
        "lines": [{"item": "TEA", "quantity": "1"}, {"item": "CUP"}],
    }
    assert edited(tmp_path, "date", "~") == {"lines": [{"item": "TEA", "quantity": "1"}]}
    assert edited(tmp_path, "lines[0]", "~") == {"date": "2026-03-10", "lines": []}
    assert edited(tmp_path, "request", "[]") == []
    assert edited(tmp_path, "book", '{"items": []}') == {"items": []}


def test_rows_of_a_table(tmp_path: Path) -> None:
    table = 'orders\n  name | rows[0].note | rows[1] | rows[1].order => orders\n  a | "x,y" | ~ | B => []\n'
    (case,) = cases(tmp_path, f"book\n  {{}}\nrows\n  order,item\n  A,TEA\n  C,CUP\n\n{table}")
    assert case.request_text == 'order,item,note\nA,TEA,"x,y"\nB,,\n'


def test_inputs_of_a_verb(tmp_path: Path) -> None:
    case = one(tmp_path, 'settle\n  name | payments => open\n  a | [["2026-03-10","9.00"]] => 0.00\n')
    assert case.inputs == {"payments": [["2026-03-10", "9.00"]]}
    case = one(tmp_path, 'round\n  name | value | step | mode => result\n  a | 12 | " " | up => 0.00\n')
    assert case.inputs == {"value": "12", "step": " ", "mode": "up"}
    case = one(tmp_path, "hash\n  name | book.items => same\n  a | [] => false\n")
    assert json.loads(case.book_text) == {"items": []}
    assert json.loads(str(case.inputs["base"]))["items"] != []


@pytest.mark.parametrize(
    ("table", "line", "why"),
    [
        ("pay\n  name => net\n", 7, "neither a block nor a verb"),
        ("price\n\n", 8, "without a header"),
        ("price\n  net => net\n", 8, "the first column is `name`"),
        ("price\n  name | => net\n", 8, "a column has no name"),
        ("price\n  name | a | a => net\n", 8, "one twice"),
        ("price\n  name | a\n", 8, "one =>"),
        ("price\n  name => a => b\n", 8, "one =>"),
        ("round\n  name | value | amount => result\n", 8, "no column 'amount'"),
        ("check\n  name | lines => problems\n", 8, "no column 'lines'"),
        ("price\n  name | a => net\n  x | 1 | 2 => 1\n", 9, "3 cells under 2 columns"),
        ("price\n  name => net\n  x => 1 | 2\n", 9, "2 cells under 1 columns"),
        ("price\n  name => net\n  X => 1\n", 9, "snake_case"),
        ("price\n  name => net\n  x => 1\n  x => 1\n", 10, "once in its file"),
        ("price\n  name => net\n  x => \n", 9, "expects nothing"),
        ("price\n  name | a => net\n  x | {1} => 1\n", 9, "property name"),
        ('price\n  name | a => net\n  x | {"b": 1, "b": 1} => 1\n', 9, "a repeated field"),
        ("price\n  name | a => net\n  x | ~ => 1\n", 9, "there is no 'a' to remove"),
        ("price\n  name | lines[2] => net\n  x | {} => 1\n", 9, "beyond the end"),
        ("price\n  name | lines[1] => net\n  x | ~ => 1\n", 9, "beyond the end"),
        ("price\n  name | date.day => net\n  x | 1 => 1\n", 9, "no object"),
        ("price\n  name | date[0] => net\n  x | 1 => 1\n", 9, "no list"),
        ("price\n  name | lines[a] => net\n  x | 1 => 1\n", 9, "not a path"),
        ("book\nprice\n  name => net\n  x => 1\n", 8, "the block book is empty"),
        ("orders\n  name => rows\n  x => []\n", 7, "before any block rows"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, table: str, line: int, why: str) -> None:
    with pytest.raises(CaseError) as error:
        cases(tmp_path, BLOCKS + table)
    assert str(error.value).startswith(f"some.case:{line}: ")
    assert why in str(error.value)


QUOTE: Json = {
    "net": "90.00",
    "tier": 0,
    "settled": True,
    "customer": None,
    "lines": [
        {"net": "90.00", "steps": [{"step": "list_price", "after": "90"}], "rejected": []},
        {"net": "0.00", "steps": [], "rejected": [{"campaign": "A", "reason": None, "line": 0}]},
    ],
}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("net", "90.00"),
        ("net", '"90.00"'),
        ("tier", "0"),
        ("settled", "true"),
        ("customer", "null"),
        ("lines[1].net", "0.00"),
        ("lines[*].net", '["90.00", "0.00"]'),
        ("lines[*].rejected[*].campaign+reason+line", '[[], ["A null 0"]]'),
        ("lines[1].rejected", '[{"reason": null, "line": 0, "campaign": "A"}]'),
        ("lines[0].steps[*].step+after", '["list_price 90.00"]'),
        ("lines[0].steps[0].after", "90.0"),
        ("#keys", '["net", "tier", "lines"]'),
    ],
)
def test_an_answer_that_matches(tmp_path: Path, column: str, cell: str) -> None:
    assert answer(tmp_path, column, cell, QUOTE) == []


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("net", "90"),
        ("net", "90.000"),
        ("tier", '"0"'),
        ("tier", "null"),
        ("settled", "false"),
        ("customer", '"null"'),
        ("lines[2].net", "0.00"),
        ("net.amount", "0.00"),
        ("total", "90.00"),
        ("lines[*].net", '["0.00", "90.00"]'),
        ("lines[1].rejected", '[{"campaign": "A", "reason": null, "line": false}]'),
        ("lines[0].steps[0].after", "90.01"),
        ("#keys", '["tier", "net"]'),
        ("error", "no_price lines[0].item TEA"),
        ("error", "any"),
    ],
)
def test_an_answer_that_differs(tmp_path: Path, column: str, cell: str) -> None:
    (difference,) = answer(tmp_path, column, cell, QUOTE)
    assert difference.startswith("some.case:9 a: ")


def test_errors(tmp_path: Path) -> None:
    refused = Refused("no_price", "lines[0].item TEA")
    assert answer(tmp_path, "error", "no_price lines[0].item TEA", refused) == []
    assert answer(tmp_path, "error", "no_price *", refused) == []
    assert answer(tmp_path, "error", "any", refused) == []
    assert answer(tmp_path, "error", "none", QUOTE) == []
    assert answer(tmp_path, "error", "no_price lines[0].item", refused) != []
    assert answer(tmp_path, "error", "overflow lines[0].item TEA", refused) != []
    assert answer(tmp_path, "error", "none", refused) != []
    assert answer(tmp_path, "net", "90.00", refused) != []
    assert answer(tmp_path, "error", "date", Refused("date", "")) == []


def test_errors_of_free_functions_compare_by_code(tmp_path: Path) -> None:
    table = "round\n  name | value => result | error\n  a | 1 => | invalid_value\n"
    assert check_answer(one(tmp_path, table), Refused("invalid_value", "step 0")) == []
    assert check_answer(one(tmp_path, table), Refused("overflow", "")) != []


def test_problems(tmp_path: Path) -> None:
    two: Json = {"problems": ["unknown_field a", "unknown_field b"]}
    none: Json = {"problems": []}
    assert answer(tmp_path, "problems", '["unknown_field a", "unknown_field b"]', two, "check") == []
    assert answer(tmp_path, "problems", '["unknown_field b", "unknown_field a"]', two, "check") != []
    assert answer(tmp_path, "problems", "any", two, "check") == []
    assert answer(tmp_path, "problems", "any", none, "check") != []
    assert answer(tmp_path, "problems", "[]", none, "check") == []


@pytest.mark.parametrize("value", ["2.5", "2.50", "2.500"])
def test_free_functions_compare_by_value(tmp_path: Path, value: str) -> None:
    assert answer(tmp_path, "result", "2.50", {"result": value}, "round") == []
    assert answer(tmp_path, "result", "2.05", {"result": value}, "round") != []


def test_minus_zero_is_zero_by_value(tmp_path: Path) -> None:
    assert answer(tmp_path, "parts", '["0.00"]', {"parts": ["-0"]}, "allocate") == []
    assert answer(tmp_path, "net", "0.00", {"net": "-0.00"}) != []


@pytest.mark.parametrize("path", sorted(HERE.glob("*.case")), ids=lambda path: path.name)
def test_every_case_file_reads(path: Path) -> None:
    assert read(path)
