"""Records of a store: what they are in Python."""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, get_type_hints

import pytest
import rabatt
from rabatt import Error, Errors
from rabatt.store import (
    Campaign,
    CampaignLine,
    CampaignLineFields,
    FrozenMap,
    Item,
    PaymentTermEarlyEntry,
    PermissionChange,
    SettingsCurrenciesEntryFields,
    record_classes,
)
from rabatt.store.record import Record, read_record, word_of
from rabatt.store.record_types import STAMPS, record_types


@pytest.fixture
def store() -> Iterator[rabatt.Store]:
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as store:
        yield store


@pytest.fixture
def spring(store: rabatt.Store) -> Campaign:
    store.items.add(number="TEA", prices={"EUR": "12.50"}, units={"BOX": 12}, tags=["hot", "HOT"])
    return store.campaigns.add(
        name="Spring",
        pricing_type="set_discount",
        date=date(2026, 3, 1),
        send_at=datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1))),
        lines=[{"item": "TEA", "discount": Decimal("10.5")}],
        plan={"budget": 60000},
        custom={"season": "spring"},
    )


def test_values_have_their_types(store: rabatt.Store, spring: Campaign) -> None:
    assert (spring.date, spring.send_at) == (date(2026, 3, 1), datetime(2026, 3, 1, 11, tzinfo=UTC))
    assert spring.lines and spring.lines[0].discount == Decimal("10.5")
    assert isinstance(spring.lines[0].discount, Decimal)
    assert spring.plan and spring.plan.budget == Decimal(60000)
    assert spring.created_at and spring.created_at.utcoffset() == timedelta(0)
    assert (spring.created_by, spring.revision, spring.code, spring.active) == ("ANN", 1, None, True)
    assert spring.custom == {"season": "spring"}
    tea = store.items.get("tea")
    assert (tea.tags, tea.prices, tea.units) == (("hot",), {"EUR": Decimal("12.5")}, {"BOX": Decimal(12)})


def test_records_stay_what_they_are(spring: Campaign) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        spring.name = "Summer"  # type: ignore[misc]
    with pytest.raises(TypeError):
        spring.custom["season"] = "summer"  # type: ignore[index]


def test_they_compare_and_hash_by_what_they_hold(store: rabatt.Store, spring: Campaign) -> None:
    again = store.campaigns.get(spring.id)
    assert again == spring
    assert hash(again) == hash(spring)
    assert spring.replace(name="Summer") != spring
    assert spring.lines != CampaignLine(item="TEA")
    assert len({spring, again, spring.replace(name="Summer")}) == 2


def test_they_show_what_is_set(store: rabatt.Store, spring: Campaign) -> None:
    assert repr(store.items.get("TEA")) == (
        "Item(id=1, revision=1, number='TEA', units={'BOX': Decimal('12')}, "
        "prices={'EUR': Decimal('12.5')}, tags=('hot',))"
    )
    many = spring.replace(lines=[CampaignLine(item=f"I{number}") for number in range(5)])
    assert "CampaignLine(item='I2'), … 2 more)" in repr(many)
    assert "created_at" not in repr(spring)


def test_they_travel(spring: Campaign) -> None:
    assert pickle.loads(pickle.dumps(spring)) == spring
    assert json.loads(spring.to_json()) == spring.to_dict()
    assert read_record(Campaign, spring.to_dict()) == spring


def test_a_dict_has_the_words_of_the_store(spring: Campaign) -> None:
    content = spring.to_dict()
    assert content["date"] == "2026-03-01"
    assert content["send_at"] == "2026-03-01T11:00:00.000Z"
    assert content["lines"][0]["discount"] == "10.5"
    change = PermissionChange(email_permission=1, from_="requested")
    assert (change.to_dict()["from"], "from_" in change.to_dict()) == ("requested", False)


