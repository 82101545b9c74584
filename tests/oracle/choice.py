"""What each campaign offers, and which offer the line takes."""

from __future__ import annotations

from typing import NamedTuple

from .amounts import Amounts, exact_worth
from .book import Campaign
from .candidates import Candidate
from .decimals import HUNDRED, ZERO, Dec, add, at_places, compare, on_one_scale
from .list_price import Asked, converted


class Offer(NamedTuple):
    campaign: Campaign | None
    price: Dec
    discount: Dec
    source: str
    discount_step: str  # the name of the discount's step in an explanation
    campaign_discount: Dec | None = None


def no_campaign(list_price: Dec, k: Dec) -> Offer:
    source = "customer" if k.mantissa else "list"
    return Offer(None, list_price, k, source, "customer_discount")


def compounded(k: Dec, p: Dec) -> Dec:
    """100 - (100 - k)(100 - p)/100, exact"""
    kept = (at_places(HUNDRED, k.places) - k.mantissa) * (at_places(HUNDRED, p.places) - p.mantissa)
    places = k.places + p.places + 2
    return Dec(at_places(HUNDRED, places) - kept, places)


def offer_of(candidate: Candidate, list_price: Dec | None, k: Dec, asked: Asked) -> Offer | None:
    """None for a `greater` campaign that the customer's own discount beats."""
    campaign, line = candidate
    value = line.value
    assert value is not None
    if campaign.set_price:
        used = k if campaign.allow_customer_discount else ZERO
        source = "both" if used.mantissa else "campaign"
        return Offer(campaign, converted(value, line.unit, asked), used, source, "customer_discount")
    assert list_price is not None
    if campaign.combine == "greater":
        if compare(value, k) < 0:
            return None
        return Offer(campaign, list_price, value, "campaign", "campaign_discount", value)
    if campaign.combine == "add":
        total = add(k, value)
        if compare(total, HUNDRED) > 0:
            total = HUNDRED
    else:
        total = compounded(k, value)
    if k.mantissa and value.mantissa:
        return Offer(campaign, list_price, total, "both", "combined_discount", value)
    if k.mantissa:
        return Offer(campaign, list_price, total, "customer", "customer_discount", value)
    return Offer(campaign, list_price, total, "campaign", "campaign_discount", value)


class _Ranked(NamedTuple):
    """An offer with what compares it: net first, then the exact value (on one scale for all)."""

    net: int
    worth: int
    offer: Offer


def choose(
    stayed: list[Candidate],
    reasons: dict[str, str],
    list_price: Dec | None,
    k: Dec,
    asked: Asked,
    amounts: Amounts,
) -> Offer | None:
    """The offer the line takes; the reasons of the campaigns that lose are added to `reasons`.

    None when there is neither a campaign nor a list price.
    """
    forced = any(candidate.campaign.force_price for candidate in stayed)
    offers = []
    for candidate in stayed:
        if forced and not candidate.campaign.force_price:
            reasons[candidate.campaign.campaign] = "not_forced"
            continue
        offer = offer_of(candidate, list_price, k, asked)
        if offer is None:
            reasons[candidate.campaign.campaign] = "customer_discount_is_greater"
        else:
            offers.append(offer)
    plain = None if list_price is None else no_campaign(list_price, k)
    if not offers:
        return plain
    ranked = _ranked(offers if plain is None else [*offers, plain], asked.quantity, amounts)
    if plain is not None:
        bar = ranked.pop()
        if not forced:
            reason = "customer_discount_is_greater" if k.mantissa else "list_is_lower"
            not_dearer = [(r.net, r.worth) <= (bar.net, bar.worth) for r in ranked]
            ranked = _keep(ranked, not_dearer, reason, reasons)
    if not ranked:
        return plain
    highest = max(_campaign(r).priority for r in ranked)
    ranked = _keep(ranked, [_campaign(r).priority == highest for r in ranked], "lower_priority", reasons)
    best = ranked[0]
    for other in ranked[1:]:
        if _beats(other, best):
            best = other
    _keep(ranked, [r is best for r in ranked], "not_lowest", reasons)
    return best.offer


def _ranked(offers: list[Offer], quantity: Dec, amounts: Amounts) -> list[_Ranked]:
    worths = on_one_scale(exact_worth(offer.price, offer.discount) for offer in offers)
    return [
        _Ranked(amounts.gross_and_net(quantity, offer.price, offer.discount)[1], worth, offer)
        for offer, worth in zip(offers, worths, strict=True)
    ]


def _campaign(ranked: _Ranked) -> Campaign:
    assert ranked.offer.campaign is not None
    return ranked.offer.campaign


def _keep(ranked: list[_Ranked], stays: list[bool], reason: str, reasons: dict[str, str]) -> list[_Ranked]:
    for entry, stay in zip(ranked, stays, strict=True):
        if not stay:
            reasons[_campaign(entry).campaign] = reason
    return [entry for entry, stay in zip(ranked, stays, strict=True) if stay]


def _beats(a: _Ranked, b: _Ranked) -> bool:
    if (a.net, a.worth) != (b.net, b.worth):
        return (a.net, a.worth) < (b.net, b.worth)
    first, second = _campaign(a), _campaign(b)
    if first.first_day != second.first_day:
        return first.first_day > second.first_day
    return first.natural > second.natural
