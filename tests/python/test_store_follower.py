"""The follower of a store: another book when something that prices has changed, and only then."""

from __future__ import annotations

import threading
from pathlib import Path

import rabatt


def test_it_has_the_book_from_the_start_and_after_each_change(tmp_path: Path) -> None:
    with rabatt.open(f"sqlite:{tmp_path}/shop.db", by="ANN") as store:
        store.items.add(number="TEA", prices={"EUR": "12.00"})
        with rabatt.follow(store, every=3600) as follower:
            assert follower.book == store.publish()
            store.items.add(number="CUP")
            assert follower.refresh()
            assert follower.book == store.publish()
            assert not follower.refresh()


def test_what_prices_nothing_makes_no_book(tmp_path: Path) -> None:
    with (
        rabatt.open(f"sqlite:{tmp_path}/shop.db", by="ANN") as store,
        rabatt.follow(store, every=3600) as follower,
    ):
        before = follower.book
        store.employees.add(initials="OLA")
        store.campaigns.add(name="A draft")
        assert not follower.refresh()
        assert follower.book is before or follower.book == before


def test_its_thread_sees_what_another_store_wrote(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path}/shop.db"
    changed = threading.Event()
    with (
        rabatt.open(url, by="ANN") as store,
        rabatt.open(url, by="OLA") as other,
        rabatt.follow(store, every=0.01, on_change=lambda book: changed.set()) as follower,
    ):
        other.items.add(number="TEA")
        assert changed.wait(60)
        assert follower.book == other.publish()
        assert follower.error is None


def test_it_stays_with_the_former_book_where_the_store_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    store = rabatt.open(f"sqlite:{file}", by="ANN", permissions={"publish"})
    with rabatt.follow(store, every=3600) as follower:
        book = follower.book
        follower.close()
        assert follower.book is book
