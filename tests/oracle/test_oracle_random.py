"""Random books and requests: what must hold whatever the rules decide, and a second, naive arithmetic."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from .amounts import Amounts
from .book import Rounders
from .book_reader import check_book, read_book
from .book_shape import ROUND_AT
from .decimals import Dec, as_fraction, parse_decimal
from .faults import OracleError
from .generate import generate
from .order_table import OUTPUT_COLUMNS, price_orders
from .quote import price
from .random_values import STEPS, log_uniform, percent
from .request import DOCUMENT_FIELDS, LINE_FIELDS
from .rounding import MODES, Rounder

SEEDS = range(40)


def naive_round(value: Fraction, step: Fraction, mode: str, digits: int | None) -> Fraction:
    """Rounding by the definition of each mode, with fractions."""
    if digits is not None:
        value = naive_round(value, Fraction(1, 10**digits), mode, None)
    size = abs(value) / step
    below = size.numerator // size.denominator
    rest = size - below
    up = {
        "half_up": rest >= Fraction(1, 2),
        "half_down": rest > Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1),
    }.get(mode, mode in ("up", "ceiling") and rest > 0)
    return (below + up) * step * (-1 if value < 0 else 1)


def dec(text: str) -> Dec:
    parsed = parse_decimal(text)
    assert parsed is not None
    return parsed


def test_amounts_against_fractions() -> None:
    rng = Random("amounts")
    for _ in range(3000):
        mode, digits = rng.choice(MODES), rng.choice((None, None, 0, 1, 3))
        step, unit_step = rng.choice(STEPS), rng.choice(STEPS)
        rounders = Rounders(Rounder(dec(step), mode, digits), Rounder(dec(unit_step), mode, digits))
        round_at = rng.choice(ROUND_AT)
        q_text, u_text, d_text = log_uniform(rng), log_uniform(rng), percent(rng)
        gross, net = Amounts(rounders, round_at).gross_and_net(dec(q_text), dec(u_text), dec(d_text))
        q, u, d = Fraction(q_text), Fraction(u_text), Fraction(d_text)

        def r(value: Fraction, to: str = step, mode: str = mode, digits: int | None = digits) -> Fraction:
            return naive_round(value, Fraction(to), mode, digits)

        full = r(q * u)
        wanted = {
            "line_discount": full - r(full * d / 100),
            "line_net": r(q * u * (1 - d / 100)),
            "unit_discount": r(q * (u - r(u * d / 100, unit_step))),
            "unit_net": r(q * r(u * (1 - d / 100), unit_step)),
        }[round_at]
        wanted = full if d == 0 else Fraction(0) if d == 100 else min(max(wanted, Fraction(0)), full)
        places = rounders.amount.places
        assert (as_fraction(Dec(gross, places)), as_fraction(Dec(net, places))) == (full, wanted)


def quotes(seed: int) -> list[tuple[str, dict[str, Any]]]:
    case = generate(seed, faulty_requests=0, faulty_books=0, tables=0)
    book = read_book(case.book)
    found = []
    for request in case.requests:
        try:
            found.append((request, price(book, request)))
        except OracleError:
            continue
    return found


def total_of(texts: list[Any]) -> Fraction:
    return sum((Fraction(text) for text in texts if text is not None), Fraction(0))


def replayed(line: dict[str, Any]) -> Fraction:
    """The net again, from the steps alone."""
    quantity = Fraction(line["quantity"])
    now, what = Fraction(0), "unit_price"
    for step in line["steps"]:
        if step["what"] != what:
            now, what = now * quantity, step["what"]
        assert step["before"] is None or Fraction(step["before"]) == now
        assert step["before"] != step["after"]
        now = Fraction(step["after"])
    return now * quantity if what == "unit_price" else now


@pytest.mark.parametrize("seed", SEEDS)
def test_what_always_holds(seed: int) -> None:
    for request, quote in quotes(seed):
        for line in quote["lines"]:
            gross, net = Fraction(line["gross"]), Fraction(line["net"])
            assert gross - net == Fraction(line["discount_amount"])
            assert abs(net) <= abs(gross) and net * gross >= 0
            assert json.loads(request).get("explain") is False or replayed(line) == net
            assert line["applied_campaign"] not in [entry["campaign"] for entry in line["rejected"]]
        contained = total_of([Fraction(row["base"]) - Fraction(row["net"]) for row in quote["taxes"]])
        assert Fraction(quote["net"]) == total_of([line["net"] for line in quote["lines"]]) - contained
        assert Fraction(quote["tax"]) == total_of([row["tax"] for row in quote["taxes"]])
        assert Fraction(quote["total"]) == Fraction(quote["net"]) + Fraction(quote["tax"])
        payment = quote["payment"] or {"early": [], "shares": []}
        for tier, shares in zip(payment["early"], payment["shares"], strict=True):
            assert Fraction(tier["pay"]) == Fraction(quote["total"]) - Fraction(tier["discount"])
            assert Fraction(tier["pay"]) == Fraction(tier["net"]) + Fraction(tier["tax"])
            assert total_of([row["tax"] for row in tier["taxes"]]) == Fraction(tier["tax"])
            assert total_of(shares) == (Fraction(tier["discount"]) if shares else 0)
        assert "-0" not in [line[name] for line in quote["lines"] for name in ("net", "gross", "saved")]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_return_mirrors_its_sale(seed: int) -> None:
    case = generate(seed, faulty_requests=0, faulty_books=0, tables=0)
    book = read_book(case.book)
    for request in case.requests:
        tree = json.loads(request, parse_int=str)
        mirrored = copy.deepcopy(tree)
        for line in mirrored["lines"]:
            line["quantity"] = line["quantity"][1:] if line["quantity"][0] == "-" else "-" + line["quantity"]
        try:
            one, other = price(book, json.dumps(tree)), price(book, json.dumps(mirrored))
        except OracleError:
            continue
        for a, b in zip(one["lines"], other["lines"], strict=True):
            assert (Fraction(a["net"]), a["rejected"]) == (-Fraction(b["net"]), b["rejected"])
        assert Fraction(one["total"]) == -Fraction(other["total"])


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_books_build_and_faulty_ones_never_surprise(seed: int) -> None:
    case = generate(seed)
    assert check_book(case.book) == []
    book = read_book(case.book)
    for request in case.faulty_requests:
        try:
            price(book, request)
        except OracleError as error:
            assert error.code
    for text in case.faulty_books:
        found = check_book(text)
        assert found == sorted(found, key=lambda problem: (problem["path"], problem["code"]))
        if not found:
            for request in case.requests[:4]:
                try:
                    price(read_book(text), request)
                except OracleError as error:
                    assert error.code != "invalid_value"


def request_of(rows: list[dict[str, str]]) -> str:
    """The request that an order's rows amount to: the first text of each document field."""
    document: dict[str, Any] = {"explain": False}
    for name in DOCUMENT_FIELDS:
        texts = [row[name] for row in rows if row.get(name)]
        if texts:
            document[name] = texts[0]
    if "prices_include_tax" in document:
        document["prices_include_tax"] = document["prices_include_tax"].lower() in ("true", "1")
    document["lines"] = [{name: row[name] for name in LINE_FIELDS if row.get(name)} for row in rows]
    return json.dumps(document)


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_agree_with_requests(seed: int) -> None:
    """Each good document of a table comes out as its request would."""
    case = generate(seed, tables=6)
    book = read_book(case.book)
    for columns, rows in case.tables:
        rows_out, orders_out = price_orders(book, columns, rows)
        rows_in = [dict(zip(columns, row, strict=True)) for row in rows]
        for order in orders_out:
            places = [index for index, row in enumerate(rows_in) if row["order"] == order["order"]]
            members = [rows_out[index] for index in places]
            assert order["status"] == next((row["status"] for row in members if row["status"] != "ok"), "ok")
            if order["status"] != "ok":
                continue
            quote = price(book, request_of([rows_in[index] for index in places]))
            assert (order["net"], order["total"]) == (quote["net"], quote["total"])
            for member, line in zip(members, quote["lines"], strict=True):
                assert all(member[name] == (line[name] or "") for name in OUTPUT_COLUMNS[1:])


def test_the_same_seed_gives_the_same_case() -> None:
    assert generate(7) == generate(7)
    assert generate(7) != generate(8)
