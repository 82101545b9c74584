"""The fields of a book, one reader each: everything that is a matter of a single field."""

from __future__ import annotations

from .field_readers import (
    INT32_MAX,
    boolean,
    code,
    date,
    decimal,
    discount,
    identifier,
    integer,
    not_negative,
    one_of,
    positive,
    price,
    text,
)
from .rounding import MODES
from .shapes import CAMPAIGN_LINES_LIMIT, Shape, list_of, map_of

ROUND_AT = ("line_discount", "line_net", "unit_discount", "unit_net")

_name = identifier("limit_exceeded")
_discount = decimal(discount)
_price = decimal(price)
_step = decimal(positive)
_quantity_min = decimal(not_negative)
_days = integer(0, INT32_MAX)

_steps = Shape(amount=_step, unit=_step)

_policy = Shape(
    rounding=one_of(*MODES),
    round_at=one_of(*ROUND_AT),
    intermediate_digits=integer(0, 38),
    currencies=map_of(_steps, _name),
    price_choice=one_of("latest", "lowest"),
    early_payment_tax=one_of("included", "excluded", "mixed"),
    prices_include_tax=boolean,
)

_item = Shape(
    item=_name,
    name=text,
    kind=one_of("inventory", "non_inventory", "fixed_asset", "service"),
    unit=_name,
    units=map_of(decimal(positive), _name),
    prices=map_of(_price),
    category=text,
    cost=map_of(_price),
    discountable=boolean,
).requires("item")

_price_book_line = Shape(item=_name, unit=_name, price=_price, quantity_min=_quantity_min).requires("item")

_price_book = Shape(
    price_book=_name,
    name=text,
    active=boolean,
    type=one_of("generic", "organisation", "account"),
    currency=_name,
    valid_from=date,
    valid_until=date,
    discount=_discount,
    override_customer_prices=boolean,
    accounts=list_of(_name),
    organisations=list_of(_name),
    prices=list_of(_price_book_line),
).requires("price_book", "currency")

_customer = Shape(
    customer=_name, name=text, discount=_discount, organisation=_name, payment_term=_name
).requires("customer")

_target_group = Shape(target_group=_name, members=list_of(_name)).requires("target_group")

_campaign_line = Shape(
    item=_name, unit=_name, price=_price, discount=_discount, quantity_min=_quantity_min
).requires("item")

_campaign = Shape(
    campaign=_name,
    name=text,
    code=code("limit_exceeded"),
    posted=boolean,
    active=boolean,
    status=one_of("planned", "active", "completed", "cancelled"),
    pricing_type=one_of("set_price", "set_discount"),
    combine=one_of("greater", "add", "compound"),
    currency=_name,
    date=date,
    valid_from=date,
    valid_until=date,
    customer=_name,
    target_group=_name,
    priority=integer(-INT32_MAX - 1, INT32_MAX),
    code_required=boolean,
    allow_customer_discount=boolean,
    force_price=boolean,
    lines=list_of(_campaign_line, CAMPAIGN_LINES_LIMIT),
).requires("campaign", "name", "pricing_type", "date")

_tier = Shape(days=_days, discount=_discount).requires("days", "discount")

_payment_term = Shape(
    payment_term=_name,
    name=text,
    active=boolean,
    net_days=_days,
    end_of_month=boolean,
    grace_days=_days,
    early=list_of(_tier),
).requires("payment_term", "net_days")

BOOK_SHAPE = Shape(
    policy=_policy,
    items=list_of(_item),
    price_books=list_of(_price_book),
    customers=list_of(_customer),
    target_groups=list_of(_target_group),
    campaigns=list_of(_campaign),
    payment_terms=list_of(_payment_term),
)
