"""What one field of a book says about another: references, uniqueness, order, what goes together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .currencies import MINOR_UNITS
from .decimals import ZERO, Dec, compare, stripped
from .faults import Problems
from .field_readers import FAULTY, usable
from .identifiers import folded_code

Tree = dict[str, Any]


class _Units(NamedTuple):
    """The units of an item; `certain` is false when a faulty field may have hidden one."""

    base: str | None
    names: frozenset[str]
    certain: bool


def part(tree: Tree, name: str) -> Any:
    """A field's value, or None when it is absent or faulty."""
    value = tree.get(name)
    return None if value is FAULTY else value


def entries(tree: Tree, name: str, path: str = "") -> Iterator[tuple[str, Tree]]:
    """The objects of a list with their paths; faulty entries have been reported already."""
    for index, entry in enumerate(part(tree, name) or []):
        if entry is not FAULTY:
            yield f"{path}{name}[{index}]", entry


def is_draft(campaign: Tree) -> bool:
    return campaign.get("posted") is False


class BookChecks:
    def __init__(self, tree: Tree, problems: Problems) -> None:
        self.tree = tree
        self.report = problems
        policy = part(tree, "policy") or {}
        self.added: Tree = part(policy, "currencies") or {}
        self.items: dict[str, _Units] = {}
        for _, item in entries(tree, "items"):
            if usable(item.get("item")):
                self.items.setdefault(item["item"], _units_of(item))
        self.customers = self._names("customers", "customer")
        self.target_groups = self._names("target_groups", "target_group")
        self.payment_terms = self._names("payment_terms", "payment_term")

    def _names(self, list_name: str, field: str) -> set[str]:
        return {entry[field] for _, entry in entries(self.tree, list_name) if usable(entry.get(field))}

    def run(self) -> None:
        self._policy()
        self._unique()
        for path, item in entries(self.tree, "items"):
            self._item(path, item)
        for path, price_book in entries(self.tree, "price_books"):
            self._price_book(path, price_book)
        for path, customer in entries(self.tree, "customers"):
            self._refers(customer, "payment_term", path, self.payment_terms, "unknown_payment_term")
        for path, group in entries(self.tree, "target_groups"):
            self._list_refers(group, "members", path)
        for path, campaign in entries(self.tree, "campaigns"):
            if not is_draft(campaign):
                self._campaign(path, campaign)
        for path, term in entries(self.tree, "payment_terms"):
            self._tiers(path, term)

    def _policy(self) -> None:
        for currency, steps in self.added.items():
            if currency not in MINOR_UNITS and steps is not FAULTY and "amount" not in steps:
                self.report("missing_field", f"policy.currencies.{currency}.amount")

    def _unique(self) -> None:
        for list_name, field in (
            ("items", "item"),
            ("price_books", "price_book"),
            ("customers", "customer"),
            ("target_groups", "target_group"),
            ("campaigns", "campaign"),
            ("payment_terms", "payment_term"),
        ):
            seen: set[str] = set()
            for path, entry in entries(self.tree, list_name):
                name = part(entry, field)
                if name is not None and name in seen:
                    self.report("duplicate_id", f"{path}.{field}")
                seen.add(name)
        codes: set[str] = set()
        for path, campaign in entries(self.tree, "campaigns"):
            code = part(campaign, "code")
            if code is not None:
                if folded_code(code) in codes:
                    self.report("duplicate_code", f"{path}.code")
                codes.add(folded_code(code))

    def _refers(self, entry: Tree, field: str, path: str, known: Any, code: str) -> None:
        name = part(entry, field)
        if name is not None and name not in known:
            self.report(code, f"{path}.{field}")

    def _list_refers(self, entry: Tree, field: str, path: str) -> None:
        """Lists of customers."""
        for index, name in enumerate(part(entry, field) or []):
            if name is not FAULTY and name not in self.customers:
                self.report("unknown_customer", f"{path}.{field}[{index}]")

    def _currency_known(self, currency: str, path: str) -> None:
        if currency not in MINOR_UNITS and currency not in self.added:
            self.report("unknown_currency", path)

    def _item(self, path: str, item: Tree) -> None:
        for field in ("prices", "cost"):
            for currency in part(item, field) or {}:
                self._currency_known(currency, f"{path}.{field}.{currency}")
        base = "each" if "unit" not in item else part(item, "unit")
        if base is not None and base in (part(item, "units") or {}):
            self.report("invalid_value", f"{path}.units.{base}")

    def _lines(self, entry: Tree, field: str, path: str) -> None:
        """Items and units exist; (item, unit, quantity_min) stands once."""
        seen: set[tuple[str, str | None, Dec]] = set()
        for where, line in entries(entry, field, f"{path}."):
            self._refers(line, "item", where, self.items, "unknown_item")
            if not usable(line.get("item")):
                continue
            units = self.items.get(line["item"])
            unit = part(line, "unit")
            if units and units.certain and unit is not None and unit not in units.names:
                self.report("unknown_unit", f"{where}.unit")
            least = line.get("quantity_min", ZERO)
            if line.get("unit") is FAULTY or least is FAULTY:
                continue
            if unit is None and units:
                unit = units.base
            key = (line["item"], unit, stripped(least))
            if key in seen:
                self.report("duplicate_item", f"{where}.item")
            seen.add(key)

    def _window(self, first: Any, entry: Tree, path: str) -> None:
        last = part(entry, "valid_until")
        if usable(first) and last is not None and last.end() < first.start():
            self.report("valid_until_before_date", f"{path}.valid_until")

    def _price_book(self, path: str, price_book: Tree) -> None:
        currency = part(price_book, "currency")
        if currency is not None:
            self._currency_known(currency, f"{path}.currency")
        self._list_refers(price_book, "accounts", path)
        self._window(price_book.get("valid_from"), price_book, path)
        self._lines(price_book, "prices", path)

    def _campaign(self, path: str, campaign: Tree) -> None:
        currency = part(campaign, "currency")
        if currency is not None:
            self._currency_known(currency, f"{path}.currency")
        self._refers(campaign, "customer", path, self.customers, "unknown_customer")
        self._refers(campaign, "target_group", path, self.target_groups, "unknown_target_group")
        self._window(campaign.get("valid_from", campaign.get("date")), campaign, path)
        if campaign.get("code_required") is True and "code" not in campaign:
            self.report("missing_field", f"{path}.code")
        if not campaign.get("lines"):
            self.report("no_lines", f"{path}.lines")
        self._lines(campaign, "lines", path)
        if usable(campaign.get("pricing_type")):
            self._pricing_fields(path, campaign)

    def _pricing_fields(self, path: str, campaign: Tree) -> None:
        set_price = campaign["pricing_type"] == "set_price"
        wanted, wrong = ("price", "discount") if set_price else ("discount", "price")
        for where, line in entries(campaign, "lines", f"{path}."):
            if wanted not in line:
                self.report("missing_field", f"{where}.{wanted}")
            if wrong in line:
                self.report("wrong_pricing_field", f"{where}.{wrong}")
        if set_price:
            if "currency" not in campaign:
                self.report("missing_field", f"{path}.currency")
            return
        for field in ("force_price", "allow_customer_discount"):
            if campaign.get(field) is True:
                self.report("wrong_pricing_field", f"{path}.{field}")

    def _tiers(self, path: str, term: Tree) -> None:
        """Each tier against the one before it, where both are without fault."""
        tiers = part(term, "early") or []
        for index in range(1, len(tiers)):
            before, after = tiers[index - 1], tiers[index]
            if before is FAULTY or after is FAULTY:
                continue
            where = f"{path}.early[{index}]"
            days = part(before, "days"), part(after, "days")
            if None not in days and days[0] >= days[1]:
                self.report("tiers_not_ordered", f"{where}.days")
            discounts = part(before, "discount"), part(after, "discount")
            if None not in discounts and compare(*discounts) <= 0:
                self.report("tiers_not_ordered", f"{where}.discount")


def _units_of(item: Tree) -> _Units:
    base = "each" if "unit" not in item else part(item, "unit")
    names = set(part(item, "units") or {})
    if base is not None:
        names.add(base)
    return _Units(base, frozenset(names), base is not None and item.get("units") is not FAULTY)
