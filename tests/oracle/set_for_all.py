"""Change % and Set for all: one shot over the lines of a campaign, always from the list price."""

from __future__ import annotations

from typing import Any

from .amounts import discounted
from .book import Book, Campaign, Line
from .decimals import HUNDRED, ONE, Dec, compare, parse_decimal, places_of_value, shortest, value_fits
from .faults import OracleError
from .field_readers import PERCENT_PLACES
from .list_price import Asked, list_price


def set_for_all(book: Book, campaign: str, percent: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines as they become, and a report of those left alone."""
    known = book.campaigns.get(campaign)
    if known is None:
        raise OracleError("unknown_campaign", f"campaign {campaign}")
    change = _percent(percent, negative_allowed=known.set_price)
    lines, report = [], []
    for index, line in enumerate(known.lines):
        value: Dec | None = change
        if known.set_price:
            value = _new_price(book, known, line, change)
            if value is None:
                value = line.value
                report.append({"line": index, "item": line.item, "code": "no_base_price"})
            elif not value_fits(value):
                raise OracleError("overflow", f"lines[{index}].item {line.item}")
        lines.append(
            {
                "item": line.item,
                "unit": line.unit,
                "price" if known.set_price else "discount": None if value is None else shortest(value),
                "quantity_min": shortest(line.quantity_min),
            }
        )
    return lines, report


def _percent(text: str, negative_allowed: bool) -> Dec:
    percent = parse_decimal(text)
    if percent is None:
        raise OracleError("invalid_decimal", f"percent {text}" if text else "percent")
    size = Dec(abs(percent.mantissa), percent.places)
    fits = compare(size, HUNDRED) <= 0 and places_of_value(percent) <= PERCENT_PLACES
    if not fits or (percent.mantissa < 0 and not negative_allowed):
        raise OracleError("invalid_discount", f"percent {text}")
    return percent


def _new_price(book: Book, campaign: Campaign, line: Line, change: Dec) -> Dec | None:
    """Ru(list·(1 - percent/100)); None without a list price."""
    item = book.items.get(line.item)
    # A draft may be incomplete; what it lacks has no list price.
    if item is None or line.unit is None or campaign.currency is None:
        return None
    factor = item.factor(line.unit)
    if factor is None or not book.knows_currency(campaign.currency):
        return None
    customer = book.customers.get(campaign.customer) if campaign.customer else None
    listed = list_price(
        book,
        Asked(
            item=item,
            unit=line.unit,
            factor=factor,
            quantity=line.quantity_min if compare(line.quantity_min, ONE) > 0 else ONE,
            currency=campaign.currency,
            moment=campaign.date.start(),
            customer=campaign.customer,
            organisation=customer.organisation if customer else None,
        ),
    )
    if listed is None:
        return None
    return book.rounders(campaign.currency).unit.decimal(discounted(listed.value, change))
