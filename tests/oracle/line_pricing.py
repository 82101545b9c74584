"""One line of a document, priced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .book import Campaign, Item
from .candidates import Candidate, judge
from .choice import Offer, choose
from .decimals import ONE, ZERO, Dec, amount_fits, value_fits
from .document import Document
from .faults import OracleError
from .identifiers import natural_key
from .list_price import Asked, ListPrice, asked_by_line, list_price
from .request import RequestLine
from .steps import explain


@dataclass(slots=True)
class PricedLine:
    """Amounts are mantissas at the places of the amount step, with the sign of the quantity."""

    request: RequestLine
    unit: str
    listed: ListPrice | None
    offer: Offer
    customer_discount: Dec
    gross: int
    net: int
    unit_net: Dec
    list_amount: int | None
    saved: int | None
    rejected: list[tuple[str, str]]  # campaign, reason; natural order
    warning: tuple[str, str] | None  # the named campaign and why it does not qualify
    steps: list[dict[str, Any]]

    @property
    def campaign(self) -> Campaign | None:
        return self.offer.campaign


def price_line(document: Document, index: int, line: RequestLine) -> PricedLine:
    subject = f"lines[{index}].item {line.item}"
    item = document.book.items.get(line.item)
    if item is None:
        raise OracleError("unknown_item", subject)
    unit = line.unit or item.unit
    factor = item.factor(unit)
    if factor is None:
        raise OracleError("unknown_unit", f"lines[{index}].unit {unit}")
    size = Dec(abs(line.quantity.mantissa), line.quantity.places)
    # Choices for 0 are made as for 1.
    asked = asked_by_line(document, item, unit, factor, size if size.mantissa else ONE)
    if line.list_price is not None:
        listed: ListPrice | None = ListPrice(line.list_price, None, line.list_price, False)
    else:
        listed = list_price(document.book, asked)
    k = _customer_discount(document, item)
    stayed, reasons = judge(document, asked)
    warning = _warning(document, reasons)
    if listed is None:
        stayed = _without_list_price(line, stayed, reasons, subject)
    offer = _offer(document, line, asked, listed, k, stayed, reasons)
    priced = _amounts(document, line, size, unit, listed, offer, k)
    priced.warning = warning
    if not _fits(priced):
        raise OracleError("overflow", subject)
    if document.request.explain:
        priced.rejected = sorted(reasons.items(), key=lambda pair: natural_key(pair[0]))
        priced.steps = explain(
            document.amounts,
            listed,
            line.quantity,
            offer.price,
            "manual" if offer.source == "manual" else "set_price",
            offer.discount,
            offer.discount_step,
        )
    return priced


def _customer_discount(document: Document, item: Item) -> Dec:
    return document.customer_discount if item.discountable else ZERO


def _warning(document: Document, reasons: dict[str, str]) -> tuple[str, str] | None:
    """Why the named campaign does not qualify; taken before a choice adds the reasons of losers."""
    if document.named is None or document.named.campaign not in reasons:
        return None
    return document.named.campaign, reasons[document.named.campaign]


def _without_list_price(
    line: RequestLine, stayed: list[Candidate], reasons: dict[str, str], subject: str
) -> list[Candidate]:
    """Only a price typed by hand or a set price can price such a line."""
    set_prices = [candidate for candidate in stayed if candidate.campaign.set_price]
    if line.manual_price is None and (line.manual_discount is not None or not set_prices):
        raise OracleError("no_price", subject)
    for candidate in stayed:
        if not candidate.campaign.set_price:
            reasons[candidate.campaign.campaign] = "no_list_price"
    return set_prices


def _offer(
    document: Document,
    line: RequestLine,
    asked: Asked,
    listed: ListPrice | None,
    k: Dec,
    stayed: list[Candidate],
    reasons: dict[str, str],
) -> Offer:
    value = None if listed is None else listed.value
    if line.manual_price is None and line.manual_discount is None:
        offer = choose(stayed, reasons, value, k, asked, document.amounts)
        assert offer is not None
        return offer
    for candidate in stayed:
        reasons[candidate.campaign.campaign] = "manual"
    price = value if line.manual_price is None else line.manual_price
    assert price is not None
    return Offer(None, price, line.manual_discount or ZERO, "manual", "manual")


def _amounts(
    document: Document,
    line: RequestLine,
    size: Dec,
    unit: str,
    listed: ListPrice | None,
    offer: Offer,
    k: Dec,
) -> PricedLine:
    gross, net = document.amounts.gross_and_net(size, offer.price, offer.discount)
    list_amount = None if listed is None else document.amounts.product(size, listed.value)
    if line.quantity.mantissa < 0:
        gross, net = -gross, -net
        list_amount = None if list_amount is None else -list_amount
    return PricedLine(
        request=line,
        unit=unit,
        listed=listed,
        offer=offer,
        customer_discount=k,
        gross=gross,
        net=net,
        unit_net=document.amounts.unit_net(offer.price, offer.discount),
        list_amount=list_amount,
        saved=None if list_amount is None else list_amount - net,
        rejected=[],
        warning=None,
        steps=[],
    )


def _fits(priced: PricedLine) -> bool:
    """Every price, percentage and amount that the quote shows."""
    values = [priced.offer.price, priced.offer.discount, priced.unit_net]
    if priced.listed is not None:
        values.append(priced.listed.value)
    amounts = (priced.gross, priced.gross - priced.net, priced.net, priced.list_amount, priced.saved)
    return all(value_fits(value) for value in values) and all(
        amount is None or amount_fits(amount) for amount in amounts
    )
