"""What only some records of a store can do, on the command line; and the books that are published of it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
import rabatt

from tests.command_line.program import run
from tests.command_line.shop import invoke, write_csv
from tests.command_line.store_program import Shop, made
from tests.command_line.test_terminal import COLOUR, on_terminal, plain


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    url = f"sqlite:{tmp_path}/shop.db"
    rabatt.open(url, by="ANN").close()
    shop = made(Shop(url))
    shop.done("item", "add", "number=CUP", "prices.EUR=8")
    for number, city, permission in (("C5", "Oslo", "confirm"), ("C6", "Oslo", ""), ("C7", "Bergen", "")):
        email = f"{number.lower()}@x.example"
        named = [f"number={number}", f"name=Shop {number}", "is_customer=true"]
        shop.done("party", "add", *named, f"city={city}", f"email={email}")
        if permission:
            shop.done("email-permission", "request", email)
            shop.done("email-permission", permission, email, "--proof", "signed form")
    return shop


def test_only_posted_campaigns_price(shop: Shop, tmp_path: Path) -> None:
    book, orders = tmp_path / "shop.rabatt", write_csv(tmp_path)

    def nets() -> list[str]:
        told = shop.done("publish", "--out", book)
        assert re.fullmatch(rf"{book}: 2 items, \d campaigns?, hash [0-9a-f]{{64}}, [0-9,]+ bytes\n", told)
        done = invoke("price", book, orders)
        assert (done.exit_code, done.stderr) == (0, "")
        return [row["net"] for row in csv.DictReader(done.stdout.splitlines())]

    assert nets() == ["37.50", "8.00", "16.00"]
    assert shop.done("campaign", "post", "CMP-0001") == "posted campaign CMP-0001 (id 1): AS Spring\n"
    assert nets() == ["33.75", "8.00", "16.00"]
    assert shop.refused("campaign", "post", "CMP-0001").startswith("rabatt: already_posted ")
    shop.done("campaign", "edit", "CMP-0001", "status=completed")
    assert nets() == ["37.50", "8.00", "16.00"]
    shop.done("campaign", "unpost", "CMP-0001")
    assert shop.refused("campaign", "unpost", "CMP-0001").startswith("rabatt: not_posted ")


def test_publishing_drafts_and_other_times(shop: Shop, tmp_path: Path) -> None:
    book = tmp_path / "shop.rabatt"
    assert "2 items, 0 campaigns" in shop.done("publish", "--out", book)
    assert "2 items, 1 campaign," in shop.done("publish", "--out", book, "--drafts")
    for time, message in (
        ("2999-01-01T00:00:00Z", "invalid_as_of "),
        ("2026-01-01", "invalid_date --as-of 2026-01-01: a time has a zone"),
        ("noon", "invalid_date --as-of noon"),
    ):
        assert shop.refused("publish", "--out", tmp_path / "new.rabatt", "--as-of", time).startswith(
            f"rabatt: {message}"
        )
    assert not (tmp_path / "new.rabatt").exists()
    assert shop.refused("publish", "--out", "shop.json").startswith("rabatt: unknown_format ")


def test_posting_is_all_or_none(shop: Shop) -> None:
    shop.done("campaign", "add", "name=Empty", "pricing_type=set_discount")
    assert "rabatt: no_lines " in shop.refused("campaign", "post", "CMP-0001", "CMP-0002")
    assert [each["posted"] for each in shop.json("campaign", "list")] == [False, False]


def test_what_is_odd_is_told_and_stored(shop: Shop) -> None:
    shop.done("campaign", "add", "name=Dear", "pricing_type=set_price", "currency=EUR")
    shop.done("campaign-line", "add", "campaign=CMP-0002", "item=CUP", "price=99")
    done = shop.run("campaign", "post", "CMP-0002")
    assert (done.exit_code, done.stdout) == (0, "posted campaign CMP-0002 (id 2): Dear\n")
    assert done.stderr.startswith(
        "rabatt: warning: campaign CMP-0002 (id 2): Dear, lines[0].price: The list price"
    )
    done = shop.run("party", "edit", "C5", "organisation_number=923609017")
    assert "warning: party C5" in done.stderr and "check digit" in done.stderr


def test_copies_and_percentages(shop: Shop) -> None:
    copy = shop.json("campaign", "copy", "CMP-0001")
    assert (copy["number"], copy["status"], copy["posted"]) == ("CMP-0002", "planned", False)
    assert [each["discount"] for each in shop.json("campaign", "set-for-all", "CMP-0002", "12.5")] == ["12.5"]
    assert shop.refused("campaign", "set-for-all", "CMP-0002", "-1").startswith("rabatt: invalid_discount")
    assert [each["discount"] for each in shop.json("campaign", "lines", "CMP-0001")] == ["10"]


def test_another_pricing_type_needs_force(shop: Shop) -> None:
    change = ("campaign", "edit", "CMP-0001", "pricing_type=set_price")
    assert shop.refused(*change).startswith("rabatt: type_has_lines ")
    assert shop.done(*change, "--force") == "changed campaign CMP-0001 (id 1): AS Spring\n"
    (line,) = shop.json("campaign", "lines", "CMP-0001")
    assert (line["item"], line["discount"], line["price"]) == ("TEA", None, None)


def test_target_groups_and_actions(shop: Shop) -> None:
    conditions = json.dumps([{"record": "party", "field": "city", "operator": "=", "value": "Oslo"}])
    shop.done("target-group", "add", "name=Oslo", f"conditions={conditions}")
    assert shop.done("target-group", "refresh", "TG-0001") == "refreshed: 2 members, 2 came and 0 went\n"
    assert "Members (2)" in shop.done("target-group", "show", "TG-0001")
    shop.done("dossier-type", "add", "code=MAIL", "name=Mail")
    shop.done(
        "action", "add", "campaign=CMP-0001", "description=Letter", "channel=letter", "dossier_type=MAIL"
    )
    added = shop.done("action", "add-target-group", "1", "TG-0001")
    assert added == "added 2 contacts; 0 were there, 0 in other actions\n"
    assert shop.json("action", "generate", "1") == {"items": 2, "excluded": {}}
    shop.done("action", "add", "campaign=CMP-0001", "description=Second")
    assert shop.json("action", "copy-contacts", "2", "1")["added"] == 2
    assert shop.done("recipient", "add-from", "CMP-0001", "--target-group", "TG-0001").startswith(
        "added 2 recipients; "
    )


def test_who_is_to_get_a_campaign(shop: Shop) -> None:
    told = shop.json(
        "recipient", "add-from", "CMP-0001", "--where", "is_customer=true", "--where", "city=Oslo"
    )
    assert told == {"added": 2, "skipped_duplicate_source": 0, "skipped_duplicate_email": 0}
    again = shop.json("recipient", "add-from", "CMP-0001", "--party", "C5", "--party", "C7")
    assert again == {"added": 1, "skipped_duplicate_source": 1, "skipped_duplicate_email": 0}
    reasons = {each["email"]: each["reason"] for each in shop.json("recipient", "outbox", "CMP-0001")}
    assert reasons == {"c5@x.example": None, "c6@x.example": "no_permission", "c7@x.example": "no_permission"}
    assert shop.done("recipient", "mark-sent", "CMP-0001") == "marked 1 recipient as sent\n"
    assert shop.json("recipient", "mark-undeliverable", "CMP-0001", "1") == {"marked": 1}
    assert len(shop.json("recipient", "outbox", "CMP-0001")) == 2
    assert shop.json("recipient", "outbox", "CMP-0001", "--since-template") == []
    shop.done("email-template", "add", "name=Letter", "subject=Tea")
    shop.done("campaign", "edit", "CMP-0001", "email_template=Letter")
    shop.done("recipient", "add", "campaign=CMP-0001", "contact_name=Late")
    (late,) = shop.json("recipient", "outbox", "CMP-0001", "--since-template")
    assert late["contact_name"] == "Late"


def test_permissions(shop: Shop) -> None:
    asked = shop.json("email-permission", "request", "C6@x.example")
    assert asked["status"] == "requested"
    assert shop.refused("email-permission", "confirm", "c6@x.example", "--token", "no").startswith(
        "rabatt: invalid_value "
    )
    done = shop.json("email-permission", "confirm", "c6@x.example", "--token", asked["token"])
    assert done["status"] == "confirmed"
    assert (
        shop.json("email-permission", "cancel", "c6@x.example", "--reason", "moved")["status"] == "cancelled"
    )
    assert shop.json("email-permission", "block", "c6@x.example")["status"] == "blocked"
    assert shop.refused("email-permission", "stop", "c6@x.example").startswith("rabatt: invalid_transition ")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_flags_are_coloured_signs_on_a_terminal(shop: Shop, width: int) -> None:
    shop.done("campaign", "add", "name=A long name of a campaign in the summer of next year", "status=active")
    text = on_terminal("campaign", "list", "--store", shop.url, width=width)
    assert re.search(COLOUR, text)
    lines = plain(text).splitlines()
    assert max(map(len, lines)) <= width
    assert [line.split()[:3] for line in lines[2:4]] == [["○", "✉", "1"], ["◐", "✉", "2"]]
    assert lines[4] == "○ planned   ◐ active"
    assert "AS Spring" in lines[2]
    assert lines[0].split()[:2] == ["id", "name" if width < 80 else "sort"]


def test_elsewhere_they_are_words(shop: Shop) -> None:
    text = shop.done("campaign", "list", "--format", "table")
    assert text.splitlines()[2].split()[:3] == ["blue", "envelope", "1"]
    assert "\x1b" not in text + shop.done("campaign", "show", "1")


def test_completion_knows_records_and_fields() -> None:
    def completed(words: str) -> set[str]:
        done = run(_RABATT_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
        return set(done.text.split())

    assert completed("rabatt price-") == {"price-book", "price-book-line"}
    assert completed("rabatt campaign un") == {"unpost"}
    assert completed("rabatt item add pri") == {"prices="}
    assert completed("rabatt campaign list --where bud") == {"budget="}
    assert completed("rabatt export campaigns --where changed_") == {"changed_at=", "changed_by="}


def test_lines_of_many_are_listed_record_by_record(shop: Shop) -> None:
    for number in ("A", "B"):
        lines = json.dumps([{"item": "TEA", "price": "1"}, {"item": "CUP", "price": "2"}])
        shop.done("price-book", "add", f"number={number}", "name=x", "currency=EUR", f"prices={lines}")

    def places(*options: str) -> list[str]:
        return [
            f"{each['price_book']}{each['line']}" for each in shop.json("price-book-line", "list", *options)
        ]

    assert places() == ["A1", "A2", "B1", "B2"]
    assert places("--sort", "-line,price_book") == ["A2", "B2", "A1", "B1"]


def test_groups_without_a_command_tell_what_there_is() -> None:
    for group in ("campaign", "db"):
        done = invoke(group)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout == invoke(group, "--help").stdout
    assert invoke("campain", "list").stderr == (
        "rabatt: invalid_value No such command 'campain'. Did you mean 'campaign'? See: rabatt --help\n"
    )
