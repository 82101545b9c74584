"""Data frames of four libraries: the same prices, in the kind of frame that came in."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from rabatt import Book, Error, price_orders

from tests.oracle.generate import generate
from tests.python.order_samples import BOOK, NET, ORDER_RESULTS, ORDERS, RESULTS, STATUS

CONNECTION = duckdb.connect()


class OnlyCapsules:
    """A table of some other library."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


class OnlyOneBatch:
    """The other half of the interface."""

    def __init__(self, table: pa.Table) -> None:
        (self.batch,) = table.combine_chunks().to_batches()

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self.batch.__arrow_c_array__(requested_schema)


def relation(table: pa.Table) -> duckdb.DuckDBPyRelation:
    return CONNECTION.from_arrow(table)


MAKERS: dict[str, Callable[[pa.Table], Any]] = {
    "pandas": lambda table: table.to_pandas(),
    "pandas_of_arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.DataFrame,
    "pyarrow": lambda table: table,
    "duckdb": relation,
    "capsules": OnlyCapsules,
    "one_capsule": OnlyOneBatch,
    "record_batch": lambda table: table.combine_chunks().to_batches()[0],
}
KINDS = {
    "pandas": pd.DataFrame,
    "pandas_of_arrow": pd.DataFrame,
    "polars": pl.DataFrame,
    "duckdb": duckdb.DuckDBPyRelation,
}


def arrow(frame: Any) -> pa.Table:
    """With all index columns of pandas left out."""
    if isinstance(frame, pd.DataFrame):
        return pa.Table.from_pandas(frame, preserve_index=False)
    return pa.table(frame)


def columns(frame: Any) -> dict[str, list[Any]]:
    cells: dict[str, list[Any]] = arrow(frame).to_pydict()
    return cells


def orders(**changed: Any) -> pa.Table:
    return pa.table(ORDERS | changed)


def status(table: pa.Table, **options: Any) -> list[Any]:
    return columns(price_orders(BOOK, table, **options).lines)["status"]


def refusal(frame: Any, **options: Any) -> str:
    with pytest.raises(Error) as refused:
        price_orders(BOOK, frame, **options)
    return str(refused.value)


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_kind_comes_out(name: str) -> None:
    frame = MAKERS[name](orders())
    priced = price_orders(BOOK, frame)
    assert isinstance(priced.lines, KINDS.get(name, pa.Table))
    assert isinstance(priced.orders, KINDS.get(name, pa.Table))
    lines, by_order = columns(priced.lines), columns(priced.orders)
    assert list(lines) == [*ORDERS, *RESULTS]
    assert list(by_order) == ORDER_RESULTS
    assert lines["status"] == STATUS
    assert lines["net"] == [net and Decimal(net) for net in NET]
    assert (by_order["order"], by_order["total"]) == (["7", "8"], [Decimal("40.74"), None])
    assert by_order["warnings"][0] == 0
    assert lines["note"] == ORDERS["note"]


@pytest.mark.parametrize("name", ["polars", "pyarrow", "duckdb"])
def test_types_of_the_results(name: str) -> None:
    priced = price_orders(BOOK, MAKERS[name](orders()))
    lines, by_order = arrow(priced.lines).schema, arrow(priced.orders).schema
    assert priced.places == 3
    for column in (
        "list_price",
        "unit_price",
        "gross",
        "discount_amount",
        "net",
        "unit_net",
        "list_amount",
        "saved",
    ):
        assert lines.field(column).type == pa.decimal128(38, 3)
    assert lines.field("discount").type == pa.decimal128(38, 12)
    for column in ("net", "tax", "total", "early_discount", "early_pay"):
        assert by_order.field(column).type == pa.decimal128(38, 3)
    assert by_order.field("warnings").type == pa.int64()
    texts = (pa.string(), pa.large_string(), pa.string_view())
    for column in ("status", "source", "applied_campaign", "applied_price_book"):
        assert lines.field(column).type in texts
    assert by_order.field("early_until").type in texts


def test_decimals_of_pandas_can_be_computed_with() -> None:
    lines = price_orders(BOOK, orders().to_pandas()).lines
    assert lines["net"].dropna().sum() == Decimal("43.71")
    assert (lines["gross"] - lines["discount_amount"])[0] == lines["net"][0] == Decimal("25.47")


