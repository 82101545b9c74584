"""Mistakes for good books and requests: one to several per document, at random places."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from .random_values import Pairs, Raw, Tree, chance

BAD_DECIMALS: tuple[Any, ...] = (
    "1,5", "", " ", " 1", "1 ", "1e3", "1.", ".5", "+1", "NaN", "Infinity", "1,000.00", "--1", "٣", "0x1",
    Raw("1.5"), Raw("1e3"), Raw("-0.0"), "9" * 39, "0." + "0" * 38 + "1", True, [], {}, "-1", "-0.01",
    "100.00001", "101", "1.123456", "0", Raw("0"), Raw("-5"), "9" * 38, "0.000001",
)  # fmt: skip
BAD_DATES: tuple[Any, ...] = (
    "2026-02-30", "2026-1-1", "", "2026-01-01T24:00", "0000-01-01", "2026-01-01T10:00:60", "2026-01-01 10:00",
    "2026-01-01Z", "20260101", "01.02.2026", 20260101, True, "2026-02-29", "2024-02-29", "2026-01-01T10",
    "1900-01-01", "9999-12-31", "0001-01-01",
)  # fmt: skip
BAD_NAMES: tuple[Any, ...] = (
    "", "x" * 201, "é" * 100, "é" * 101, "a\u0007b", "a\u0085", 5, Raw("1.5"), False, [], {}, "GHOST", " ",
)  # fmt: skip
BAD_CHOICES: tuple[Any, ...] = ("", "Greater", "unknown", 1, False, [], {}, "GENERIC")
BAD_FLAGS: tuple[Any, ...] = ("true", "", 0, 1, Raw("1.0"), [], {})
BAD_INTEGERS: tuple[Any, ...] = (
    "5", "", Raw("1.0"), Raw("1e2"), 2**31, 2**31 - 1, -(2**31) - 1, -1, 39, 10**30, True, [], {},
)  # fmt: skip
BAD_OBJECTS: tuple[Any, ...] = ("", 5, False, [], {}, "x")

DECIMALS = {
    "amount", "discount", "price", "quantity_min", "quantity", "list_price", "manual_price",
    "manual_discount", "tax_rate",
}  # fmt: skip
FLAGS = {
    "active", "posted", "code_required", "allow_customer_discount", "force_price", "discountable",
    "end_of_month", "override_customer_prices", "prices_include_tax", "early_payment", "explain",
}  # fmt: skip
CHOICES = {
    "rounding", "round_at", "price_choice", "early_payment_tax", "kind", "type", "status", "pricing_type",
    "combine",
}  # fmt: skip
INTEGERS = {"priority", "net_days", "grace_days", "days", "intermediate_digits"}
EXTRA_FIELDS: tuple[tuple[str, Any], ...] = (
    ("colour", "red"), ("Name", None), ("force_price", True), ("allow_customer_discount", True),
    ("price", "5"), ("discount", "5"), ("code_required", True), ("valid_until", "1999-01-01"),
    ("currency", "XAU"), ("customer", "GHOST"), ("payment_term", "GHOST"), ("code", "spring "),
    ("unit", "GHOST"), ("manual_price", "-1"), ("target_group", "GHOST"), ("campaign", "GHOST"),
    ("tax_rate", "-1"), ("prices_include_tax", True),
)  # fmt: skip


def with_faults(rng: Random, document: Tree) -> Any:
    """A copy with one to four mistakes; now and then a mistake is none after all."""
    tree: Any = copy.deepcopy(document)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        _one_fault(rng, tree)
    return rng.choice(([], "x", 5, None, True)) if chance(rng, 200) else tree


def _one_fault(rng: Random, tree: Any) -> None:
    places = list(_places(tree))
    if not places:  # earlier faults have left nothing
        return
    holder, name = rng.choice(places)
    kind = rng.randrange(12)
    if isinstance(holder, list):
        _fault_in_list(rng, holder, name, kind)
    elif kind < 6:
        holder[name] = rng.choice(_bad_values(name, holder[name]))
    elif kind == 6:
        del holder[name]
    elif kind == 7:
        holder[name] = None
    elif kind == 8:
        _repeat(rng, tree, holder, name)
    elif kind == 9:
        other = rng.choice(list(holder))  # perhaps a reference that leads nowhere, perhaps a wrong type
        holder[name] = copy.deepcopy(holder[other])
    else:
        _insert(rng, holder)


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every (object, field) and (list, index) of a tree, however deep."""
    found: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        for name, value in tree.items():
            found += [(tree, name), *_places(value)]
    elif isinstance(tree, list) and not isinstance(tree, Pairs):
        for index, value in enumerate(tree):
            found += [(tree, index), *_places(value)]
    return found


def _bad_values(name: str, value: Any) -> tuple[Any, ...]:
    if name in DECIMALS and not isinstance(value, dict):
        return BAD_DECIMALS
    if name in FLAGS:
        return BAD_FLAGS
    if name in CHOICES:
        return BAD_CHOICES
    if name in INTEGERS:
        return BAD_INTEGERS
    if name in ("date", "valid_from", "valid_until"):
        return BAD_DATES
    return BAD_OBJECTS if isinstance(value, dict | list) else (*BAD_NAMES, *BAD_DECIMALS[:4])


def _fault_in_list(rng: Random, holder: list[Any], index: int, kind: int) -> None:
    if kind < 4:
        holder.append(copy.deepcopy(holder[index]))  # duplicate_id, duplicate_code, duplicate_item
    elif kind < 6:
        holder.reverse()  # tiers out of order
    elif kind == 6:
        holder.clear()
    elif kind == 7:
        holder[index] = rng.choice((None, [], "", 5, {}, "GHOST"))
    elif isinstance(holder[index], dict):
        _insert(rng, holder[index])


def _repeat(rng: Random, tree: Any, holder: Tree, name: str) -> None:
    """Write a field twice. The object becomes Pairs where it stands, and takes no more faults."""
    pairs = Pairs(holder.items())
    pairs.insert(rng.randint(0, len(pairs)), (name, rng.choice((holder[name], None, "x"))))
    for place, key in _places(tree):
        if place[key] is holder:
            place[key] = pairs
            return
    holder[name] = None  # the whole document: it has no place to stand in


def _insert(rng: Random, holder: Tree) -> None:
    """A field that does not belong, or has no partner, somewhere in the object."""
    name, value = rng.choice(EXTRA_FIELDS)
    fields = list(holder.items())
    fields.insert(rng.randint(0, len(fields)), (name, value))
    holder.clear()
    holder.update(fields)
