"""Random books that build: few items, many campaigns on them, so that rules collide."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

from .book_shape import ROUND_AT
from .random_values import (
    EPOCH,
    STEPS,
    Tree,
    as_json_decimal,
    blank_variant,
    chance,
    date,
    log_uniform,
    percent,
    price,
    some,
    timed,
)
from .rounding import MODES

ITEMS = ("TEA", "A1", "A01", "ÄPFEL 10", "tea", "Z.9")
CUSTOMERS = ("C1", "C2", "C10", "Öst")
ORGANISATIONS = ("NORD", "SUED")
NUMBERS = ("K1", "K2", "K10", "K01", "k2", "CMP-9", "CMP-10", "CMP-009", "9", "10", "K-a", "K", "Ω1")
CODES = ("spring", "STRASSE", "Été", "x-10", "ﬁne", "Ωmega")
BOOKS = ("P1", "P2", "P10", "P02", "P-1", "Q")
EXTRA_UNITS = {"BOX": "12", "PAL": "144", "HALF": "0.5", "THIRD": "0.333333", "ONE": "1", "G": "0.001"}
MINIMA = ("0", "0", "0", "1", "2", "5", "10", "12", "0.5", "24", "144")


class BookMaker:
    """One random book as a tree, ready for to_json."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.limits = chance(rng, 6)  # whether this book has numbers near the 38-digit limit
        self.currencies = rng.choice((["EUR"], ["EUR", "JPY"], ["CHF", "EUR"], ["TND"], ["PTS", "EUR"]))
        self.items: list[Tree] = []

    def make(self) -> Tree:
        rng = self.rng
        self.items = [self._item(name) for name in rng.sample(ITEMS, rng.randint(1, len(ITEMS)))]
        terms = [self._payment_term(name) for name in some(rng, ("T1", "T2", "T3"), 3)]
        groups = [{"target_group": name, "members": some(rng, CUSTOMERS, 3)} for name in ("VIP", "ALL")]
        customers = [self._customer(name, [t["payment_term"] for t in terms]) for name in CUSTOMERS]
        numbers = rng.sample(NUMBERS, rng.randint(0, 12))
        codes = rng.sample(CODES, len(CODES))
        campaigns = [self._campaign(number, codes) for number in numbers]
        for index in range(1, len(campaigns)):
            if chance(rng, 4) and campaigns[index - 1].get("posted", True):
                self._tie(campaigns[index], campaigns[index - 1])
        return {
            "policy": self._policy(),
            "items": self.items,
            "price_books": [self._price_book(name) for name in some(rng, BOOKS, 6)],
            "customers": customers,
            "target_groups": groups,
            "campaigns": campaigns,
            "payment_terms": terms,
        }

    def _policy(self) -> Tree:
        rng = self.rng
        policy: Tree = {
            "rounding": rng.choice(MODES),
            "round_at": rng.choice(ROUND_AT),
            "price_choice": rng.choice(("latest", "lowest")),
            "early_payment_tax": rng.choice(("included", "excluded", "mixed")),
            "prices_include_tax": chance(rng, 3),
            "currencies": {},
        }
        if chance(rng, 4):
            policy["intermediate_digits"] = rng.choice((0, 1, 2, 3, 4, 6, 38))
        for currency in self.currencies:
            if currency == "PTS" or rng.randrange(4):
                steps = {"amount": rng.choice(STEPS), "unit": rng.choice(STEPS)}
                if chance(rng, 3):
                    del steps["unit"]
                policy["currencies"][currency] = steps
        return {key: policy[key] for key in policy if key == "currencies" or rng.randrange(4)}

    def _currency(self) -> str:
        return str(self.rng.choice(self.currencies))

    def _item(self, name: str) -> Tree:
        rng = self.rng
        item: Tree = {"item": name}
        if rng.randrange(2):
            item["unit"] = rng.choice(("kg", "each", "G0"))
        units = {unit: EXTRA_UNITS[unit] for unit in some(rng, list(EXTRA_UNITS), 3)}
        if units or chance(rng, 3):
            item["units"] = {unit: as_json_decimal(rng, factor) for unit, factor in units.items()}
        item["prices"] = {
            currency: as_json_decimal(rng, price(rng, self.limits))
            for currency in self.currencies
            if rng.randrange(15)
        }
        if chance(rng, 5):
            item["discountable"] = False
        if chance(rng, 4):
            item |= {"name": "Tea, green", "category": "drinks", "kind": "service", "cost": {"EUR": "7.10"}}
        return item

    def _units_of(self, item: Tree) -> list[str]:
        return [item.get("unit", "each"), *item.get("units", {})]

    def _line(self, item: Tree, field: str, value: str | None) -> Tree:
        rng = self.rng
        line: Tree = {"item": item["item"]}
        if rng.randrange(2):
            line["unit"] = rng.choice(self._units_of(item))
        if value is not None:
            line[field] = as_json_decimal(rng, value)
        if chance(rng, 2):
            line["quantity_min"] = rng.choice(MINIMA) if rng.randrange(5) else log_uniform(rng, 3, -2, 1)
        return line

    def _lines(self, field: str, optional: bool, per_item: int) -> list[Tree]:
        """Lines of several items; a repetition of (item, unit, quantity_min) is dropped."""
        rng = self.rng
        lines: dict[tuple[str, str, str], Tree] = {}
        for item in rng.sample(self.items, rng.randint(1, len(self.items))):
            for _ in range(rng.randint(1, per_item)):
                value = percent(rng) if field == "discount" else price(rng, self.limits)
                line = self._line(item, field, None if optional and chance(rng, 3) else value)
                unit = str(line.get("unit", item.get("unit", "each")))
                lines.setdefault((str(item["item"]), unit, _plain(line.get("quantity_min", "0"))), line)
        return list(lines.values())

    def _price_book(self, name: str) -> Tree:
        rng = self.rng
        kind = rng.choice(("generic", "generic", "account", "organisation"))
        price_book: Tree = {"price_book": name, "type": kind, "currency": self._currency()}
        if rng.randrange(3):
            price_book["valid_from"] = date(rng, 30, 1)
        if chance(rng, 3):
            price_book["valid_until"] = _at_or_after(rng, price_book.get("valid_from"))
        if rng.randrange(2):
            price_book["discount"] = percent(rng)
        if kind == "generic" and chance(rng, 2):
            price_book["override_customer_prices"] = True
        if kind == "account":
            price_book["accounts"] = some(rng, CUSTOMERS, 4)
        if kind == "organisation":
            price_book["organisations"] = some(rng, ORGANISATIONS, 2)
        if chance(rng, 10):
            price_book["active"] = False
        price_book["prices"] = self._lines("price", True, 3)
        return price_book

    def _customer(self, name: str, terms: list[str]) -> Tree:
        rng = self.rng
        customer: Tree = {"customer": name}
        if rng.randrange(4):
            customer["discount"] = percent(rng)
        if rng.randrange(2):
            customer["organisation"] = rng.choice(ORGANISATIONS)
        if terms and rng.randrange(2):
            customer["payment_term"] = rng.choice(terms)
        return customer

    def _campaign(self, number: str, codes: list[str]) -> Tree:
        rng = self.rng
        set_price = chance(rng, 2)
        campaign: Tree = {
            "campaign": number,
            "name": f"Campaign {number}",
            "pricing_type": "set_price" if set_price else "set_discount",
            "date": date(rng, 30, 1),
            "lines": self._lines("price" if set_price else "discount", False, 2),
        }
        if set_price:
            campaign["currency"] = self._currency()
            if chance(rng, 4):
                campaign["allow_customer_discount"] = True
            if chance(rng, 6):
                campaign["force_price"] = True
        elif rng.randrange(3):
            campaign["combine"] = rng.choice(("greater", "add", "compound"))
        if chance(rng, 3):
            campaign["valid_from"] = date(rng, 30, 2)
        if chance(rng, 3):
            campaign["valid_until"] = _at_or_after(rng, campaign.get("valid_from", campaign["date"]))
        self._conditions(campaign, codes)
        return campaign

    def _conditions(self, campaign: Tree, codes: list[str]) -> None:
        rng = self.rng
        if chance(rng, 6):
            campaign["customer"] = rng.choice(CUSTOMERS)
        if chance(rng, 6):
            campaign["target_group"] = rng.choice(("VIP", "ALL"))
        if chance(rng, 4):
            campaign["priority"] = rng.choice((1, 2, -1, -(2**31), 2**31 - 1))
        if codes and chance(rng, 3):
            campaign["code"] = blank_variant(rng, codes.pop())
            campaign["code_required"] = chance(rng, 2)
        if chance(rng, 15):
            campaign["active"] = False
        if chance(rng, 5):
            campaign["status"] = rng.choice(("planned", "active", "active", "completed", "cancelled"))
        if chance(rng, 10):
            campaign["posted"] = False
            self._unfinished(campaign)

    def _unfinished(self, campaign: Tree) -> None:
        """A draft may point anywhere, lack what another field requires, and end before it starts."""
        rng = self.rng
        if rng.randrange(2):
            campaign |= {"customer": "nobody", "target_group": "none", "valid_until": "1999-12-31"}
            campaign.pop("currency", None)
            campaign["lines"] = [*campaign["lines"], {"item": "GHOST", "unit": "?"}, {"item": ITEMS[0]}]

    def _tie(self, campaign: Tree, other: Tree) -> None:
        """The same offer under another number, perhaps on another first day."""
        for field in (
            "pricing_type",
            "combine",
            "currency",
            "lines",
            "allow_customer_discount",
            "force_price",
        ):
            campaign.pop(field, None)
            if field in other:
                campaign[field] = other[field]
        if chance(self.rng, 2):
            campaign["date"] = other["date"]
            campaign.pop("valid_until", None)

    def _payment_term(self, name: str) -> Tree:
        rng = self.rng
        term: Tree = {"payment_term": name, "net_days": rng.choice((0, 10, 14, 30, 60, 90))}
        if chance(rng, 3):
            term["end_of_month"] = True
        if chance(rng, 3):
            term["grace_days"] = rng.choice((0, 1, 3))
        if chance(rng, 8):
            term["active"] = False
        if chance(rng, 40):
            term["net_days"] = 2**31 - 1
        days, discounts = [0, 5, 10, 20, 40], ["33.33333", "5", "3", "2", "0.5", "0"]
        count = rng.randint(0, 3)
        start = rng.randint(0, len(discounts) - max(count, 1))
        term["early"] = [
            {"days": days[index], "discount": discounts[start + index]} for index in range(count)
        ]
        return term


def _at_or_after(rng: Random, start: str | None) -> str:
    first = EPOCH if start is None else datetime.date.fromisoformat(start[:10])
    if chance(rng, 3):
        return first.isoformat()  # the shortest window: that day's end
    return timed(rng, first + datetime.timedelta(days=rng.randint(1, 20)))


def _plain(quantity: Any) -> str:
    """One spelling per value."""
    text = str(quantity).lstrip("0") or "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def random_book(rng: Random) -> Tree:
    return BookMaker(rng).make()
