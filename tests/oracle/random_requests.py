"""Random requests for a random book: at the bounds of its windows and minimum quantities."""

from __future__ import annotations

import datetime
from random import Random

from .random_books import CUSTOMERS, ORGANISATIONS
from .random_values import (
    EPOCH,
    TAX_RATES,
    Tree,
    as_json_decimal,
    blank_variant,
    chance,
    huge,
    log_uniform,
    neighbour,
    nudged,
    percent,
    price,
    timed,
)


def random_request(rng: Random, book: Tree) -> Tree:
    """Mostly priceable; errors a good book can still give (no_price, overflow, …) come by themselves."""
    request: Tree = {"date": _date(rng, book), "currency": _currency(rng, book)}
    policy_tax = book["policy"].get("prices_include_tax", False)
    if rng.randrange(5):
        request["customer"] = rng.choice(CUSTOMERS)
    if chance(rng, 6):
        request["organisation"] = rng.choice(ORGANISATIONS)
    _name_campaign(rng, book, request)
    terms = [term["payment_term"] for term in book["payment_terms"]]
    if terms and chance(rng, 2):
        request["payment_term"] = rng.choice(terms)
    other_tax_mode = chance(rng, 16)
    if other_tax_mode or chance(rng, 6):
        request["prices_include_tax"] = policy_tax != other_tax_mode
    if chance(rng, 6):
        request["early_payment"] = chance(rng, 2)
    if chance(rng, 10):
        request["explain"] = chance(rng, 2)
    rates = rng.sample(TAX_RATES, 3) if rng.randrange(3) else []
    request["lines"] = [_line(rng, book, rates) for _ in range(rng.choice((1, 1, 2, 3, 4, 6, 8)))]
    if other_tax_mode and rng.randrange(6):
        for line in request["lines"]:
            line["list_price" if rng.randrange(2) else "manual_price"] = price(rng, False)
    if chance(rng, 5):
        keys = rng.sample(list(request), len(request))  # order of fields changes nothing
        request = {key: request[key] for key in keys}
    return request


def _date(rng: Random, book: Tree) -> str:
    bounds = [
        entry[field]
        for entry in book["campaigns"] + book["price_books"]
        for field in ("date", "valid_from", "valid_until")
        if field in entry and entry[field] > "2000"
    ]
    if bounds and chance(rng, 3):
        return neighbour(rng, rng.choice(bounds))
    if chance(rng, 60):
        return "9999-12-20"  # due dates and tiers may fall after the calendar
    return timed(rng, EPOCH + datetime.timedelta(days=rng.randint(-1, 15)))


def _currency(rng: Random, book: Tree) -> str:
    known = [currency for item in book["items"] for currency in item["prices"]]
    return str(rng.choice(known)) if known else "EUR"


def _name_campaign(rng: Random, book: Tree, request: Tree) -> None:
    campaigns = book["campaigns"]
    if not campaigns:
        return
    campaign = rng.choice(campaigns)
    if chance(rng, 6):
        request["campaign"] = campaign["campaign"]
    coded = [entry for entry in campaigns if "code" in entry]
    if coded and chance(rng, 8):
        request["code"] = blank_variant(rng, rng.choice(coded)["code"])
    elif chance(rng, 20):
        request["code"] = "  "  # blank is absent


def _line(rng: Random, book: Tree, rates: list[str]) -> Tree:
    item = rng.choice(book["items"])
    line: Tree = {"item": item["item"], "quantity": as_json_decimal(rng, _quantity(rng, book))}
    if rng.randrange(2):
        line["unit"] = rng.choice([item.get("unit", "each"), *item.get("units", {})])
    if chance(rng, 7):
        line["list_price"] = as_json_decimal(rng, price(rng, chance(rng, 5)))
    if chance(rng, 24):
        line["manual_price"] = price(rng, chance(rng, 10))
    if chance(rng, 24):
        line["manual_discount"] = percent(rng)
    if rates and rng.randrange(5):
        line["tax_rate"] = rng.choice(rates)
    return line


def _quantity(rng: Random, book: Tree) -> str:
    """Also returns, zeros, and what lies around the minimum quantities of the book."""
    kind = rng.randrange(40)
    if kind == 0:
        return rng.choice(("0", "0.00", "-0"))
    if kind == 1:
        return huge(rng)
    minima = [
        str(line["quantity_min"])
        for entry in book["campaigns"] + book["price_books"]
        for line in entry.get("lines", []) + entry.get("prices", [])
        if "quantity_min" in line
    ]
    if minima and kind < 16:
        quantity = nudged(rng, rng.choice(minima))
    elif kind < 28:
        quantity = str(rng.choice((1, 1, 2, 3, 7, 10, 12, 100)))
    else:
        quantity = log_uniform(rng, 4, -3, 3)
    if chance(rng, 6):
        quantity = quantity[1:] if quantity.startswith("-") else "-" + quantity
    return quantity
