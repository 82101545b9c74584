"""The stub of _rabatt says what the module has, argument by argument."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import rabatt
from rabatt import _rabatt

PACKAGE = Path(rabatt.__file__).parent
STUB = ast.parse((PACKAGE / "_rabatt.pyi").read_text(encoding="utf-8"))

CLASSES = {"ArrowPricer", "BatchPricer", "Book", "ScatteredOrders", "Store", "Transaction"}


def signature_of_stub(function: ast.FunctionDef) -> str:
    copied = ast.FunctionDef(function.name, function.args, [ast.Pass()], [], function.returns, lineno=1)
    return ast.unparse(ast.fix_missing_locations(copied)).splitlines()[0]


def signature_of_module(function: Any) -> str:
    """pybind11 writes it into the first line of the docstring."""
    said = str(function.__doc__).splitlines()[0].replace("rabatt._rabatt.", "")
    said = re.sub(r"self: \w+", "self", said).replace("typing.SupportsInt | typing.SupportsIndex", "int")
    (parsed,) = ast.parse(f"def {said}: pass").body
    assert isinstance(parsed, ast.FunctionDef)
    return signature_of_stub(parsed)


def public(names: Any) -> set[str]:
    return {name for name in names if not name.startswith("_")}


def test_functions() -> None:
    functions = {node.name: node for node in STUB.body if isinstance(node, ast.FunctionDef)}
    values = {
        node.target.id
        for node in STUB.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    assert public(dir(_rabatt)) == functions.keys() | values | CLASSES
    for name, function in functions.items():
        assert signature_of_stub(function) == signature_of_module(getattr(_rabatt, name))
    assert all(isinstance(getattr(_rabatt, value), str) for value in values)


@pytest.mark.parametrize("name", ["Book", "Store", "Transaction"])
def test_classes(name: str) -> None:
    (stub,) = (node for node in STUB.body if isinstance(node, ast.ClassDef) and node.name == name)
    methods = {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}
    decorated = {node.name: [ast.unparse(each) for each in node.decorator_list] for node in methods.values()}
    properties = {name for name, decorators in decorated.items() if "property" in decorators}
    found = getattr(_rabatt, name)
    assert public(dir(found)) == methods.keys()
    for method in methods.keys() - properties:
        assert signature_of_stub(methods[method]) == signature_of_module(getattr(found, method))
    assert all(isinstance(getattr(found, each), property) for each in properties)


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_versions() -> None:
    assert rabatt.__version__ == _rabatt.version
    assert rabatt.currency_edition == _rabatt.currency_edition
    assert len(rabatt.currency_edition) == len("2026-01-01")


def test_everything_public_is_there() -> None:
    assert rabatt.__all__ == sorted(rabatt.__all__)
    assert dir(rabatt) == rabatt.__all__  # not the modules that the names come from
    assert all(hasattr(rabatt, name) for name in rabatt.__all__)
