"""Stores from Python: who, when, together with what, and from which thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rabatt
from rabatt import Error
from rabatt.store import Campaign
from rabatt.store.clock import system_zone

from tests.faces.store_databases import KINDS, StoreDatabases


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, store_databases: StoreDatabases) -> Iterator[rabatt.Store]:
    with store_databases.opened(request.param) as store:
        yield store


class Undone(Exception):
    """Leaves a transaction without a commit."""


def names(store: rabatt.StoreView) -> list[str]:
    return [campaign.name for campaign in store.campaigns.find(sort=["id"])]


def test_all_or_nothing(store: rabatt.Store) -> None:
    with store.transaction():
        store.campaigns.add(name="A")
        assert names(store) == ["A"]
    with suppress(Error), store.transaction():
        store.campaigns.add(name="B")
        store.campaigns.add(name="")
    with suppress(Undone), store.transaction():
        store.campaigns.add(name="C")
        raise Undone
    assert names(store) == ["A"]
    assert store.campaigns.add(name="D").number == "CMP-0002"


def test_a_refusal_that_is_caught_leaves_the_rest(store: rabatt.Store) -> None:
    with store.transaction():
        store.campaigns.add(name="A")
        with pytest.raises(Error, match="name_required"):
            store.campaigns.add(name="")
        store.campaigns.add(name="B")
    assert names(store) == ["A", "B"]


def test_an_inner_transaction_joins(store: rabatt.Store) -> None:
    with suppress(Undone), store.transaction():
        with store.transaction() as inner:
            inner.campaigns.add(name="A")
        assert names(store) == ["A"]
        raise Undone
    assert names(store) == []


def test_views_of_the_same_actor_join(store: rabatt.Store) -> None:
    with store.transaction():
        store.acting("ANN").campaigns.add(name="A")
        with pytest.raises(RuntimeError, match="in a transaction of ANN, not of OLA"):
            store.acting("OLA").campaigns.add(name="B")
    assert names(store) == ["A"]


def test_a_transaction_has_one_time(store: rabatt.Store) -> None:
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with store.transaction(at=at):
        first = store.campaigns.add(name="A")
        second = store.campaigns.add(name="B", at=at.astimezone(timezone(timedelta(hours=2))))
        with pytest.raises(RuntimeError, match="at one time"):
            store.campaigns.add(name="C", at=at + timedelta(minutes=1))
    assert first.created_at == second.created_at == at


def test_other_threads_are_not_in_it(store: rabatt.Store) -> None:
    """They wait for its end, or see what was before."""
    begun = threading.Event()

    def add() -> Campaign:
        begun.set()
        return store.campaigns.add(name="B")

    with ThreadPoolExecutor(1) as others:
        with store.transaction():
            store.campaigns.add(name="A")
            other = others.submit(add)
            assert begun.wait(60)
            assert names(store) == ["A"]
        assert other.result(60).number == "CMP-0002"
    assert names(store) == ["A", "B"]


def test_numbers_from_many_threads(store: rabatt.Store) -> None:
    def add(number: int) -> str | None:
        return store.acting(f"T{number % 4}").campaigns.add(name=f"C{number}").number

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(add, range(64)))
    assert sorted(map(str, numbers)) == [f"CMP-{number:04}" for number in range(1, 65)]


def test_who_may_what(store: rabatt.Store) -> None:
    nobody = store.acting("OLA", permissions=set())
    with pytest.raises(Error, match=r"permission_denied: campaign\.write"):
        nobody.campaigns.add(name="A")
    writer = store.acting("OLA", permissions={"campaign.write", "campaign.read"})
    campaign = writer.campaigns.add(name="A")
    assert campaign.created_by == "OLA"
    with pytest.raises(Error, match=r"permission_denied: campaign\.post"):
        writer.campaigns.post(campaign)
    with pytest.raises(Error, match="permission_denied: publish"):
        writer.publish()
    with pytest.raises(TypeError, match="set of texts"):
        store.acting("OLA", permissions="campaign.write")


def test_when_and_where(store: rabatt.Store) -> None:
    evening = datetime(2026, 6, 1, 22, 30, 0, 123_456, tzinfo=UTC)
    campaign = store.acting("OLA", zone="Europe/Oslo").campaigns.add(name="A", at=evening)
    assert str(campaign.date) == "2026-06-02"
    assert campaign.created_at == evening.replace(microsecond=123_000)
    earlier = store.campaigns.add(name="B", at=evening - timedelta(days=1))
    assert earlier.created_at == evening.replace(microsecond=124_000)  # time never goes back
    with pytest.raises(Error, match="invalid_date: at 2026-06-01 00:00:00"):
        store.campaigns.add(name="C", at=datetime(2026, 6, 1))
    with pytest.raises(TypeError, match="a time is a datetime"):
        store.campaigns.add(name="C", at="2026-06-01")  # type: ignore[arg-type]
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    now = store.campaigns.add(name="D").created_at
    assert now and before <= now <= datetime.now(UTC) + timedelta(milliseconds=1)


def test_post_and_publish(store: rabatt.Store) -> None:
    store.items.add(number="TEA", prices={"EUR": "20.00"})
    both = [
        store.campaigns.add(name=name, pricing_type="set_discount", lines=[{"item": "TEA", "discount": 10}])
        for name in ("A", "B")
    ]
    empty = store.campaigns.add(name="C")
    with pytest.raises(Error, match="no_lines"):
        store.campaigns.post([*both, empty])
    assert store.publish().summary().campaigns == 0
    later = datetime.now(UTC) + timedelta(days=1)
    assert [campaign.posted for campaign in store.campaigns.post(both, at=later)] == [True, True]
    assert store.campaigns.unpost(both[0]).posted is False
    assert store.publish().summary().campaigns == 1
    assert store.publish(drafts=True).summary().campaigns == 2  # one has no pricing type
    assert (
        store.publish(as_of=later - timedelta(days=0.5), at=later + timedelta(days=1)).summary().campaigns
        == 0
    )
    assert store.publication().sequence == store.sequence
    with pytest.raises(Error, match="invalid_as_of"):
        store.publish(as_of=later)


def test_set_for_all_and_copy(store: rabatt.Store) -> None:
    store.items.add(number="TEA", prices={"EUR": "19.99"})
    store.items.add(number="OLD")
    lines: list[rabatt.store.CampaignLineFields] = [{"item": "TEA", "price": 1}, {"item": "OLD", "price": 1}]
    campaign = store.campaigns.add(name="A", pricing_type="set_price", currency="EUR", lines=lines)
    assert store.campaigns.set_for_all(campaign, 15) == (rabatt.Remark(1, "OLD", "no_base_price"),)
    filled = store.campaigns.get(campaign).lines
    assert filled and str(filled[0].price) == "16.9915"
    copy = store.campaigns.copy(campaign)
    assert copy.lines and (copy.number, copy.lines[0].price) == ("CMP-0002", filled[0].price)


def test_remove(store: rabatt.Store) -> None:
    store.items.add(number="TEA")
    campaign = store.campaigns.add(name="A", lines=[{"item": "TEA"}])
    with pytest.raises(Error, match="in_use"):
        store.items.remove("TEA")
    assert store.campaigns.remove(campaign)["campaign_line"] == 1
    assert store.items.remove("tea") == {"item": 1}
    for key in (1, "TEA", "", 2**70, -1):
        with pytest.raises(Error, match="not_found"):
            store.items.get(key)
    with pytest.raises(TypeError, match="a key is"):
        store.items.get(None)  # type: ignore[arg-type]


def test_a_closed_store(store: rabatt.Store) -> None:
    view = store.acting("OLA")
    rows = view.campaigns.find()
    store.close()
    store.close()
    for verb in (lambda: view.campaigns.add(name="A"), rows.first, store.publish, lambda: store.sequence):
        with pytest.raises(ValueError, match="the store is closed"):
            verb()


def test_what_cannot_be_opened() -> None:
    for url in ("mysql://host", "", "sqlite:"):
        with pytest.raises(Error, match="invalid_url"):
            rabatt.open(url, by="ANN")
    with pytest.raises(Error, match="unknown_currency"):
        rabatt.open("sqlite::memory:", by="ANN", currency="XYZ")
    with pytest.raises(Error, match="store_missing"):
        rabatt.open("sqlite:/nowhere/shop.db", by="ANN", create=False)


def test_the_zone_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for told, zone in (
        ("Europe/Oslo", "Europe/Oslo"),
        (":Asia/Tokyo", "Asia/Tokyo"),
        (":/usr/share/zoneinfo/America/Lima", "America/Lima"),
    ):
        monkeypatch.setenv("TZ", told)
        system_zone.cache_clear()
        assert system_zone() == zone
    monkeypatch.setenv("TZ", "no such zone")
    system_zone.cache_clear()
    assert system_zone()
    system_zone.cache_clear()


def test_views_show_who_they_are(store: rabatt.Store) -> None:
    assert repr(store) == "<Store as ANN>"
    assert repr(store.acting("OLA").items) == "<item records of <StoreView as OLA>>"
