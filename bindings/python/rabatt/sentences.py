"""The words in which prices are explained. Codes stay what they are; these sentences may change."""

from __future__ import annotations

from decimal import Decimal

from rabatt.quote import Payment, Quote, QuoteLine, Warning

#: What is said of a campaign that did not apply, for every reason there is.
REASONS: dict[str, str] = {
    "not_posted": "it is not posted",
    "inactive": "it is not active",
    "cancelled": "it is cancelled",
    "completed": "it is completed",
    "not_started": "it had not begun",
    "expired": "it was over",
    "not_named": "another campaign was asked for",
    "code_required": "it needs its code",
    "wrong_customer": "it is for another customer",
    "not_in_target_group": "it is for a target group that the customer is not in",
    "not_discountable": "it gives a percentage, and the item takes none",
    "wrong_currency": "it sets a price in another currency",
    "wrong_tax_mode": "its price treats tax in another way than the document",
    "wrong_unit": "it has no price or discount for this unit or the base unit",
    "below_quantity": "it begins at a larger quantity",
    "no_list_price": "it gives a percentage, and there is no list price",
    "manual": "what was typed by hand stands above campaigns",
    "not_forced": "another campaign forces its price",
    "customer_discount_is_greater": "the customer's own discount gives a lower price",
    "list_is_lower": "the list price is lower",
    "lower_priority": "another campaign has a higher priority",
    "not_lowest": "another campaign's price goes before it",
    "campaign_not_used": "it was asked for, and no line took it",
    "payment_term_inactive": "the customer's payment term is inactive, so there is none",
}

#: What is said to a line of a campaign that was asked for, where it has nothing to do with the line's item.
NOT_TAKEN = "it was asked for, and this line did not take it"


def number(value: Decimal) -> str:
    """All digits, without an exponent."""
    return f"{value:f}"


def winner(line: QuoteLine) -> list[str]:
    """Who made the price, and what it saves.

    >>> import rabatt
    >>> book = rabatt.Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": 8}}],
    ...                               "customers": [{"customer": "C1", "discount": 5}]})
    >>> winner(rabatt.price(book, {"date": "2026-03-10", "currency": "EUR", "customer": "C1",
    ...                            "lines": [{"item": "TEA", "quantity": 2}]}).lines[0])
    ["The customer's discount of 5 % applies.", 'It saves 0.80 against the list price.']
    """
    return [_source(line), *_list_price(line), *_saving(line)]


def _source(line: QuoteLine) -> str:
    customer = number(line.customer_discount)
    campaign = line.applied_campaign
    if line.source == "manual":
        return _by_hand(line)
    if line.source == "customer":
        return f"The customer's discount of {customer} % applies."
    if line.source == "list":
        return "The list price holds: nothing lowers it."
    if line.campaign_discount is None:
        said = f"Campaign {campaign} sets the price of {number(line.unit_price)}"
        return f"{said}, less the customer's discount of {customer} %." if line.discount else f"{said}."
    said = f"Campaign {campaign} gives {number(line.campaign_discount)} %"
    if line.source == "both":
        return f"{said}, the customer's discount is {customer} %: together {number(line.discount)} %."
    return f"{said}, in the place of the customer's {customer} %." if line.customer_discount else f"{said}."


def _by_hand(line: QuoteLine) -> str:
    if not line.discount:
        return "It was priced by hand."
    percent = number(line.discount)
    if line.unit_price == line.list_price:
        return f"A discount of {percent} % was given by hand."
    return f"It was priced by hand, with {percent} % off."


def _list_price(line: QuoteLine) -> list[str]:
    if line.list_price is None:
        return ["There is no list price."]
    number_of_book = line.applied_price_book
    return [f"The list price is that of price book {number_of_book}."] if number_of_book else []


def _saving(line: QuoteLine) -> list[str]:
    """Of a return it is what the sale had saved."""
    if not line.saved:
        return []
    if (line.saved > 0) == (line.quantity > 0):
        return [f"It saves {number(line.saved.copy_abs())} against the list price."]
    return [f"It is {number(line.saved.copy_abs())} dearer than the list price."]


def warning(warned: Warning) -> str:
    """
    >>> warning(Warning(0, "K1", "expired"))
    'Line 0 does not get campaign K1: it was over.'
    """
    why = REASONS[warned.reason]
    if warned.campaign is None:
        return f"{why[0].upper()}{why[1:]}."
    if warned.line is None:
        return f"Campaign {warned.campaign} does not apply: {why}."
    return f"Line {warned.line} does not get campaign {warned.campaign}: {why}."


def payment(terms: Payment | None) -> list[str]:
    """When to pay how much."""
    if terms is None:
        return []
    said = [f"Payment term {terms.payment_term}: due on {terms.due}."]
    for tier in terms.early:
        discount = f"{number(tier.discount_percent)} % off, that is {number(tier.discount)}"
        said.append(f"Paid by {tier.until}: {discount}, and {number(tier.pay)} to pay.")
    if terms.early and terms.grace_days:
        days = "a day" if terms.grace_days == 1 else f"{terms.grace_days} days"
        said.append(f"Payments {days} late still count as early.")
    return said


def totals(quote: Quote) -> list[tuple[str, Decimal]]:
    """Net, the tax of each rate, and total."""
    taxes = [(f"{number(row.rate)} % tax on {number(row.net)}", row.tax) for row in quote.taxes]
    return [("net", quote.net), *taxes, ("total", quote.total)]
