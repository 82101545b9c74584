"""Cases through any face: what each verb of a case file asks of it."""

from __future__ import annotations

import csv
import io
from typing import Any, Protocol

from tests.cases.answers import Refused
from tests.cases.edits import Json
from tests.cases.read import Case
from tests.faces.program import Refusal


class Face(Protocol):
    def ask(self, verb: str, *chunks: str) -> Any:
        """The decoded answer; raises Refusal. The verbs and their chunks are listed in face_engine.cc."""


def ask_case(face: Face, case: Case) -> Json | Refused:
    try:
        return _ASKING[case.verb](face, case)
    except Refusal as refusal:
        return Refused(refusal.code, refusal.subject)


def _price(face: Face, case: Case) -> Json:
    return _json(face.ask("price", case.book_text, case.request_text))


def _check(face: Face, case: Case) -> Json:
    return {
        "problems": [f"{problem['code']} {problem['path']}" for problem in face.ask("check", case.book_text)]
    }


def _hash(face: Face, case: Case) -> Json:
    same = face.ask("hash", case.book_text) == face.ask("hash", str(case.inputs["base"]))
    return {"same": same}


def _settle(face: Face, case: Case) -> Json:
    payments = case.inputs.get("payments", [])
    assert isinstance(payments, list)
    lines = "".join(
        f"{' '.join(str(part) for part in payment)}\n" for payment in payments if isinstance(payment, list)
    )
    return _json(face.ask("settle", case.book_text, case.request_text, lines))


def _allocate(face: Face, case: Case) -> Json:
    weights = case.inputs.get("weights", [])
    assert isinstance(weights, list)
    step = _step(case)
    return {
        "parts": face.ask(
            "allocate", str(case.inputs["amount"]), step, "".join(f"{weight}\n" for weight in weights)
        )
    }


def _step(case: Case) -> str:
    if "step" in case.inputs:
        return str(case.inputs["step"])
    places = {"JPY": 0, "TND": 3}.get(str(case.inputs["currency"]), 2)
    return f"{10**-places:.{places}f}"


def _set_for_all(face: Face, case: Case) -> Json:
    return _json(
        face.ask("set_for_all", case.book_text, str(case.inputs["campaign"]), str(case.inputs["percent"]))
    )


def _round(face: Face, case: Case) -> Json:
    return {"result": face.ask("round", *(str(case.inputs[name]) for name in ("value", "step", "mode")))}


def _decimal(face: Face, case: Case) -> Json:
    inputs = (str(case.inputs.get(name, "")) for name in ("op", "a", "b", "places", "mode"))
    return {"result": face.ask("decimal", *inputs)}


def _orders(face: Face, case: Case) -> Json:
    rows = list(csv.reader(io.StringIO(case.request_text)))
    table = "".join("".join(f"{cell}\x1f" for cell in row) + "\x1e" for row in rows)
    answer = face.ask("orders", case.book_text, table)
    lines, orders = answer["lines"], answer["orders"]
    return {
        "rows": lines,
        "columns": list(lines[0]) if lines else [],
        "orders": orders,
        "order_columns": list(orders[0]) if orders else [],
    }


def _json(answer: Any) -> Json:
    decoded: Json = answer
    return decoded


_ASKING = {
    "price": _price,
    "check": _check,
    "hash": _hash,
    "settle": _settle,
    "allocate": _allocate,
    "set_for_all": _set_for_all,
    "round": _round,
    "decimal": _decimal,
    "orders": _orders,
}
