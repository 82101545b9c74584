"""Help, versions, schemas, and command lines that are wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest
import rabatt

from tests.command_line.program import COMMAND, environment, run
from tests.command_line.shop import BOOK, REQUESTS, invoke, write_book, write_csv, write_jsonl

COMMANDS = ["price", "explain", "check", "compile", "publish", "schema", "demo", "version"]


def test_help_lists_every_command() -> None:
    done = run("--help")
    assert (done.status, done.messages) == (0, "")
    assert all(f"\n  {command} " in done.text for command in [*COMMANDS, "db"])
    assert "campaign," in done.text
    assert max(map(len, done.text.splitlines())) <= 80
    assert run().text == done.text
    assert run("-h").text == done.text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    done = invoke(command, "--help")
    assert done.exit_code == 0
    assert f"\n    rabatt {command}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_version() -> None:
    wanted = f"rabatt {rabatt.__version__}, currencies as of {rabatt.currency_edition} (ISO 4217)\n"
    assert run("--version").text == wanted
    assert invoke("version").stdout == wanted
    assert invoke("--version", "price").stdout == wanted


@pytest.mark.parametrize("name", ["book", "request", "quote"])
def test_schema(name: str) -> None:
    done = invoke("schema", name)
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(found)
    examples = {
        "book": BOOK,
        "request": REQUESTS[0],
        "quote": rabatt.price(rabatt.Book.from_dict(BOOK), REQUESTS[0]).to_dict(),
    }
    jsonschema.validate(examples[name], found)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prise"], "invalid_value No such command 'prise'. Did you mean 'price'? See: rabatt --help"),
        (["price"], "missing_field Missing argument 'BOOK'. See: rabatt price --help"),
        (["price", "b.json"], "missing_field Missing argument 'ORDERS'. See: rabatt price --help"),
        (
            ["price", "b.json", "o.csv", "x"],
            "invalid_value Got unexpected extra argument(s) (x) See: rabatt price --help",
        ),
        (["check", "b.json", "--all"], "unknown_field No such option: --all See: rabatt check --help"),
        (["compile", "b.json"], "missing_field Missing option '--out'. See: rabatt compile --help"),
        (["schema", "books"], "invalid_value books: one of book, request, quote"),
    ],
)
def test_wrong_command_lines(arguments: list[str], message: str) -> None:
    done = invoke(*arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"rabatt: {message}\n")


def test_an_option_without_its_value() -> None:
    done = invoke("price", "book.json", "orders.csv", "--out")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("rabatt: invalid_value Option '--out' requires an argument.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["campaign", "list", "--help"],
        ["price", "{book}", "{requests}"],
        ["price", "{book}", "{orders}"],
        ["check", "{book}"],
        ["compile", "{book}", "--out", "{out}"],
        ["campaign", "list", "--store", "{store}", "--as", "ANN"],
    ],
)
def test_what_takes_long_to_load_is_loaded_where_needed(tmp_path: Path, arguments: list[str]) -> None:
    files = {
        "book": write_book(tmp_path),
        "requests": write_jsonl(tmp_path),
        "orders": write_csv(tmp_path),
        "out": tmp_path / "shop.rabatt",
        "store": f"sqlite:{tmp_path}/shop.db",
    }
    rabatt.open(str(files["store"]), by="ANN").close()
    program, *options = COMMAND
    command = [program, "-X", "importtime", *options, *(part.format(**files) for part in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    slow = {"pandas", "polars", "pyarrow", "duckdb", "numpy", "pydantic", "ruamel.yaml", "rich.console"}
    slow |= {"openpyxl", "xlsxwriter", "typst", "rabatt.store"}
    if "{store}" in arguments:
        slow.remove("rabatt.store")
    if arguments == ["check", "{book}"]:
        slow.remove("rich.console")
    assert "rabatt.command_line.commands" in loaded
    assert not loaded & slow


def test_completion_loads_little() -> None:
    words = {
        "_RABATT_COMPLETE": "complete_bash",
        "COMP_WORDS": "rabatt campaign list --wh",
        "COMP_CWORD": "3",
    }
    program, *options = COMMAND
    command = [program, "-X", "importtime", *options]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(**words), check=True)
    assert done.stdout.split() == ["--where"]
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"pyarrow", "rich.console", "rabatt.store", "rabatt.command_line.records.list_run"}
