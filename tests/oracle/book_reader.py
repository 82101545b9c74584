"""From JSON text to the problems of a book, or to the book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .book import Book, Campaign, Customer, Item, Line, PaymentTerm, Policy, PriceBook, Steps, Tier
from .book_checks import BookChecks, Tree
from .book_shape import BOOK_SHAPE
from .decimals import ZERO
from .faults import BookErrors, OracleError, Problems, Report
from .field_readers import FAULTY
from .identifiers import folded_code
from .json_text import decode


def check_book(text: str) -> list[dict[str, str]]:
    """All problems, each {code, path}, sorted by path; empty for a book that builds."""
    return _read(text)[1]


def read_book(text: str) -> Book:
    tree, problems = _read(text)
    if problems:
        raise BookErrors(problems)
    return _build(tree)


def _read(text: str) -> tuple[Tree, list[dict[str, str]]]:
    problems = Problems()
    try:
        value = decode(text)
    except OracleError as error:
        return {}, [{"code": error.code, "path": ""}]
    report: Report = problems
    tree = BOOK_SHAPE(value, "", report)
    if tree is not FAULTY:
        BookChecks(tree, problems).run()
    return tree, problems.listed()


def _build(tree: Tree) -> Book:
    items = {entry["item"]: _item(entry) for entry in tree.get("items", [])}
    groups = {g["target_group"]: frozenset(g.get("members", [])) for g in tree.get("target_groups", [])}
    price_books = [_price_book(entry, items) for entry in tree.get("price_books", [])]
    campaigns = [_campaign(entry, items, groups) for entry in tree.get("campaigns", [])]
    book = Book(
        policy=_policy(tree.get("policy", {})),
        items=items,
        price_books=price_books,
        customers={entry["customer"]: _customer(entry) for entry in tree.get("customers", [])},
        campaigns={campaign.campaign: campaign for campaign in campaigns},
        payment_terms={term["payment_term"]: _payment_term(term) for term in tree.get("payment_terms", [])},
        price_books_of={},
        campaigns_of={},
        codes={folded_code(campaign.code): campaign for campaign in campaigns if campaign.code},
    )
    for price_book in price_books:
        for item in price_book.lines:
            book.price_books_of.setdefault(item, []).append(price_book)
    for campaign in sorted(campaigns, key=lambda campaign: campaign.natural):
        for item in campaign.lines_of:
            book.campaigns_of.setdefault(item, []).append(campaign)
    return book


def _policy(entry: Tree) -> Policy:
    return Policy(
        rounding=entry.get("rounding", "half_up"),
        round_at=entry.get("round_at", "line_discount"),
        intermediate_digits=entry.get("intermediate_digits"),
        currencies={
            currency: Steps(steps.get("amount"), steps.get("unit"))
            for currency, steps in entry.get("currencies", {}).items()
        },
        price_choice=entry.get("price_choice", "latest"),
        early_payment_tax=entry.get("early_payment_tax", "included"),
        prices_include_tax=entry.get("prices_include_tax", False),
    )


def _item(entry: Tree) -> Item:
    return Item(
        item=entry["item"],
        unit=entry.get("unit", "each"),
        units=entry.get("units", {}),
        prices=entry.get("prices", {}),
        discountable=entry.get("discountable", True),
    )


def _line(entry: Tree, value: str, items: dict[str, Item]) -> Line:
    # A draft may list an item the book does not have; such a line never prices.
    base = items[entry["item"]].unit if entry["item"] in items else None
    return Line(entry["item"], entry.get("unit", base), entry.get(value), entry.get("quantity_min", ZERO))


def _by_item(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.item, []).append(line)
    return found


def _price_book(entry: Tree, items: dict[str, Item]) -> PriceBook:
    return PriceBook(
        price_book=entry["price_book"],
        active=entry.get("active", True),
        type=entry.get("type", "generic"),
        currency=entry["currency"],
        valid_from=entry.get("valid_from"),
        valid_until=entry.get("valid_until"),
        discount=entry.get("discount", ZERO),
        override_customer_prices=entry.get("override_customer_prices", False),
        accounts=frozenset(entry.get("accounts", [])),
        organisations=frozenset(entry.get("organisations", [])),
        lines=_by_item(_line(line, "price", items) for line in entry.get("prices", [])),
    )


def _customer(entry: Tree) -> Customer:
    return Customer(
        customer=entry["customer"],
        discount=entry.get("discount", ZERO),
        organisation=entry.get("organisation"),
        payment_term=entry.get("payment_term"),
    )


def _campaign(entry: Tree, items: dict[str, Item], groups: dict[str, Any]) -> Campaign:
    set_price = entry["pricing_type"] == "set_price"
    lines = [_line(line, "price" if set_price else "discount", items) for line in entry.get("lines", [])]
    group = entry.get("target_group")
    return Campaign(
        campaign=entry["campaign"],
        code=entry.get("code"),
        posted=entry.get("posted", True),
        active=entry.get("active", True),
        status=entry.get("status", "planned"),
        set_price=set_price,
        combine=entry.get("combine", "greater"),
        currency=entry.get("currency"),
        date=entry["date"],
        valid_from=entry.get("valid_from"),
        valid_until=entry.get("valid_until"),
        customer=entry.get("customer"),
        members=None if group is None else groups.get(group, frozenset()),
        priority=entry.get("priority", 0),
        code_required=entry.get("code_required", False),
        allow_customer_discount=entry.get("allow_customer_discount", False),
        force_price=entry.get("force_price", False),
        lines=lines,
        lines_of=_by_item(lines),
    )


def _payment_term(entry: Tree) -> PaymentTerm:
    return PaymentTerm(
        payment_term=entry["payment_term"],
        active=entry.get("active", True),
        net_days=entry["net_days"],
        end_of_month=entry.get("end_of_month", False),
        grace_days=entry.get("grace_days", 0),
        early=[Tier(tier["days"], tier["discount"]) for tier in entry.get("early", [])],
    )