def test_the_relation_is_of_the_same_connection() -> None:
    mine = relation(orders())
    priced = price_orders(BOOK, mine)
    joined = priced.lines.set_alias("a").join(mine.set_alias("b"), "a.note = b.note").fetchall()
    assert len(joined) == 4
    assert CONNECTION.sql("SHOW TABLES").fetchall() == []


def test_columns_that_are_not_read_keep_their_types() -> None:
    extra = {
        "weight": pa.array([1.5, None, 2.5, 0.0], pa.float64()),
        "tags": pa.array([["a"], [], None, ["b"]], pa.list_(pa.string())),
        "packed": pa.array([datetime.time(1)] * 4, pa.time64("us")),
        "kind": pa.array(["x", "y", "x", None]).dictionary_encode(),
        "blob": pa.array([b"\xff"] * 4, pa.binary()),
    }
    table = orders(**extra)
    assert price_orders(BOOK, table).lines.select(table.column_names) == table
    frame = pl.DataFrame(table)
    assert price_orders(BOOK, frame).lines.select(frame.columns).equals(frame)


def test_pandas_keeps_index_objects_and_categories() -> None:
    frame = (
        orders()
        .to_pandas()
        .assign(anything=[object(), 1, "x", {}], kind=pd.Categorical(["x", "y", "x", None]))
    )
    frame.index = pd.Index(["r1", "r2", "r2", "r4"], name="row")
    before = frame.copy()
    priced = price_orders(BOOK, frame)
    pd.testing.assert_frame_equal(priced.lines[before.columns], before)
    pd.testing.assert_frame_equal(frame, before)
    assert list(priced.lines["status"]) == STATUS
    assert isinstance(priced.orders.index, pd.RangeIndex)


@pytest.mark.parametrize(
    "changed",
    [
        {"order": pa.array([7, 8, 7, 8], pa.int64())},
        {"order": pa.array(["7", "8", "7", "8"]).dictionary_encode()},
        {"order": pa.array(["7", "8", "7", "8"], pa.large_string())},
        {"order": pa.array(["7", "8", "7", "8"], pa.string_view())},
        {"date": pa.array([datetime.date(2026, 3, 10)] * 4, pa.date32())},
        {"date": pa.array([datetime.date(2026, 3, 10)] * 4, pa.date64())},
        {"date": pa.array([datetime.datetime(2026, 3, 10, 9, 30)] * 4, pa.timestamp("ns"))},
        {"date": pa.array([datetime.datetime(2026, 3, 10, 9, 30)] * 4, pa.timestamp("s"))},
        {"quantity": pa.array([3, 1, 2, 1], pa.int8())},
        {"quantity": pa.array([3, 1, 2, 1], pa.uint64())},
        {"quantity": pa.array([Decimal(text) for text in "3121"], pa.decimal128(10, 4))},
        {"quantity": pa.array([Decimal(text) for text in "3121"], pa.decimal256(60, 30))},
        {"tax_rate": pa.array([Decimal(19), None, Decimal(7), None], pa.decimal128(4, 2))},
        {"prices_include_tax": pa.array([False, None, None, False])},
        {"campaign": pa.nulls(4)},
        {"customer": pa.array(["C1", None, "C1", None]).dictionary_encode()},
        {"code": pa.chunked_array([["", None], [" ", ""]])},
    ],
    ids=lambda changed: " ".join(f"{name} {cells.type}" for name, cells in changed.items()),
)  # fmt: skip
@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow", "duckdb"])
def test_types_that_are_understood(name: str, changed: dict[str, Any]) -> None:
    table = orders(**changed)
    if name in ("polars", "duckdb") and "decimal256" in str(table.schema):
        pytest.skip(f"{name} has no decimals of 256 bits")
    frame = MAKERS[name](table)
    stated = {}
    if name == "pandas" and "tax_rate" not in changed and "prices_include_tax" not in changed:
        stated = {"quantity": 0}
    priced = price_orders(BOOK, frame, float_places=stated)
    assert columns(priced.lines)["status"] == STATUS
    assert columns(priced.lines)["net"] == [net and Decimal(net) for net in NET]
    if "order" in changed:
        assert arrow(priced.orders).schema.field("order").type == arrow(frame).schema.field("order").type
        assert [str(order) for order in columns(priced.orders)["order"]] == ["7", "8"]


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64()])
@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow", "duckdb"])
def test_floats_are_refused(name: str, kind: pa.DataType) -> None:
    if kind == pa.float16() and name in ("polars", "duckdb"):
        kind = pa.float32()  # what the next larger type is there
    frame = MAKERS[name](orders(quantity=pa.array([3, 1, 2, 1], pa.float64()).cast(kind)))
    assert refusal(frame) == "invalid_decimal: quantity"
    priced = price_orders(BOOK, frame, float_places={"quantity": 2})
    assert columns(priced.lines)["net"] == [net and Decimal(net) for net in NET]


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64()])
def test_floats_that_are_not_of_their_places_are_refused(kind: pa.DataType) -> None:
    table = orders(item=["TEA"] * 4, quantity=pa.array([0.3, 1.1, 0.125, 0.375], pa.float64()).cast(kind))
    assert status(table, float_places={"quantity": 2}) == ["ok", "ok", "invalid_decimal", "invalid_decimal"]
    assert status(table, float_places={"quantity": 3})[2:] == ["ok", "ok"]


