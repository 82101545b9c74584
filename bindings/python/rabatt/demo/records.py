"""The shop as records: what is in `shop.yaml`, put into a store by its verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rabatt.book import Book
from rabatt.demo import book_path
from rabatt.store import Campaign, StoreView

__all__ = ["COMPANY", "SHOWN", "add_campaign", "add_shop", "has_shop"]

#: What the company of the shop is called: by this a store is known again.
COMPANY = "The shop of rabatt demo"

#: The campaign that `add_shop` leaves out: it is shown how one is added and posted.
SHOWN = "CMP-26-03"

_PLAN = {"budget": "1200", "recipients": 26, "responses": 9}
_GROUPS = {"SCHOOLS": "Schools and canteens", "TEA-ROOMS": "Tea rooms and shops"}


def has_shop(store: StoreView) -> bool:
    return store.settings.get().company_name == COMPANY


def add_shop(store: StoreView) -> None:
    """Everything that is in the book but one campaign, in one transaction."""
    content = Book.load(book_path()).to_dict()
    with store.transaction():
        store.settings.save(store.settings.get(), company_name=COMPANY, **content["policy"])
        for item in content["items"]:
            store.items.add(_numbered(item, "item"))
        _add_customers(store, content)
        for price_book in content["price_books"]:
            store.price_books.add(_numbered(price_book, "price_book"))
        for group in content["target_groups"]:
            number = group["target_group"]
            store.target_groups.add(number=number, name=_GROUPS[number], visibility="read")
            for member in group["members"]:
                store.members.add(target_group=number, party=member)
        for campaign in content["campaigns"]:
            if campaign["campaign"] != SHOWN:
                _add_campaign(store, campaign)


def add_campaign(store: StoreView) -> Campaign:
    """The one that is left; it is posted by its verb."""
    campaigns = Book.load(book_path()).to_dict()["campaigns"]
    (shown,) = (campaign for campaign in campaigns if campaign["campaign"] == SHOWN)
    return _added(store, shown | {"plan": _PLAN})


def _add_customers(store: StoreView, content: Mapping[str, Any]) -> None:
    customers = content["customers"]
    for organisation in sorted({each["organisation"] for each in customers if each.get("organisation")}):
        store.organisations.add(number=organisation, name=organisation.replace("-", " ").title())
    for term in content["payment_terms"]:
        store.payment_terms.add(_numbered(term, "payment_term"))
    for customer in customers:
        store.parties.add(_numbered(customer, "customer"), is_customer=True)


def _add_campaign(store: StoreView, campaign: Mapping[str, Any]) -> None:
    added = _added(store, campaign)
    if campaign["posted"]:
        store.campaigns.post(added)


def _added(store: StoreView, campaign: Mapping[str, Any]) -> Campaign:
    """What was planned is what is."""
    content = _numbered(campaign, "campaign")
    del content["posted"]
    begin = campaign.get("valid_from", campaign["date"])
    return store.campaigns.add(content, planned_start=begin, planned_end=campaign.get("valid_until"))


def _numbered(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A record of an entry of a book: what names it there is its number."""
    return {"number": content[name]} | {word: value for word, value in content.items() if word != name}
