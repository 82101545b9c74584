"""`rabatt compile`, and compiled books in the place of others."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from rabatt import Book, demo
from typer.testing import Result

from tests.command_line.program import COMMAND, Ended, environment, run
from tests.command_line.rights import without_rights
from tests.command_line.shop import (
    BOOK,
    invoke,
    write_book,
    write_csv,
    write_json,
    write_jsonl,
    write_parquet,
)

FAULTY = {"items": [{"item": "TEA", "prices": {"EUR": "-1"}}, {"item": "TEA"}]}


def compiled(folder: Path, book: Path | None = None, name: str = "shop.rabatt") -> Path:
    done = invoke("compile", book or write_book(folder), "--out", folder / name)
    assert (done.exit_code, done.stderr) == (0, ""), done.stderr
    return folder / name


def changed(file: Path, at: int, name: str = "changed.rabatt") -> Path:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x10
    file.with_name(name).write_bytes(content)
    return file.with_name(name)


def refused(done: Result | Ended, message: str) -> None:
    status = done.status if isinstance(done, Ended) else done.exit_code
    told = done.messages if isinstance(done, Ended) else done.stderr
    assert (status, told) == (1, f"{message}\n")


def test_what_it_says(tmp_path: Path) -> None:
    out = tmp_path / "shop.rabatt"
    done = run("compile", write_book(tmp_path), "--out", out)
    assert (done.status, done.messages) == (0, "")
    hash = Book.from_dict(BOOK).hash
    assert done.text == f"{out}: 2 items, 1 campaign, hash {hash}, {out.stat().st_size:,} bytes\n"
    assert Book.load(out) == Book.from_dict(BOOK)
    assert sorted(os.listdir(tmp_path)) == ["book.json", "shop.rabatt"]


def test_every_form_of_a_book_gives_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(json.dumps(BOOK))
    first = compiled(tmp_path)
    files = [
        compiled(tmp_path, tmp_path / "book.yaml", "of-yaml.rabatt"),
        compiled(tmp_path, first, "of-itself.rabatt"),
    ]
    assert {file.read_bytes() for file in files} == {first.read_bytes()}


def test_every_command_takes_it(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    file = compiled(tmp_path)
    orders = write_csv(tmp_path)
    commands: list[list[str | Path]] = [
        ["price", book, orders],
        ["price", book, orders, "--format", "table"],
        ["price", book, write_parquet(tmp_path), "--format", "csv"],
        ["price", book, write_json(tmp_path)],
        ["price", book, write_jsonl(tmp_path)],
        ["explain", book, orders, "--order", "A"],
        ["explain", book, write_json(tmp_path), "--line", "1", "--format", "json"],
        ["check", book, "--format", "json"],
    ]
    for arguments in commands:
        wanted = invoke(*arguments)
        done = invoke(arguments[0], file, *arguments[2:])
        assert (done.exit_code, done.stdout, done.stderr) == (0, wanted.stdout, wanted.stderr), arguments


def test_the_demonstration_shop(tmp_path: Path) -> None:
    book = demo.book_path()
    file = compiled(tmp_path, book)
    orders = book.with_name("orders.csv")
    assert invoke("price", file, orders).stdout == invoke("price", book, orders).stdout
    done = invoke("check", file)
    assert (done.exit_code, done.stderr) == (0, "")
    checked = "".join(invoke("check", book).stdout.split())  # a long path may take two lines
    assert "".join(done.stdout.split()) == checked.replace(str(book), str(file))


def test_a_faulty_book_is_not_compiled(tmp_path: Path) -> None:
    book, out = write_book(tmp_path, FAULTY), tmp_path / "shop.rabatt"
    out.write_text("old")
    done = invoke("compile", book, "--out", out)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == invoke("check", book).stdout
    assert out.read_text() == "old"


def test_what_is_no_name_of_a_compiled_book(tmp_path: Path) -> None:
    for name in ("shop.bin", "shop.json", "shop", "-"):
        done = invoke("compile", tmp_path / "missing.json", "--out", name)
        refused(done, f"rabatt: unknown_format {name}: a compiled book is a .rabatt file")


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    file = compiled(tmp_path)
    before = file.read_bytes()
    for out in (file, f"{tmp_path}/./shop.rabatt"):
        refused(invoke("compile", file, "--out", out), f"rabatt: file_not_writable {out}: it is read here")
    done = invoke("price", file, write_csv(tmp_path), "--out", file, "--format", "csv")
    refused(done, f"rabatt: file_not_writable {file}: it is read here")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("none/x.rabatt", "No such file or directory"),
        ("folder.rabatt", "Is a directory"),
        ("book.json/x.rabatt", "Not a directory"),
        ("full.rabatt", "not a regular file"),
    ],
)
def test_not_writable(tmp_path: Path, out: str, reason: str) -> None:
    (tmp_path / "folder.rabatt").mkdir()
    (tmp_path / "full.rabatt").symlink_to("/dev/full")
    done = invoke("compile", write_book(tmp_path), "--out", f"{tmp_path}/{out}")
    refused(done, f"rabatt: file_not_writable {tmp_path}/{out}: {reason}")
    assert sorted(os.listdir(tmp_path)) == ["book.json", "folder.rabatt", "full.rabatt"]


def test_a_disk_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    book, out = write_book(tmp_path), tmp_path / "shop.rabatt"
    out.write_text("old")
    small = ["sh", "-c", 'ulimit -f 8 && exec "$@"', "sh"]  # blocks
    command = [*small, *COMMAND, "compile", str(book), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"rabatt: file_not_writable {out}: File too large\n"
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["book.json", "shop.rabatt"]


def test_no_permission(tmp_path: Path) -> None:
    file, folder = compiled(tmp_path), tmp_path / "folder"
    folder.mkdir()
    old = compiled(folder)
    old.write_text("old")
    folder.chmod(0o555)
    secret = tmp_path / "secret.rabatt"
    secret.write_bytes(file.read_bytes())
    secret.chmod(0)
    for book, message in ((file, f"file_not_writable {old}"), (secret, f"file_not_readable {secret}")):
        command = [*without_rights(), *COMMAND, "compile", str(book), "--out", str(old)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"rabatt: {message}: Permission denied\n"
    assert (sorted(os.listdir(folder)), old.read_text()) == (["book.json", "shop.rabatt"], "old")


def test_links_and_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "march.rabatt").write_text("old")
    (tmp_path / "march.rabatt").chmod(0o640)
    (tmp_path / "link.rabatt").symlink_to("march.rabatt")
    file = compiled(tmp_path, name="link.rabatt")
    assert file.is_symlink()
    assert (tmp_path / "march.rabatt").stat().st_mode & 0o777 == 0o640
    assert invoke("check", tmp_path / "march.rabatt").exit_code == 0
    (tmp_path / "like").touch()
    assert compiled(tmp_path).stat().st_mode == (tmp_path / "like").stat().st_mode


def test_no_changed_byte_is_checked_as_good(tmp_path: Path) -> None:
    """A byte of each 512; every single bit is tried in tests/rules."""
    file = compiled(tmp_path)
    for at in range(20, file.stat().st_size, 512):
        bad = changed(file, at)
        refused(
            invoke("check", bad),
            f"rabatt: damaged_book {bad}: the file is cut or changed; compile the book again",
        )


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_damaged_book_prices_nothing(tmp_path: Path, form: str) -> None:
    """Wherever the damage is: the same prices, or one message and no file."""
    file, out = compiled(tmp_path), tmp_path / "out"
    orders = write_csv(tmp_path) if form == "csv" else write_jsonl(tmp_path)

    def priced(book: Path) -> Result:
        return invoke("price", book, orders, "--out", out, "--format", form)

    priced(file)
    wanted = out.read_bytes()
    out.unlink()
    found = 0
    for at in range(20, file.stat().st_size, 2048):
        bad = changed(file, at)
        done = priced(bad)
        if done.exit_code == 0:
            assert out.read_bytes() == wanted
            out.unlink()
            continue
        refused(done, f"rabatt: damaged_book {bad}: the file is cut or changed; compile the book again")
        assert not out.exists()
        found += 1
    assert found > 5


def test_a_damaged_book_explains_nothing(tmp_path: Path) -> None:
    file = compiled(tmp_path)
    bad = changed(file, 4096)
    for arguments in ([write_csv(tmp_path), "--order", "A"], [write_json(tmp_path)]):
        done = run("explain", bad, *arguments)
        refused(done, f"rabatt: damaged_book {bad}: the file is cut or changed; compile the book again")
        assert done.out == b""


def test_a_book_that_is_cut(tmp_path: Path) -> None:
    file = compiled(tmp_path)
    content = file.read_bytes()
    for size in (8, 100, 4096, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:size])
        done = invoke("price", file, write_csv(tmp_path))
        refused(done, f"rabatt: damaged_book {file}: the file is cut or changed; compile the book again")
    for start in (b"", content[:7], b"items: []\n"):
        file.write_bytes(start)
        for done in (invoke("check", file), invoke("price", file, write_csv(tmp_path))):
            refused(done, f"rabatt: unknown_format {file}: this is no compiled book")


def test_a_book_of_another_version(tmp_path: Path) -> None:
    bad = changed(compiled(tmp_path), 12)
    why = "it is of another version of rabatt, or another kind of machine; compile the book again"
    for done in (
        run("check", bad),
        invoke("price", bad, write_csv(tmp_path)),
        invoke("compile", bad, "--out", tmp_path / "new.rabatt"),
    ):
        refused(done, f"rabatt: incompatible_book {bad}: {why}")
    assert not (tmp_path / "new.rabatt").exists()


def test_nobody_is_told_more_than_a_line(tmp_path: Path) -> None:
    done = invoke("compile", write_book(tmp_path), "--out", tmp_path / "two\nlines \x1b[31m.rabatt")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert re.search(r"two\\nlines \\x1b\[31m\.rabatt: 2 items, ", done.stdout)