def test_missing_floats() -> None:
    table = orders(tax_rate=pa.array([19.0, None, float("nan"), None]))
    assert refusal(table) == "invalid_decimal: tax_rate"
    assert status(table, float_places={"tax_rate": 2}) == ["ok", "ok", "invalid_decimal", "unknown_item"]
    frame = table.to_pandas()  # where NaN is what nothing looks like
    assert list(price_orders(BOOK, frame, float_places={"tax_rate": 2}).lines["status"]) == STATUS


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quantity": pa.array([[1]] * 4)}, "invalid_value: quantity"),
        ({"quantity": pa.array([b"1"] * 4)}, "invalid_value: quantity"),
        ({"date": pa.array([datetime.time(1)] * 4)}, "invalid_value: date"),
        ({"date": pa.array([datetime.timedelta(1)] * 4)}, "invalid_value: date"),
        (
            {"date": pa.array([datetime.datetime(2026, 3, 10)] * 4, pa.timestamp("us", "UTC"))},
            "invalid_date: date",
        ),
        ({"item": pa.array([{"a": 1}] * 4)}, "invalid_value: item"),
    ],
)
def test_columns_that_are_refused(changed: dict[str, Any], said: str) -> None:
    assert refusal(orders(**changed)) == said
    assert refusal(pl.DataFrame(orders(**changed))) == said


def test_python_objects_of_several_kinds() -> None:
    frame = orders().to_pandas().assign(quantity=["3", Decimal(1), 2, "1"])
    assert refusal(frame) == "invalid_value: quantity"


def test_fractions_of_a_second() -> None:
    moments = [datetime.datetime(2026, 3, 10, 9, 30, 0, micro) for micro in (0, 1, 0, 0)]
    table = orders(date=pa.array(moments, pa.timestamp("us")))
    assert status(table) == ["ok", "invalid_date", "ok", "inconsistent_order"]


def test_columns_that_are_there_twice() -> None:
    table = orders().append_column("item", pa.array(["TEA"] * 4))
    assert refusal(table) == "duplicate_field: item"
    frame = orders().to_pandas()
    assert refusal(pd.concat([frame, frame[["note"]]], axis=1)) == "duplicate_field: note"
    assert refusal(orders().drop_columns(["item"])) == "missing_field: item"


def test_columns_of_results_that_came_in() -> None:
    table = orders(
        list_price=["8", None, "", "1,5"],
        net=[1.5, 2.5, 3.5, 4.5],
        gross=["1", "2", "3", "4.125"],
        saved=["x", "x", "x", "0.0001"],
        source=["old"] * 4,
        status=[1, 2, 3, 4],
    )
    for name in ("polars", "pyarrow", "duckdb"):
        lines = price_orders(BOOK, MAKERS[name](table)).lines
        assert arrow(lines).column_names[: len(table.column_names)] == table.column_names
        cells = columns(lines)
        assert cells["status"] == ["ok", "ok", "ok", "invalid_decimal"]
        assert cells["list_price"] == [Decimal(8), Decimal("9.99"), Decimal(5), None]  # 1,5 is no decimal
        assert cells["net"][3] == Decimal("4.5")
        assert cells["gross"][3] == Decimal("4.125")
        assert cells["saved"][3] is None  # more places than the column has
        assert cells["source"][3] == "old"


