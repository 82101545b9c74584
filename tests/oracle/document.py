"""What all lines of a document share, and the errors a document can have before its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from .amounts import Amounts
from .book import Book, Campaign, Customer, PaymentTerm
from .dates import Date, parse_date
from .decimals import ZERO, Dec
from .faults import OracleError, subject_of
from .identifiers import folded_code
from .request import Request


@dataclass(slots=True)
class Document:
    book: Book
    request: Request
    date: Date
    moment: int
    customer: Customer | None
    organisation: str | None
    named: Campaign | None
    by_code: Campaign | None
    payment_term: PaymentTerm | None
    term_is_named: bool
    prices_include_tax: bool
    tax_mode_of_book: bool  # the request's tax mode is the book's
    amounts: Amounts
    # Reasons that depend on the document alone, once per campaign.
    standing: dict[str, str | None] = field(default_factory=dict)

    @property
    def customer_discount(self) -> Dec:
        return self.customer.discount if self.customer else ZERO


def open_document(book: Book, request: Request) -> Document:
    if not book.knows_currency(request.currency):
        raise OracleError("unknown_currency", subject_of("currency", request.currency))
    customer = None
    if request.customer is not None:
        customer = book.customers.get(request.customer)
        if customer is None:
            raise OracleError("unknown_customer", f"customer {request.customer}")
    date = parse_date(request.date)
    assert date is not None  # the shape has been checked
    by_number, by_code = _named(book, request, date.start())
    term_name = request.payment_term or (customer.payment_term if customer else None)
    term = book.payment_terms.get(term_name) if term_name is not None else None
    if request.payment_term is not None and (term is None or not term.active):
        raise OracleError("unknown_payment_term", f"payment_term {request.payment_term}")
    include = book.policy.prices_include_tax
    if request.prices_include_tax is not None:
        include = request.prices_include_tax
    same_mode = include == book.policy.prices_include_tax
    if not same_mode and any(line.list_price is None and line.manual_price is None for line in request.lines):
        raise OracleError("tax_mode_mismatch", f"prices_include_tax {'true' if include else 'false'}")
    return Document(
        book=book,
        request=request,
        date=date,
        moment=date.start(),
        customer=customer,
        organisation=request.organisation or (customer.organisation if customer else None),
        named=by_number or by_code,
        by_code=by_code,
        payment_term=term,
        term_is_named=request.payment_term is not None,
        prices_include_tax=include,
        tax_mode_of_book=same_mode,
        amounts=Amounts(book.rounders(request.currency), book.policy.round_at),
    )


def _named(book: Book, request: Request, moment: int) -> tuple[Campaign | None, Campaign | None]:
    """The campaigns the request names by number and by code."""
    by_number = by_code = None
    if request.campaign is not None:
        by_number = book.campaigns.get(request.campaign)
        if by_number is None:
            raise OracleError("unknown_campaign", f"campaign {request.campaign}")
    if request.code is not None:
        by_code = book.codes.get(folded_code(request.code))
        if by_code is None:
            raise OracleError("unknown_code", f"code {request.code}")
        if not in_window(moment, by_code.start, by_code.end):
            raise OracleError("code_expired", f"code {request.code}")
        if by_number is not None and by_number is not by_code:
            raise OracleError("campaign_and_code", f"code {request.code}")
    return by_number, by_code


def in_window(moment: int, start: int, end: int | None) -> bool:
    """Both ends inclusive; a blank end is open."""
    return start <= moment and (end is None or moment <= end)
