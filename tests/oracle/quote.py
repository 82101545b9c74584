"""The quote: priced lines, taxes, totals, payment, in the order and spelling of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .book import Book
from .decimals import fixed, shortest
from .document import Document, open_document
from .identifiers import natural_key
from .line_pricing import PricedLine, price_line
from .payment import checked_text, payment_of
from .request import Request, read_request
from .taxes import TaxRow, fix_mixed_tax, tax_rows


def price(book: Book, request_text: str, book_hash: str = "") -> dict[str, Any]:
    """The quote of one document, or OracleError with the first error."""
    return price_request(book, read_request(request_text), book_hash)


def price_request(book: Book, request: Request, book_hash: str = "") -> dict[str, Any]:
    document = open_document(book, request)
    lines = [price_line(document, index, line) for index, line in enumerate(request.lines)]
    return quote_of(document, lines, book_hash)


def quote_of(document: Document, lines: Sequence[PricedLine], book_hash: str) -> dict[str, Any]:
    rounder = document.amounts.rounders.amount
    places = rounder.places
    rows = tax_rows(rounder, lines, document.prices_include_tax)
    net = sum(line.net for line in lines)
    if document.prices_include_tax:
        net -= sum(row.tax for row in rows)
    _mixed_tax(document, rows, net)
    tax = sum(row.tax for row in rows)
    return {
        "book": book_hash,
        "date": document.request.date,
        "currency": document.request.currency,
        "customer": document.request.customer,
        "lines": [line_of(line, places) for line in lines],
        "net": checked_text(net, places),
        "taxes": [
            {
                "rate": shortest(row.rate),
                "base": checked_text(row.base, places),
                "net": checked_text(row.net, places),
                "tax": checked_text(row.tax, places),
            }
            for row in rows
        ],
        "tax": checked_text(tax, places),
        "total": checked_text(net + tax, places),
        "campaigns": _campaigns(lines, places),
        "warnings": _warnings(document, lines),
        "payment": payment_of(document, lines, rows, net, tax),
    }


def _mixed_tax(document: Document, rows: Sequence[TaxRow], net: int) -> None:
    term = document.payment_term
    if document.book.policy.early_payment_tax != "mixed" or term is None or not term.active:
        return
    if term.early and term.early[0].discount.mantissa:
        fix_mixed_tax(document.amounts.rounders.amount, rows, net, term.early[0].discount)


def line_of(line: PricedLine, places: int) -> dict[str, Any]:
    """One line of the quote."""
    offer, request, listed = line.offer, line.request, line.listed
    price_book = None if listed is None else listed.price_book
    return {
        "item": request.item,
        "quantity": request.quantity_text,
        "unit": line.unit,
        "list_price": None if listed is None else shortest(listed.value),
        "unit_price": shortest(offer.price),
        "discount": shortest(offer.discount),
        "gross": fixed(line.gross, places),
        "discount_amount": fixed(line.gross - line.net, places),
        "net": fixed(line.net, places),
        "unit_net": shortest(line.unit_net),
        "list_amount": None if line.list_amount is None else fixed(line.list_amount, places),
        "saved": None if line.saved is None else fixed(line.saved, places),
        "source": offer.source,
        "applied_campaign": None if offer.campaign is None else offer.campaign.campaign,
        "campaign_discount": None if offer.campaign_discount is None else shortest(offer.campaign_discount),
        "customer_discount": shortest(line.customer_discount),
        "applied_price_book": None if price_book is None else price_book.price_book,
        "tax_rate": None if request.tax_rate is None else shortest(request.tax_rate),
        "steps": line.steps,
        "rejected": [{"campaign": campaign, "reason": reason} for campaign, reason in line.rejected],
    }


def _campaigns(lines: Sequence[PricedLine], places: int) -> list[dict[str, str]]:
    """What each applied campaign sold and saved; an unknown saving is left out of the sum."""
    sums: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.campaign is not None:
            net, saved = sums.get(line.campaign.campaign, (0, 0))
            sums[line.campaign.campaign] = (net + line.net, saved + (line.saved or 0))
    return [
        {
            "campaign": campaign,
            "net": checked_text(sums[campaign][0], places),
            "saved": checked_text(sums[campaign][1], places),
        }
        for campaign in sorted(sums, key=natural_key)
    ]


def _warnings(document: Document, lines: Sequence[PricedLine]) -> list[dict[str, Any]]:
    """By line; a line can only warn of the one campaign that is named. Those without a line last."""
    warnings: list[dict[str, Any]] = [
        {"line": index, "campaign": line.warning[0], "reason": line.warning[1]}
        for index, line in enumerate(lines)
        if line.warning is not None
    ]
    named = document.named
    if named is not None and not any(line.campaign is named for line in lines):
        warnings.append({"line": None, "campaign": named.campaign, "reason": "campaign_not_used"})
    term = document.payment_term
    if term is not None and not term.active:
        warnings.append({"line": None, "campaign": None, "reason": "payment_term_inactive"})
    return warnings
