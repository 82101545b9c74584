"""The files of campaigns on the command line."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
import rabatt

from tests.command_line.program import run
from tests.command_line.shop import read_csv
from tests.command_line.store_program import Shop, made

LISTED = [
    "flag", "id", "title", "file_name", "file_size", "file_type", "content_id", "changed_at", "changed_by",
    "archive_reference",
]  # fmt: skip


def png(width: int, height: int) -> bytes:
    """The header of an image of 8 bits a channel."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    url = f"sqlite:{tmp_path}/shop.db"
    rabatt.open(url, by="ANN").close()
    (tmp_path / "logo.png").write_bytes(png(600, 200))
    (tmp_path / "letter.txt").write_text("Hello", "utf-8")
    return made(Shop(url))


def test_the_life_of_a_file(shop: Shop, tmp_path: Path) -> None:
    put = shop.done(
        "attachment", "put", "CMP-0001", tmp_path / "logo.png", "--title", "Logo", "--content-id", "logo"
    )
    assert put == "attached logo.png (id 1): 33 bytes, image/png, 600 × 200\n"
    (row,) = read_csv(shop.run("attachment", "list").stdout_bytes)
    assert list(row) == LISTED
    assert [row[name] for name in LISTED[:7]] == ["green", "1", "Logo", "logo.png", "33", "image/png", "logo"]
    replaced = shop.done("attachment", "replace", "1", tmp_path / "letter.txt")
    assert replaced == "replaced letter.txt (id 1): 5 bytes, text/plain\n"
    content = shop.json("attachment", "show", "1")
    assert (content["title"], content["content_id"], content["image_width"]) == ("Logo", "logo", None)
    saved = shop.run("attachment", "save-to", "1", tmp_path / "copy.txt")
    assert (saved.exit_code, saved.stdout) == (0, "")
    assert saved.stderr == f"rabatt: 5 bytes in {tmp_path}/copy.txt\n"
    assert (tmp_path / "copy.txt").read_text("utf-8") == "Hello"
    out = run("attachment", "save-to", "1", "-", "--store", shop.url, "--as", "ANN")
    assert (out.out, out.messages) == (b"Hello", "")


def test_fields_of_an_attachment(shop: Shop, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    fields = ("included=false", "keywords=spring tea")
    content = shop.json("attachment", "put", "CMP-0001", letter, *fields)
    assert (content["title"], content["included"], content["flag"]) == ("letter.txt", False, "red")
    assert content["keywords"] == "spring tea"
    told = shop.done("campaign", "show", "CMP-0001")
    assert "Attachments (1)" in told
    assert "letter.txt" in told


def test_what_the_mail_refers_to(shop: Shop, tmp_path: Path) -> None:
    html = '<img src="cid:logo"><img src="cid:tea">'
    shop.done("email-template", "add", "name=Spring", f"html={html}")
    edited = shop.run("campaign", "edit", "CMP-0001", "email_template=Spring")
    assert edited.stderr.count("rabatt: warning: ") == 2 and "content id tea." in edited.stderr
    for content_id in ("logo", "cup"):
        shop.done("attachment", "put", "CMP-0001", tmp_path / "logo.png", "--content-id", content_id)
    told = shop.run("attachment", "check", "CMP-0001")
    assert (told.exit_code, told.stdout) == (2, "missing: tea; not referred to: cup\n")
    as_json = shop.run("attachment", "check", "CMP-0001", "--format", "json")
    assert as_json.stdout == '{"unresolved_content_id":["tea"],"unused_content_id":["cup"]}\n'
    as_csv = shop.run("attachment", "check", "CMP-0001", "--format", "csv")
    assert as_csv.stdout == "code,content_id\nunresolved_content_id,tea\nunused_content_id,cup\n"
    shop.done("attachment", "edit", "2", "content_id=tea")
    assert shop.done("attachment", "check", "CMP-0001") == "nothing is missing\n"


def test_refusals(shop: Shop, tmp_path: Path) -> None:
    logo, nowhere = tmp_path / "logo.png", tmp_path / "no" / "where.png"
    shop.done("attachment", "put", "CMP-0001", logo, "--content-id", "logo")
    for arguments, message in (
        (("put", "CMP-0001", logo, "--content-id", "LOGO"), "duplicate_content_id "),
        (("put", "CMP-0001", logo, "--title", "A", "title=B"), "duplicate_field title"),
        (("put", "CMP-0001", logo, "campaign=1"), "duplicate_field campaign"),
        (("put", "CMP-0001", nowhere), f"file_not_readable {nowhere}: No such file or directory"),
        (("put", "CMP-0009", logo), "not_found campaign CMP-0009"),
        (("replace", "9", logo), "not_found attachment 9"),
        (("save-to", "9", tmp_path / "copy.png"), "not_found attachment 9"),
        (("save-to", "1", nowhere), f"file_not_writable {nowhere}: No such file or directory"),
        (("check", "CMP-0009"), "not_found campaign CMP-0009"),
    ):
        assert shop.refused("attachment", *arguments).startswith(f"rabatt: {message}"), arguments
    assert not (tmp_path / "copy.png").exists()
    assert len(shop.json("attachment", "list")) == 1