def test_a_dict_makes_the_same_record_again(store: rabatt.Store, spring: Campaign) -> None:
    content = spring.to_dict()
    del content["number"]
    again = store.campaigns.add(content)
    assert (again.number, again.name, again.date) == ("CMP-0002", "Spring", spring.date)
    assert again.lines and again.lines[0].discount == Decimal("10.5")


def test_replace_takes_what_add_takes(spring: Campaign) -> None:
    lines: list[CampaignLineFields] = [{"item": "TEA", "discount": 7}]
    changed = spring.replace(name="Summer", valid_until="2026-03-31", expected_revenue="12.50", lines=lines)
    assert (changed.valid_until, changed.expected_revenue) == (date(2026, 3, 31), Decimal("12.50"))
    assert changed.lines == (CampaignLine(item="TEA", discount=Decimal(7)),)
    assert (changed.id, changed.revision) == (spring.id, spring.revision)
    assert spring.name == "Spring"


@pytest.mark.parametrize(
    ("changes", "code", "subject"),
    [
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"expected_revenue": 1.5}, "invalid_decimal", "expected_revenue 1.5"),
        ({"expected_revenue": "1,5"}, "invalid_decimal", "expected_revenue 1,5"),
        ({"expected_revenue": True}, "invalid_decimal", "expected_revenue True"),
        ({"date": "01.03.2026"}, "invalid_date", "date 01.03.2026"),
        ({"date": datetime(2026, 3, 1)}, "invalid_date", "date 2026-03-01 00:00:00"),
        ({"send_at": datetime(2026, 3, 1)}, "invalid_date", "send_at 2026-03-01 00:00:00: a time has a zone"),
        ({"lines": [{"colour": "red"}]}, "unknown_field", "lines[0].colour"),
        ({"lines": [{"item": "TEA", "discount": 1.5}]}, "invalid_decimal", "discount 1.5"),
    ],
)
def test_what_replace_refuses(spring: Campaign, changes: Any, code: str, subject: str) -> None:
    with pytest.raises(Error) as refused:
        spring.replace(**changes)
    assert (refused.value.code, refused.value.subject) == (code, subject)


def test_what_is_added_is_refused_as_a_whole(store: rabatt.Store) -> None:
    wrong: Any = {"colour": "red", "expected_revenue": 1.5, "send_at": datetime(2026, 3, 1)}
    with pytest.raises(Errors) as refused:
        store.campaigns.add(name="Spring", **wrong)
    assert [(problem.code, problem.path) for problem in refused.value.problems] == [
        ("unknown_field", "colour"),
        ("invalid_decimal", "expected_revenue 1.5"),
        ("invalid_date", "send_at 2026-03-01T00:00:00"),
    ]
    assert len(store.campaigns.find()) == 0


def test_saving_a_part(store: rabatt.Store, spring: Campaign) -> None:
    saved = store.campaigns.save(spring, name="Summer")
    assert (saved.revision, saved.name, saved.lines) == (2, "Summer", spring.lines)
    row = store.campaigns.find().first()
    assert row and row.lines is None
    assert store.campaigns.save(row.replace(note="Of a row.")).lines == spring.lines
    with pytest.raises(Error, match="conflict: campaign #1"):
        store.campaigns.save(spring.replace(name="Autumn"))
    with pytest.raises(Error, match="conflict: campaign #1"):
        store.campaigns.save(spring, name="Autumn")


def test_another_pricing_type_needs_force(store: rabatt.Store, spring: Campaign) -> None:
    """What its lines have no use for then, they lose."""
    with pytest.raises(rabatt.Error, match="type_has_lines"):
        store.campaigns.save(spring, pricing_type="set_price")
    saved = store.campaigns.save(spring, pricing_type="set_price", force=True)
    assert [line.discount for line in saved.lines or ()] == [None]
    whole = saved.replace(pricing_type="set_discount", name="Summer")
    again = store.campaigns.save(whole, force=True)
    assert (again.pricing_type, again.name) == ("set_discount", "Summer")


