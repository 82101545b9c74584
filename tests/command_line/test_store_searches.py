"""Searches that are kept under a name, and lists that are exported as they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import rabatt

from tests.command_line.shop import read_csv
from tests.command_line.store_program import Shop
from tests.command_line.test_store_records import XS_01


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """With campaigns of whose budgets and names some criteria hold."""
    url = f"sqlite:{tmp_path}/shop.db"
    with rabatt.open(url, by="ANN", zone="UTC") as store, store.transaction():
        for number, name, budget in (
            (1, "AS Spring", "60000"),
            (2, "Autumn", "70000"),
            (3, "AS Summer", "80000"),
            (4, "Winter", "100"),
        ):
            store.campaigns.add(number=f"C{number}", name=name, plan={"budget": budget}, tags=["hot"])
        store.campaigns.add(number="C5", name="AS Old", active=False, plan={"budget": "90000"})
    return Shop(url)


def names(shop: Shop, *arguments: str) -> list[str]:
    return [each["name"] for each in shop.json("campaign", "list", *arguments)]


def test_a_search_is_kept_and_used(shop: Shop) -> None:
    asked = ("--where", "budget>=60000", "--sort", "-name", "--tag", "hot")
    assert names(shop, *asked, "--save-as", "big") == ["Autumn", "AS Summer", "AS Spring"]
    assert names(shop, "--search", "BIG") == ["Autumn", "AS Summer", "AS Spring"]
    assert names(shop, "--search", "big", "--where", "name=AS%") == ["AS Summer", "AS Spring"]
    assert names(shop, "--search", "big", "--sort", "name") == ["AS Spring", "AS Summer", "Autumn"]
    assert names(shop, "--search", "big", "--limit", "1") == ["Autumn"]
    assert [each["name"] for each in shop.json("saved-search", "list")] == ["big"]
    assert shop.done("saved-search", "delete", "big", "--yes") == "deleted 1 saved search\n"
    assert shop.refused("campaign", "list", "--search", "big") == "rabatt: not_found saved_search big\n"


def test_its_view_goes_with_it(shop: Shop) -> None:
    assert names(shop, "--view", "inactive", "--letter", "A", "--save-as", "old") == ["AS Old"]
    assert names(shop, "--search", "old") == ["AS Old"]
    assert len(names(shop, "--search", "old", "--view", "all")) == 4


def test_a_search_is_replaced_and_narrowed(shop: Shop) -> None:
    names(shop, "--where", "budget>=60000", "--save-as", "mine")
    assert names(shop, "--search", "mine", "--text", "summer", "--save-as", "mine") == ["AS Summer"]
    assert names(shop, "--search", "mine") == ["AS Summer"]
    assert len(shop.json("saved-search", "list")) == 1


def test_custom_fields_are_kept(shop: Shop) -> None:
    shop.done("campaign", "edit", "C4", "custom.season=winter")
    names(shop, "--where", "custom.season=winter", "--save-as", "cold")
    assert names(shop, "--search", "cold") == ["Winter"]


def test_python_finds_what_was_saved(shop: Shop) -> None:
    names(shop, "--where", "name=AS%", "--where", "sort_index in 0, 7", "--save-as", "as")
    with rabatt.open(shop.url, by="ANN") as store:
        search = store.saved_searches.get("as")
        assert search.criteria == '{"where": [["name", "like", "AS%"], ["sort_index", "in", [0, 7]]]}'
        assert (search.record, search.view, search.hidden) == ("campaign", "active", False)


def test_searches_of_other_records(shop: Shop) -> None:
    names(shop, "--save-as", "plain")
    assert shop.refused("item", "list", "--search", "plain") == (
        "rabatt: invalid_value --search plain: it is one for campaign records\n"
    )
    assert "duplicate_name" in shop.refused("item", "list", "--save-as", "plain")


def test_what_cannot_be_asked_is_not_kept(shop: Shop) -> None:
    assert "unknown_field" in shop.refused("campaign", "list", "--where", "colour=red", "--save-as", "red")
    assert "invalid_value" in shop.refused("campaign", "list", "--view", "some", "--save-as", "some")
    assert "invalid_text" in shop.refused("campaign", "list", "--save-as", "a\x1bb")
    assert shop.json("saved-search", "list") == []


@pytest.mark.parametrize(
    ("criteria", "code"),
    [("{", "invalid_value"), ("[]", "invalid_value"), ('{"limit": 3}', "unknown_field")],
)
def test_criteria_that_are_none(shop: Shop, criteria: str, code: str) -> None:
    shop.done("saved-search", "add", "name=bad", "record=campaign", f"criteria={criteria}")
    assert shop.refused("campaign", "list", "--search", "bad").startswith(f"rabatt: {code} saved_search bad")


def test_active_criteria_are_told_under_a_table(shop: Shop) -> None:
    told = shop.done("campaign", "list", "--where", "budget>=70000", "--tag", "hot", "--format", "table")
    assert told.splitlines()[-1] == "! budget >= 70000, tags hot"
    assert "!" not in shop.done("campaign", "list", "--format", "table")
    assert "!" not in shop.done("campaign", "list", "--where", "name=x", "--format", "csv")


@pytest.mark.parametrize("command", [("campaign", "export"), ("export", "campaigns")])
def test_the_list_is_exported_as_it_is_shown(shop: Shop, command: tuple[str, str], tmp_path: Path) -> None:
    asked = ("--where", "budget>=60000", "--sort", "-name", "--view", "all")
    out = tmp_path / "out.csv"
    done = shop.run(*command, *asked, "--out", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"rabatt: 4 rows in {out}\n")
    exported = read_csv(out.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert exported == read_csv(shop.run("campaign", "list", *asked).stdout_bytes)
    assert list(exported[0]) == XS_01
    assert [row["name"] for row in exported] == ["Autumn", "AS Summer", "AS Spring", "AS Old"]


def test_an_export_of_a_search(shop: Shop, tmp_path: Path) -> None:
    names(shop, "--where", "budget>=60000", "--sort", "name", "--save-as", "big")
    out = tmp_path / "out.csv"

    def exported(*options: str) -> list[str]:
        assert shop.run("campaign", "export", "--search", "big", "--out", out, *options).exit_code == 0
        return out.read_text("utf-8-sig").splitlines()

    assert exported("--columns", "name") == ["name", "AS Spring", "AS Summer", "Autumn"]
    assert exported("--columns", "name", "--limit", "2", "--where", "name=A%") == [
        "name",
        "AS Spring",
        "AS Summer",
    ]
    assert "pricing_type" in exported("--columns", "all")[0].split(",")