@pytest.mark.parametrize("kind", [pa.float32(), pa.float64()])
@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow", "duckdb"])
def test_floats_that_came_in_stay(name: str, kind: pa.DataType) -> None:
    """As they are written, if the column can hold that: here it has three places."""
    came = [0.125, None, 2.5, 0.1, 0.0625, float("nan"), float("inf"), 1e-6, 40000.0, -0.5]
    bad = ORDERS | {column: ["x"] * len(came) for column in ORDERS}
    table = pa.table(bad | {"item": ["TEA"] * len(came), "net": pa.array(came, pa.float64()).cast(kind)})
    good = pa.table(ORDERS | {"net": pa.array([1.5] * 4).cast(kind)})
    lines = price_orders(BOOK, MAKERS[name](pa.concat_tables([good, table]))).lines
    stayed = columns(lines)["net"][4:]
    assert [cell and str(cell.normalize()) for cell in stayed] == [
        "0.125", None, "2.5", "0.1", None, None, None, None, "4E+4", "-0.5",
    ]  # fmt: skip


def test_an_empty_frame() -> None:
    for name in ("pandas", "polars", "pyarrow", "duckdb"):
        priced = price_orders(BOOK, MAKERS[name](orders().slice(0, 0)))
        assert arrow(priced.lines).num_rows == arrow(priced.orders).num_rows == 0
        assert arrow(priced.lines).column_names == [*ORDERS, *RESULTS]


def test_columns_without_values_may_be_of_any_type() -> None:
    """Pandas makes their types up, of no rows and of NaN."""
    for kind in ("float64", "object", "datetime64[ns, UTC]", "timedelta64[ns]"):
        empty = pd.DataFrame({name: pd.Series([], dtype=kind) for name in ORDERS})
        priced = price_orders(BOOK, empty)
        assert list(priced.lines.columns) == [*ORDERS, *RESULTS]
        assert len(priced.lines) == len(priced.orders) == 0
        pd.testing.assert_frame_equal(priced.lines[list(ORDERS)], empty)
    nothing = orders(
        customer=pa.nulls(4, pa.float64()),
        campaign=pa.nulls(4, pa.list_(pa.string())),
        tax_rate=pa.chunked_array([pa.nulls(1, pa.float32()), pa.nulls(3, pa.float32())]),
    )
    frames: list[Any] = [nothing, nothing.to_pandas(), pl.DataFrame(nothing)]
    for frame in frames:
        lines = price_orders(BOOK, frame).lines
        assert columns(lines)["status"] == STATUS
        assert arrow(lines)["customer"].type == arrow(frame)["customer"].type
    assert refusal(orders(customer=[None, float("nan"), None, None])) == "invalid_decimal: customer"


def test_amounts_that_do_not_fit_the_column() -> None:
    policy = {"currencies": {"EUR": {"unit": "0." + "0" * 19 + "1"}}}
    book = Book.from_dict({"policy": policy, "items": [{"item": "TEA", "prices": {"EUR": "3"}}]})
    table = pa.table(ORDERS | {"customer": [None] * 4, "quantity": ["1", "9" * 20, "1", "1"]})
    assert price_orders(book, table).lines["status"].to_pylist()[1] == "overflow"
    assert price_orders(book, table.to_pydict()).lines["status"][1] == "ok"


@pytest.mark.parametrize(
    "value",
    [pl.LazyFrame(ORDERS), pl.Series(["a"]), pd.Series(["a"]), pa.array(["a"]), pa.chunked_array([[1]])],
)
def test_these_are_no_tables(value: Any) -> None:
    with pytest.raises(TypeError, match=f"{type(value).__name__} is no table"):
        price_orders(BOOK, value)


@pytest.mark.parametrize("number", range(12))
def test_random_tables_as_text_and_as_frames(number: int) -> None:
    case = generate(f"frames/{number}", 0, 0, 0, tables=2)
    book = Book.from_json(case.book)
    for names, rows in case.tables:
        table = {name: [row[index] for row in rows] for index, name in enumerate(names)}
        text = price_orders(book, table)
        frame = columns(price_orders(book, pa.table(table)).lines)
        for row, (known, other) in enumerate(zip(text.lines["status"], frame["status"], strict=True)):
            assert known == other or other == "overflow"
            if other == "ok":
                for name in RESULTS:
                    assert same(frame[name][row], text.lines[name][row])


def same(cell: Any, text: str | None) -> bool:
    return cell == (text and Decimal(text)) if isinstance(cell, Decimal) else (cell or "") == (text or "")
