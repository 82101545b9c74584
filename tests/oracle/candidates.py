"""Which campaigns stay in for a line, and the first reason why each of the others does not."""

from __future__ import annotations

from typing import NamedTuple

from .book import Campaign, Line
from .document import Document
from .list_price import Asked, usable_line


class Candidate(NamedTuple):
    campaign: Campaign
    line: Line


class Judged(NamedTuple):
    """`reasons` maps the number of each rejected campaign to its reason."""

    stayed: list[Candidate]
    reasons: dict[str, str]


def judge(document: Document, asked: Asked) -> Judged:
    judged = Judged([], {})
    standing = document.standing
    for campaign in document.book.campaigns_of.get(asked.item.item, ()):
        number = campaign.campaign
        if number in standing:
            reason = standing[number]
        else:
            reason = standing[number] = _reason_for_document(document, campaign)
        reason = reason or _reason_for_line(document, campaign, asked)
        if reason is None:
            line = usable_line(campaign.lines_of[asked.item.item], asked)
            if line is not None:
                judged.stayed.append(Candidate(campaign, line))
                continue
            reason = _why_no_line(campaign, asked)
        judged.reasons[number] = reason
    return judged


def _reason_for_document(document: Document, campaign: Campaign) -> str | None:
    """The reasons that are the same for every line, which are also the first ones."""
    if not campaign.posted:
        return "not_posted"
    if not campaign.active:
        return "inactive"
    if campaign.status in ("cancelled", "completed"):
        return campaign.status
    if document.moment < campaign.start:
        return "not_started"
    if campaign.end is not None and document.moment > campaign.end:
        return "expired"
    if document.named is not None and document.named is not campaign:
        return "not_named"
    if campaign.code_required and document.by_code is not campaign:
        return "code_required"
    customer = document.request.customer
    if campaign.customer is not None and campaign.customer != customer:
        return "wrong_customer"
    if campaign.members is not None and customer not in campaign.members:
        return "not_in_target_group"
    return None


def _reason_for_line(document: Document, campaign: Campaign, asked: Asked) -> str | None:
    if not campaign.set_price:
        return None if asked.item.discountable else "not_discountable"
    if campaign.currency != asked.currency:
        return "wrong_currency"
    return None if document.tax_mode_of_book else "wrong_tax_mode"


def _why_no_line(campaign: Campaign, asked: Asked) -> str:
    units = {asked.unit, asked.item.unit}
    fitting = any(line.unit in units for line in campaign.lines_of[asked.item.item])
    return "below_quantity" if fitting else "wrong_unit"