def test_records_as_parts_of_others(store: rabatt.Store, spring: Campaign) -> None:
    assert spring.lines
    other = store.campaigns.add(name="Other", lines=spring.lines, plan=spring.plan)
    assert other.lines and other.plan
    assert (other.lines[0].campaign, other.lines[0].discount) == (other.number, Decimal("10.5"))
    first = PaymentTermEarlyEntry(days=5, discount=Decimal(3))
    term = store.payment_terms.add(name="Early", net_days=30, early=[first, {"days": 10, "discount": 2}])
    assert [tier.discount for tier in term.early] == [Decimal(3), Decimal(2)]
    assert repr(term.early[0]) == "PaymentTermEarlyEntry(days=5, discount=Decimal('3'))"


def test_records_that_others_refer_to(store: rabatt.Store, spring: Campaign) -> None:
    kari = store.parties.add(number="C1", name="Kari")
    store.action_contacts.add(action=store.actions.add(campaign=spring, description="Ring"), party=kari)
    assert [action.campaign for action in store.actions.find(campaign=spring)] == ["CMP-0001"]
    assert len(store.action_contacts.find(party=("in", [kari]))) == 1
    assert store.campaigns.save(spring.replace(customer=kari)).customer == "C1"
    loaded = store.parties.load([{"number": "C2", "name": "Ola", "company": "C1"}], apply=True)
    assert (loaded.added, len(store.parties.find(company=kari))) == (1, 1)


def test_settings(store: rabatt.Store) -> None:
    settings = store.settings.get()
    assert (settings.company_currency, settings.currencies) == ("EUR", {})
    steps: SettingsCurrenciesEntryFields = {"amount": "0.001", "unit": "0.00001"}
    saved = store.settings.save(forecast_horizon=6, currencies={"XPT": steps})
    assert saved.forecast_horizon == 6
    assert saved.currencies["XPT"].amount == Decimal("0.001")
    assert store.settings.save(saved.replace(company_name="Tea & Co")).revision == 3


def classes() -> list[Any]:
    found = [getattr(record_classes, name) for name in record_classes.__all__]
    return [each for each in found if isinstance(each, type) and issubclass(each, Record)]


def test_there_is_a_class_and_a_collection_for_each_kind_of_record(store: rabatt.Store) -> None:
    assert [each.record_type for each in classes()] == sorted(record_types())
    for name, described in record_types().items():
        assert getattr(store, described.plural).record_class.record_type == name


@pytest.mark.parametrize("kind", classes(), ids=[each.record_type for each in classes()])
def test_a_class_has_the_fields_of_its_record(kind: Any) -> None:
    described = record_types()[kind.record_type]
    words = [field.name for field in described.fields] + [each.name for each in described.lists]
    words += [child.name for child in described.children]
    names = [field.name for field in dataclasses.fields(kind)]
    assert [word_of(name) for name in names] == ["id", "revision", *STAMPS, *words]
    assert set(get_type_hints(kind)) >= set(names)
    assert all(name.isidentifier() and f"`{name}`" in kind.__doc__ for name in names[2 + len(STAMPS) :])


def test_frozen_maps() -> None:
    prices = FrozenMap({"EUR": Decimal(1), "NOK": Decimal(2)})
    assert (list(prices), len(prices), prices["NOK"]) == (["EUR", "NOK"], 2, Decimal(2))
    assert prices == {"NOK": Decimal(2), "EUR": Decimal(1)}
    assert pickle.loads(pickle.dumps(prices)) == prices
    assert hash(prices) == hash(FrozenMap({"NOK": Decimal(2), "EUR": Decimal(1)}))
    assert Item().prices == {}


def test_what_nobody_sets(store: rabatt.Store) -> None:
    campaign = store.campaigns.add(name="A")
    fields: dict[str, Any] = {"posted": True}
    for verb in (store.campaigns.add, lambda **named: store.campaigns.save(campaign, **named)):
        with pytest.raises(rabatt.Error, match="unknown_field: posted: nobody sets this"):
            verb(**fields)
    assert store.campaigns.save(campaign.replace(name="B")).name == "B"  # with all that it has
