"""Books in .rabatt files: saved, loaded, and refused where they are not as they were written."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from rabatt import Book, Error, check, price, price_orders, set_for_all

from tests.oracle.generate import generate
from tests.python.order_samples import BOOK, ORDERS

TEA = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]})
REQUEST: dict[str, Any] = {
    "date": "2026-03-10",
    "currency": "EUR",
    "lines": [{"item": "TEA", "quantity": 1}],
}


def saved(folder: Path, book: Book = TEA) -> Path:
    book.save(folder / "shop.rabatt")
    return folder / "shop.rabatt"


def large_book() -> Book:
    """One whose content begins on a page that pricing does not read."""
    return Book.from_dict({"items": [{"item": f"TEA-{i}", "prices": {"EUR": "1"}} for i in range(1000)]})


def change(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def answer(book: Book, request: str) -> str:
    try:
        return price(book, request).to_json()
    except Error as error:
        return str(error)


@pytest.mark.parametrize("number", range(8))
def test_random_books_are_the_same_when_loaded(tmp_path: Path, number: int) -> None:
    case = generate(f"files/{number}", requests=20, faulty_requests=5)
    book = Book.from_json(case.book)
    loaded = Book.load(saved(tmp_path, book))
    assert loaded == book
    assert (loaded.hash, loaded.to_json(), loaded.summary()) == (book.hash, book.to_json(), book.summary())
    for request in case.requests + case.faulty_requests:
        assert answer(loaded, request) == answer(book, request)


def test_every_function_takes_a_loaded_book(tmp_path: Path) -> None:
    loaded = Book.load(saved(tmp_path, BOOK))
    assert price_orders(loaded, ORDERS) == price_orders(BOOK, ORDERS)
    assert repr(loaded) == repr(BOOK)
    assert pickle.loads(pickle.dumps(loaded)) == BOOK
    assert copy.copy(loaded) is loaded
    campaign = {
        "campaign": "K",
        "name": "",
        "date": "2026-01-01",
        "pricing_type": "set_discount",
        "lines": [{"item": "TEA", "discount": 5}],
    }
    with_campaign = Book.from_dict({**TEA.to_dict(), "campaigns": [campaign]})
    loaded = Book.load(saved(tmp_path, with_campaign))
    assert set_for_all("K", "10", loaded) == set_for_all("K", "10", with_campaign)


def test_names_of_book_files(tmp_path: Path) -> None:
    for name in ("a.rabatt", "b.RABATT", "Bücher 2026.rabatt"):
        TEA.save(str(tmp_path / name))
        assert Book.load(tmp_path / name) == Book.load(str(tmp_path / name)) == TEA
        assert check(tmp_path / name) == []
    for name in ("shop", "shop.json", "shop.rabatt.bak", "-"):
        with pytest.raises(Error) as refused:
            TEA.save(tmp_path / name)
        subject = f"{tmp_path / name}: a compiled book is a .rabatt file"
        assert (refused.value.code, refused.value.subject) == ("unknown_format", subject)
    assert len(os.listdir(tmp_path)) == 3


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.rabatt")
    with pytest.raises(Error) as refused:
        Book.load(path)
    assert refused.value.subject == f"{path}: No such file or directory"
    TEA.save(path)
    assert Book.load(path) == TEA


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.rabatt", "No such file or directory"),
        ("folder.rabatt", "Is a directory"),
        ("shop.rabatt/x.rabatt", "Not a directory"),
        ("shop\0.rabatt", "Invalid argument"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, reason: str) -> None:
    saved(tmp_path)
    (tmp_path / "folder.rabatt").mkdir()
    for act in (Book.load, check):
        with pytest.raises(Error) as refused:
            act(tmp_path / name)
        subject = f"{tmp_path / name}: {reason}"
        assert (refused.value.code, refused.value.subject) == ("file_not_readable", subject)


@pytest.mark.parametrize("content", [b"", b"{}", b"rabatt", b"\0" * 5000])
def test_what_is_no_book_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "shop.rabatt"
    file.write_bytes(content)
    for act in (Book.load, check):
        with pytest.raises(Error) as refused:
            act(file)
        assert (refused.value.code, refused.value.subject) == ("unknown_format", str(file))


def test_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder.rabatt").mkdir()
    for name, reason in (
        ("none/shop.rabatt", "No such file or directory"),
        ("folder.rabatt", "Is a directory"),
        ("\0.rabatt", "Invalid argument"),
    ):
        with pytest.raises(Error) as refused:
            TEA.save(tmp_path / name)
        subject = f"{tmp_path / name}: {reason}"
        assert (refused.value.code, refused.value.subject) == ("file_not_writable", subject)
    assert os.listdir(tmp_path) == ["folder.rabatt"]


def test_a_damaged_page_is_met_where_it_is_read(tmp_path: Path) -> None:
    file = saved(tmp_path, large_book())
    change(file, file.stat().st_size - 5000)
    book = Book.load(file)
    request = {**REQUEST, "lines": [{"item": "TEA-7", "quantity": 1}]}
    assert price(book, request).total == 1
    for act in (book.verify, book.to_json, book.summary, lambda: check(file), lambda: book.save(file)):
        with pytest.raises(Error) as refused:
            act()
        assert (refused.value.code, refused.value.subject) == ("damaged_book", str(file))


def test_files_that_are_cut_or_of_another_format(tmp_path: Path) -> None:
    for at, code in ((12, "incompatible_book"), (8, "incompatible_book"), (100, "damaged_book")):
        file = saved(tmp_path)
        change(file, at)
        for act in (Book.load, check):
            with pytest.raises(Error) as refused:
                act(file)
            assert (refused.value.code, refused.value.subject) == (code, str(file))
    file = saved(tmp_path)
    os.truncate(file, file.stat().st_size - 1)
    with pytest.raises(Error, match="damaged_book"):
        Book.load(file)


def test_whoever_has_the_old_book_keeps_it(tmp_path: Path) -> None:
    old = Book.load(saved(tmp_path, large_book()))
    new = Book.load(saved(tmp_path))
    assert (old, new) == (large_book(), TEA)
    old.verify()
    assert os.listdir(tmp_path) == ["shop.rabatt"]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also in another process, whose hashes have other seeds."""
    case = generate("bytes", requests=0, faulty_requests=0)
    (tmp_path / "book.json").write_text(case.book, encoding="utf-8", newline="")
    program = "import sys, rabatt; rabatt.Book.load(sys.argv[1]).save(sys.argv[2])"
    for name in ("one.rabatt", "two.rabatt"):
        subprocess.run(
            [sys.executable, "-c", program, tmp_path / "book.json", tmp_path / name],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "random"},
        )
    assert (tmp_path / "one.rabatt").read_bytes() == (tmp_path / "two.rabatt").read_bytes()


def test_many_threads_load_and_save_and_price(tmp_path: Path) -> None:
    file = saved(tmp_path)
    shared = Book.load(file)

    def work(number: int) -> bool:
        TEA.save(file)
        book = Book.load(file)
        book.verify()
        return price(book, REQUEST).total == price(shared, REQUEST).total == 12

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))
    assert os.listdir(tmp_path) == ["shop.rabatt"]
