"""Records of a store on the command line: listed, shown, added, edited, deleted."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from rabatt.command_line.records.kinds import record_kinds

from tests.command_line.program import run
from tests.command_line.shop import invoke, read_csv
from tests.command_line.store_program import LINES, Shop, made
from tests.faces.store_databases import StoreDatabases

XS_01 = [
    "flag", "symbol", "id", "sort_index", "code", "name", "planned_start", "planned_end", "budget",
    "recipients", "responsible",
]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path, store_databases: StoreDatabases) -> Shop:
    with store_databases.new("file") as url:
        path = tmp_path / "shop.db"
        path.write_bytes(Path(url.removeprefix("sqlite:")).read_bytes())
    return made(Shop(f"sqlite:{path}"))


@pytest.mark.parametrize("record", record_kinds())
def test_every_record_has_its_commands_with_examples(record: str) -> None:
    command = record_kinds()[record].command
    group = invoke(command, "--help")
    assert group.exit_code == 0
    summary, _, examples = group.stdout.partition("Commands:")[2].partition("Examples:")
    assert "..." not in summary
    assert f"\n    rabatt {command} show" in examples
    verbs = summary.split("\n")
    names = [line.split()[0] for line in verbs if line.strip()]
    assert set(names) >= ({"show", "edit"} if record_kinds()[record].by_hand else {"show", "list", "history"})
    for name in names:
        done = invoke(command, name, "--help")
        assert (done.exit_code, done.stderr) == (0, "")
        assert f"\n    rabatt {command} {name}" in done.stdout


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_the_life_of_a_record(kind: str, store_databases: StoreDatabases) -> None:
    with store_databases.new(kind) as url:
        shop = Shop(url)
        assert shop.done("item", "add", "number=TEA", "name=Tea") == "added item TEA (id 1): Tea\n"
        assert shop.done("item", "edit", "tea", "name=Green tea") == "changed item TEA (id 1): Green tea\n"
        assert shop.json("item", "show", "1")["name"] == "Green tea"
        assert [each["number"] for each in shop.json("item", "list")] == ["TEA"]
        assert shop.done("item", "delete", "TEA", "--yes") == "deleted 1 item\n"
        assert shop.json("item", "list") == []


def test_what_nobody_sets(shop: Shop) -> None:
    for field, said in (
        ("budget=99", "budget: it is plan.budget that is set"),
        ("posted=true", "posted: nobody sets this"),
    ):
        assert shop.refused("campaign", "edit", "CMP-0001", field) == f"rabatt: unknown_field {said}\n"
        assert shop.refused("campaign", "add", "name=B", field) == f"rabatt: unknown_field {said}\n"


@pytest.mark.parametrize(
    "record", [kind.name for kind in record_kinds().values() if kind.by_hand and kind.name != "settings"]
)
def test_the_help_of_add_has_all_fields(record: str) -> None:
    kind = record_kinds()[record]
    told, _, examples = " ".join(invoke(kind.command, "add", "--help").stdout.split()).partition("Examples: ")
    words = told.partition("have to be given: ")[2].partition(". Arguments:")[0]
    for field in kind.fields.values():
        spelled = f"{field.name}{'*' if field.required else ''}"
        assert field.computed or re.search(rf"(^|, ){re.escape(spelled)}( \(|, |$)", words)
        assert field.computed or not field.required or f" {field.name}=" in examples


def test_campaigns_have_the_columns_of_their_list(shop: Shop) -> None:
    (row,) = read_csv(shop.run("campaign", "list").stdout_bytes)
    assert list(row) == XS_01
    assert row["flag"] == "blue"
    assert (row["symbol"], row["budget"], row["recipients"]) == ("envelope", "60000", "2000")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["Autumn", "AS Spring"]),
        (["--view", "inactive"], ["Old"]),
        (["--view", "all", "--sort", "name"], ["AS Spring", "Autumn", "Old"]),
        (["--view", "all", "--sort", "-name", "--limit", "2"], ["Old", "Autumn"]),
        (["--where", "budget>=60000"], ["AS Spring"]),
        (["--where", "budget<60000"], ["Autumn"]),
        (["--where", "name=AS%"], ["AS Spring"]),
        (["--where", "name==AS"], []),
        (["--where", "sort_index in 0, 7"], ["AS Spring"]),
        (["--where", "code="], ["AS Spring"]),
        (["--where", "code!="], ["Autumn"]),
        (["--where", "active=false", "--view", "all"], ["Old"]),
        (["--where", "name=a%", "--where", "sort_index=-1"], ["Autumn"]),
        (["--where", "custom.season=spring"], ["AS Spring"]),
        (["--tag", "cold"], ["Autumn"]),
        (["--letter", "o", "--view", "all"], ["Old"]),
        (["--text", "utum"], ["Autumn"]),
    ],
)
def test_what_is_listed(shop: Shop, arguments: list[str], names: list[str]) -> None:
    shop.done("campaign", "add", "name=Autumn", "code=A", "sort_index=-1", "plan.budget=5", "tags=cold")
    shop.done("campaign", "add", "name=Old", "active=false")
    assert [each["name"] for each in shop.json("campaign", "list", *arguments)] == names


def test_chosen_columns(shop: Shop) -> None:
    assert shop.done("item", "list", "--columns", "number,prices,tags", "--format", "csv") == (
        'number,prices,tags\nTEA,"{""EUR"":""12.5""}","[""hot"",""green""]"\n'
    )
    assert shop.done("item", "list", "--columns", "tags,name", "--format", "table").splitlines()[2] == (
        "hot, green  Tea"
    )


def test_nothing_to_list(shop: Shop) -> None:
    assert shop.done("lead", "list", "--format", "table") == "no leads\n"
    assert shop.json("lead", "list") == []
    assert shop.done("lead", "list", "--columns", "number,name") == "number,name\n"


def test_a_campaign_is_shown_in_seven_sections(shop: Shop) -> None:
    shop.done("party", "add", "number=C5", "name=Hansen AS", "is_customer=true", "email=h@x.example")
    shop.done("recipient", "add-from", "CMP-0001", "--party", "C5")
    text = shop.done("campaign", "show", "CMP-0001")
    titles = [
        "Details", "Budget", "Recipients (1)", "Attachments", "Results", "Sales orders", "Custom fields",
    ]  # fmt: skip
    lines = text.splitlines()
    assert [line for line in lines if line in titles] == titles
    assert lines[0] == "Campaign CMP-0001: AS Spring"
    assert lines[-1] == "season  spring"
    assert [lines[lines.index(title) + 1] for title in titles[3:6]] == ["none yet"] * 3
    assert "Hansen AS" in text[text.index("Recipients (1)") :]


def test_long_texts_and_times_are_shown_for_people(shop: Shop) -> None:
    shop.done(
        "campaign", "edit", "CMP-0001", f"goal={'many words ' * 12}", "description=one\ntwo\x1b",
        "send_at=2026-04-01T08:00:00.123Z",
    )  # fmt: skip
    lines = run(
        "campaign", "show", "1", "--store", shop.url, "--as", "ANN", TZ="Europe/Oslo"
    ).text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("goal "))
    indent = len(lines[at]) - len(lines[at].removeprefix("goal").lstrip())
    assert lines[at + 1].startswith(" " * indent)
    assert "many words" in lines[at + 1]
    at = next(number for number, line in enumerate(lines) if line.startswith("description "))
    assert [line[indent:] for line in lines[at : at + 2]] == ["one", "two\\x1b"]
    assert f"{'send at'.ljust(indent)}2026-04-01 10:00" in lines


def test_sections_that_are_long_are_counted(shop: Shop, tmp_path: Path) -> None:
    people = [{"campaign": "CMP-0001", "company_name": f"Shop {n}"} for n in range(25)]
    (tmp_path / "people.json").write_text(json.dumps(people))
    assert shop.done("recipient", "add", "--json", tmp_path / "people.json").count("added") == 25
    text = shop.done("campaign", "show", "CMP-0001")
    assert "Recipients (25)" in text
    assert "15 more: rabatt recipient list --view all --where campaign=CMP-0001" in text
    assert len(shop.json("recipient", "list", "--view", "all", "--where", "campaign=CMP-0001")) == 25


def test_records_with_their_lines_come_as_json(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "book.json"
    file.write_text(json.dumps({"name": "Retail", "prices": [{"item": "TEA", "price": "11"}]}))
    (added,) = [shop.json("price-book", "add", "currency=EUR", "--json", file)]
    assert (added["currency"], added["prices"][0]["price"]) == ("EUR", "11")
    done = shop.run("item", "add", "--json", "-", typed='{"number": "CUP"}')
    assert done.stdout == "added item CUP (id 2)\n"


def test_what_is_shown_can_be_edited_with(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "campaign.json"
    shown = shop.json("campaign", "show", "CMP-0001")
    file.write_text(json.dumps(shown | {"name": "Later", "custom": {}}))
    again = shop.json(
        "campaign", "edit", "CMP-0001", "--json", file, "plan.responses=5", "custom.season=late"
    )
    assert (again["name"], again["custom"]) == ("Later", {"season": "late"})
    assert (again["plan"]["budget"], again["plan"]["responses"]) == ("60000", 5)
    assert [line["item"] for line in again["lines"]] == ["TEA"]
    assert shop.refused("campaign", "edit", "CMP-0001", "--json", file).startswith("rabatt: conflict ")
    file.write_text('{"id": 7}')
    assert shop.refused("campaign", "edit", "CMP-0001", "--json", file).startswith("rabatt: conflict ")
    for content in (b"{bad", b"\xff", b"[]", b"7", b"[7]"):
        file.write_bytes(content)
        assert shop.refused("item", "add", "--json", file).startswith(
            ("rabatt: invalid_v", "rabatt: file_not")
        )


def test_members_keep_the_others(shop: Shop) -> None:
    shop.done("item", "edit", "TEA", "prices.NOK=130", "units.BOX=12")
    assert shop.json("item", "show", "TEA")["prices"] == {"EUR": "12.5", "NOK": "130"}
    shop.done("item", "edit", "TEA", "prices.EUR=")
    assert shop.json("item", "show", "TEA")["prices"] == {"NOK": "130"}
    shop.done("campaign", "edit", "CMP-0001", "plan.responses=20")
    plan = shop.json("campaign", "show", "CMP-0001")["plan"]
    assert (plan["budget"], plan["recipients"], plan["responses"]) == ("60000", 2000, 20)


def test_every_problem_is_told_and_nothing_is_done(shop: Shop, tmp_path: Path) -> None:
    assert shop.refused("campaign", "add", "nam=x", "status=bad", "date=20x").splitlines() == [
        "rabatt: unknown_field nam: There is no such field here.",
        "rabatt: invalid_value status bad: This is one of planned, active, completed, cancelled.",
        "rabatt: invalid_date date 20x: A date is YYYY-MM-DD.",
    ]
    (tmp_path / "two.json").write_text('[{"number": "CUP"}, {"number": "TEA"}]')
    assert shop.refused("item", "add", "--json", tmp_path / "two.json").startswith("rabatt: number_taken ")
    assert len(shop.json("item", "list")) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "TEE"], "not_found item TEE"),
        (["show", "99"], "not_found item 99"),
        (["edit", "TEA"], "missing_field FIELD=VALUE, or --json FILE"),
        (["edit", "TEA", "name"], "invalid_value name: this is FIELD=VALUE"),
        (["edit", "TEA", "name=a", "name=b"], "duplicate_field name"),
        (["edit", "TEA", "name.a=b"], "unknown_field name.a"),
        (["edit", "TEA", "prices=12"], "invalid_value prices 12: this is JSON"),
        (["list", "--where", "name"], "invalid_value name: this is FIELD=VALUE, or with == != < <= > >= in"),
        (["list", "--where", "nam=x"], "unknown_field nam"),
        (["list", "--columns", "nam"], "unknown_field nam"),
        (["list", "--view", "new"], "invalid_value view new"),
        (["list", "--limit", "-1"], "invalid_value --limit -1"),
        (["list", "--format", "xml"], "unknown_format xml: one of table, json, csv"),
        (["add", "--json", "none.json"], "file_not_readable none.json: No such file or directory"),
    ],
)  # fmt: skip
def test_what_is_refused(shop: Shop, arguments: list[str], message: str) -> None:
    assert shop.refused("item", *arguments) == f"rabatt: {message}\n"


def test_a_record_that_has_changed_meanwhile(shop: Shop) -> None:
    shop.done("item", "edit", "TEA", "name=Green tea", "revision=1")
    assert shop.refused("item", "edit", "TEA", "name=Black tea", "revision=1").startswith("rabatt: conflict ")


def test_deleting_is_asked_for_with_what_goes(shop: Shop) -> None:
    question = "Delete 1 campaign, 1 campaign line, 1 plan? [y/N] "
    for answer in ("", "n\n", "no\n"):
        done = shop.run("campaign", "delete", "CMP-0001", typed=answer)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == f"{question}rabatt: nothing was deleted\n"
    assert len(shop.json("campaign", "list")) == 1
    done = shop.run("campaign", "delete", "CMP-0001", typed="y\n")
    assert (done.exit_code, done.stderr) == (0, question)
    assert done.stdout == "deleted 1 campaign, 1 campaign line, 1 plan\n"


def test_deleting_is_all_or_none(shop: Shop) -> None:
    shop.done("item", "add", "number=CUP")
    assert shop.refused("item", "delete", "CUP", "TEA", "--yes").startswith("rabatt: in_use ")
    assert shop.refused("item", "delete", "CUP", "TOY", "--yes") == "rabatt: not_found item TOY\n"
    assert len(shop.json("item", "list")) == 2
    assert shop.done("item", "delete", "CUP", "cup", "--yes") == "deleted 1 item\n"


def test_who_and_where_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RABATT_STORE", raising=False)
    monkeypatch.setenv("RABATT_AS", "OLA")
    assert invoke("item", "list").stderr.startswith("rabatt: store_missing ")
    assert invoke("db", "init", "--currency", "NOK").stdout == "sqlite:rabatt.db: a store in NOK\n"
    assert invoke("db", "migrate").stdout == "sqlite:rabatt.db: up to date\n"
    monkeypatch.setenv("RABATT_STORE", f"sqlite:{tmp_path}/rabatt.db")
    added = json.loads(invoke("item", "add", "number=TEA", "--format", "json").stdout)
    assert added["created_by"] == "OLA"
    assert json.loads(invoke("settings", "show", "--format", "json").stdout)["company_currency"] == "NOK"
    assert invoke("settings", "edit", "company_name=The shop").stdout.startswith("changed settings")


def test_a_backup_is_the_store(shop: Shop, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert shop.done("db", "backup", copy).startswith(f"sqlite:{copy}: ")
    before = shop.json("campaign", "show", "CMP-0001")
    assert Shop(f"sqlite:{copy}").json("campaign", "show", "CMP-0001") == before
    assert shop.refused("db", "backup", copy).startswith("rabatt: store_read_only ")


def test_no_store_is_made_by_mistake(tmp_path: Path) -> None:
    message = Shop(f"sqlite:{tmp_path}/none.db").refused("item", "list")
    assert "rabatt db init" in message
    assert not (tmp_path / "none.db").exists()
    sqlite3.connect(tmp_path / "other.db").executescript("create table t (a)")
    assert Shop(f"sqlite:{tmp_path}/other.db").refused("item", "list")


def test_one_key_may_be_an_id_and_a_number(shop: Shop) -> None:
    """The number goes first."""
    shop.done("item", "add", "number=1")
    assert shop.json("item", "show", "1")["id"] == 2
    assert shop.json("item", "show", "2")["number"] == "1"


def test_references_are_numbers_or_ids(shop: Shop) -> None:
    assert shop.json("lead", "add", "name=A", "campaign=1")["campaign"] == "CMP-0001"
    assert shop.json("lead", "edit", "L-0001", "campaign=CMP-0001")["campaign"] == "CMP-0001"
    shop.done("party", "add", "number=7", "name=A")
    assert shop.json("party", "add", "name=B", "company=7")["company"] == "7"
    message = "rabatt: not_found campaign 9: There is no such campaign.\n"
    assert shop.refused("lead", "add", "name=B", "campaign=9") == message


def test_lines_of_campaigns(shop: Shop) -> None:
    assert shop.done("campaign", "lines", "CMP-0001").splitlines()[1] == "1,1,TEA,,,10,0,goods"
    shop.done("item", "add", "number=CUP")
    shop.done("campaign-line", "add", "campaign=CMP-0001", "item=CUP", "discount=5")
    assert [each["item"] for each in shop.json("campaign", "lines", "CMP-0001")] == ["TEA", "CUP"]
    shop.done("campaign", "edit", "CMP-0001", f"lines={LINES}")
    assert [each["item"] for each in shop.json("campaign", "lines", "CMP-0001")] == ["TEA"]
