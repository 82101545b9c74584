"""Tables of lines: the prices of price_orders with an order per row, in every kind of table and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from rabatt import Book, Error, price_line_stream, price_lines, price_orders

from tests.oracle.generate import generate
from tests.python.order_samples import BOOK, RESULTS
from tests.python.test_frames import MAKERS, OnlyCapsules, arrow, columns

DAY: dict[str, Any] = {"date": "2026-03-10", "currency": "EUR"}
LINES = {
    "item": ["TEA", "TEA", "MUG", "COFFEE", None, "\x01"],
    "customer": ["C1", None, "C1", "", None, None],
    "quantity": [3, 1, 2, 1, 1, 1],
    "note": ["a", "b", "c", "d", "e", "f"],
}
STATUS = ["ok", "ok", "ok", "unknown_item", "missing_field", "invalid_identifier"]
NET = [Decimal("25.47"), Decimal("8.49"), Decimal("9.75"), None, None, None]


def lines(**changed: Any) -> pa.Table:
    return pa.table(LINES | changed)


def refusal(table: Any, **options: Any) -> str:
    with pytest.raises(Error) as refused:
        price_lines(BOOK, table, **(DAY | options))
    return str(refused.value)


KINDS = {"pandas": pd.DataFrame, "pandas_of_arrow": pd.DataFrame, "polars": pl.DataFrame,
         "duckdb": duckdb.DuckDBPyRelation, "record_batch": pa.RecordBatch}  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_kind_comes_out(name: str) -> None:
    priced = price_lines(BOOK, MAKERS[name](lines()), **DAY, threads=2)
    assert isinstance(priced, KINDS.get(name, pa.Table))
    cells = columns(priced)
    assert list(cells) == [*LINES, *RESULTS]
    assert (cells["status"], cells["net"], cells["note"]) == (STATUS, NET, LINES["note"])
    assert cells["applied_campaign"] == ["K1", "K1", None, None, None, None]


def test_columns_of_pandas_keep_their_index() -> None:
    frame = lines().to_pandas().set_index(pd.Index([5, 3, 3, 1, 0, 9], name="item_index"))
    priced = price_lines(BOOK, frame, **DAY, columns=["net"])
    assert list(priced.index) == [5, 3, 3, 1, 0, 9]
    assert list(priced["net"])[:3] == NET[:3]


def test_mappings() -> None:
    priced = price_lines(BOOK, LINES, **DAY, columns=["net", "status"])
    assert list(priced) == [*LINES, "status", "net"]
    assert (priced["status"], priced["net"]) == (STATUS, ["25.47", "8.49", "9.75", None, None, None])
    assert price_lines(BOOK, {"item": [], "quantity": []}, **DAY)["net"] == []


def texts(table: pa.Table) -> pa.Table:
    return table


def dictionaries(table: pa.Table) -> pa.Table:
    return pa.table({name: table[name].dictionary_encode() for name in table.column_names})


def views(table: pa.Table) -> pa.Table:
    return pa.table({name: table[name].cast(pa.string_view()) for name in table.column_names})


def small_dictionaries(table: pa.Table) -> pa.Table:
    kind = pa.dictionary(pa.int8(), pa.large_string())
    chunks = table.to_batches(max_chunksize=7)
    cast = [pa.record_batch({n: b[n].cast(kind) for n in table.column_names}) for b in chunks]
    return pa.Table.from_batches(cast, pa.schema(dict.fromkeys(table.column_names, kind)))


def decimals(table: pa.Table) -> pa.Table:
    """Numbers as numbers, as far as all cells are some."""
    changed = {name: table[name] for name in table.column_names}
    for name in ("quantity", "list_price", "manual_price", "manual_discount"):
        if name in changed:
            cells = [_decimal(cell) for cell in table[name].to_pylist()]
            if None not in cells:
                changed[name] = pa.array(
                    [None if cell == "" else cell for cell in cells], pa.decimal128(38, 12)
                )
    return pa.table(changed)


def wide_decimals(table: pa.Table) -> pa.Table:
    """The same numbers in 256 bits, of types that decimal128 could hold."""
    wide = dict(zip(table.column_names, decimals(table).columns, strict=True))
    for name, column in wide.items():
        if pa.types.is_decimal(column.type):
            wide[name] = column.cast(pa.decimal256(38, 12))
    return pa.table(wide)


def widest_decimals(table: pa.Table) -> pa.Table:
    """And of types that it could not, some of them as dictionaries."""
    wide = dict(zip(table.column_names, decimals(table).columns, strict=True))
    for name, column in wide.items():
        if pa.types.is_decimal(column.type):
            cast = column.cast(pa.decimal256(76, 18))
            wide[name] = cast.dictionary_encode() if name == "quantity" else cast
    return pa.table(wide)


def _decimal(text: str | None) -> Decimal | str | None:
    """Nothing for what is no decimal of 26 digits and 12 places."""
    if not text:
        return ""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    plain = text.lstrip("-").replace(".", "", 1)
    fits = plain.isascii() and plain.isdigit() and text[-1] != "." and text.lstrip("-")[0] != "."
    return value if fits and len(plain) <= 20 and -int(value.as_tuple().exponent) <= 12 else None


FORMS = (texts, dictionaries, views, small_dictionaries, decimals, wide_decimals, widest_decimals)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(8))
def test_random_tables_as_orders_of_one_row(number: int, form: Callable[[pa.Table], pa.Table]) -> None:
    case = generate(f"lines/{number}")
    book = Book.from_json(case.book)
    for names, rows in case.tables:
        cells = {
            name: [row[index] or None for row in rows]
            for index, name in enumerate(names)
            if name not in ("order", "payment_term", "tax_rate")
        }
        table = pa.table({name: pa.array(column, pa.string()) for name, column in cells.items()})
        orders = price_orders(book, cells | {"order": [str(row) for row in range(len(rows))]}).lines
        priced = price_lines(book, form(table), threads=2).to_pydict()
        came = cells.keys() - {
            "status"
        }  # where the status is not ok, a column keeps of them what it can hold
        for name in RESULTS:
            got = [None if cell is None else str(cell) for cell in priced[name]]
            expected = [None if cell is None else str(cell) for cell in orders[name]]
            for row, status in enumerate(priced["status"]):
                if status != "ok" and name in came:
                    continue
                if status == "overflow" and orders["status"][row] == "ok":
                    continue  # the column is too narrow, the text is not
                assert _same(got[row], expected[row]), (name, row, got[row], expected[row])


def _same(a: str | None, b: str | None) -> bool:
    if a == b or not (a and b):
        return (a or None) == (b or None)
    try:
        return Decimal(a) == Decimal(b)
    except ArithmeticError:
        return False


def test_decimals_of_256_bits_are_read_as_orders_read_them() -> None:
    quantities = [Decimal("3"), None, Decimal("1e30"), Decimal("1e38"), Decimal("-1e57"), Decimal("1e-18")]
    table = lines(item=["TEA"] * 6, quantity=pa.array(quantities, pa.decimal256(76, 18)))
    priced = price_lines(BOOK, table, **DAY)
    assert priced["status"].to_pylist() == [
        "ok", "missing_field", "ok", "invalid_decimal", "invalid_decimal", "ok"
    ]  # fmt: skip
    rows = [str(row) for row in range(6)]
    orders = table.append_column("order", pa.array(rows))
    for name, value in DAY.items():
        orders = orders.append_column(name, pa.array([value] * 6))
    assert price_orders(BOOK, orders).lines["status"].to_pylist() == priced["status"].to_pylist()
    assert priced["quantity"].type == pa.decimal256(76, 18)
    batches = table.to_batches(max_chunksize=4)
    stream = price_line_stream(BOOK, pa.Table.from_batches(batches), **DAY)
    assert stream.read_all().to_pydict() == priced.to_pydict()


@pytest.mark.parametrize("kind", [pa.decimal256(10, 3), pa.decimal256(76, 3), pa.decimal256(76, 40)])
def test_prices_of_256_bits_have_their_places(kind: pa.DataType) -> None:
    prices = pa.array([Decimal("1.125")] * 6, kind)
    priced = price_lines(BOOK, lines(item=["TEA"] * 6, manual_price=prices), **DAY)
    assert set(priced["status"].to_pylist()) == {"ok"}
    assert priced["unit_price"].to_pylist() == [Decimal("1.125")] * 6


def test_a_stream_is_priced_as_it_is_read() -> None:
    read = 0

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal read
        for number in range(50):
            read += 1
            items = pa.DictionaryArray.from_arrays(pa.array([0, 1] * 10_000), ["TEA", "MUG"])
            yield pa.record_batch({"item": items, "quantity": pa.array([number] * 20_000)})

    schema = pa.schema({"item": pa.dictionary(pa.int64(), pa.string()), "quantity": pa.int64()})
    stream = pa.RecordBatchReader.from_batches(schema, batches())
    priced = price_lines(BOOK, stream, **DAY)
    assert isinstance(priced, pa.RecordBatchReader)
    assert read == 0
    before = pa.total_allocated_bytes()
    total = Decimal(0)
    most = 0
    for number, batch in enumerate(priced):
        assert read == number + 1
        total += pc.sum(batch["net"]).as_py()
        most = max(most, pa.total_allocated_bytes() - before)
    assert total == sum(
        10_000
        * price_lines(BOOK, pa.table({"item": ["TEA", "MUG"], "quantity": [number] * 2}), **DAY)[
            "net"
        ].to_pylist()[which]
        for number in range(50)
        for which in (0, 1)
    )
    assert most < 5_000_000  # a batch of the input; all of them are 16 MB


@pytest.mark.parametrize("name", MAKERS)
def test_streams_of_every_kind(name: str) -> None:
    stream = price_line_stream(BOOK, MAKERS[name](lines()), **DAY, columns=["net"])
    assert isinstance(stream, pa.RecordBatchReader)
    assert stream.read_all().to_pydict()["net"] == NET


def test_stated_places() -> None:
    """Tables and streams say the same; without them a stream does not look into texts."""
    table = lines(item=["TEA"] * 6, list_price=["1.23456", "1.5", "2", None, "1.2345678901234", "x"])
    status = ["ok", "ok", "ok", "ok", "overflow", "invalid_decimal"]
    for places in (5, 12):
        stated = DAY | {"places": places}
        priced = price_lines(BOOK, table, **stated)
        assert (priced["net"].type.scale, priced["status"].to_pylist()) == (places, status)
        for other in (
            price_line_stream(BOOK, table, **stated).read_all(),
            price_lines(BOOK, table.to_reader(), **stated).read_all(),
            price_lines(BOOK, table.to_batches()[0], **stated),
        ):
            assert (other.schema.types, other.to_pydict()) == (priced.schema.types, priced.to_pydict())
    assert price_lines(BOOK, table, **DAY)["net"].type.scale == 5
    stream = price_line_stream(BOOK, table, **DAY).read_all()
    assert stream["net"].type.scale == 3
    assert stream["status"].to_pylist() == ["overflow", *status[1:]]
    few = price_lines(BOOK, table, **DAY, places=2)  # the step of unit prices has three
    assert few["status"].to_pylist()[1:4] == ["overflow", "ok", "overflow"]
    mapping = table.to_pydict()
    assert price_lines(BOOK, mapping, **DAY, places=2) == price_lines(BOOK, mapping, **DAY)
    for wrong in (-1, 39, "2", 2.0, True):
        for of in (table, mapping):
            assert refusal(of, places=wrong) == f"invalid_value: places {wrong}"


def test_errors_of_a_stream_come_where_it_is_read() -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"item": ["TEA"], "quantity": [1]})
        raise OSError("the disk is gone")

    schema = pa.schema({"item": pa.string(), "quantity": pa.int64()})
    stream = price_line_stream(BOOK, pa.RecordBatchReader.from_batches(schema, batches()), **DAY)
    assert stream.read_next_batch()["status"].to_pylist() == ["ok"]
    with pytest.raises(OSError, match="the disk is gone"):
        stream.read_next_batch()


def test_tables_that_are_refused() -> None:
    assert refusal(lines().drop_columns(["item"])) == "missing_field: item"
    assert refusal(lines().drop_columns(["item", "quantity"])) == "missing_field: item, quantity"
    assert refusal(lines(), date=None) == "missing_field: date"
    assert refusal(lines(), currency=None) == "missing_field: currency"
    assert refusal(lines(date=["2026-03-10"] * 6)) == "duplicate_field: date"
    assert refusal(lines().append_column("item", pa.array(["TEA"] * 6))) == "duplicate_field: item"
    assert refusal(lines(quantity=[1.5] * 6)) == "invalid_decimal: quantity"
    assert refusal(lines(quantity=[b"1"] * 6)) == "invalid_value: quantity"
    assert refusal(lines(item=[1.5] * 6)) == "invalid_value: item"
    assert refusal(lines(), columns=["nett"]) == "invalid_value: columns nett"
    assert refusal(lines(), threads=0) == "invalid_value: threads 0"
    assert refusal(lines(), date="2026-02-30") == "invalid_date: date 2026-02-30"
    zone = pa.array([0] * 6, pa.timestamp("s", "UTC"))
    assert refusal(lines(date=zone), date=None) == "invalid_date: date"
    with pytest.raises(TypeError):
        price_lines(BOOK, 5, **DAY)
    for of in (lines(), LINES):
        with pytest.raises(TypeError, match="columns must be a list of names, not str: 'net'"):
            price_lines(BOOK, of, **DAY, columns="net")


@pytest.mark.parametrize("price", [price_lines, price_line_stream])
def test_a_lazy_frame_is_to_be_collected(price: Callable[..., Any]) -> None:
    said = r"LazyFrame is no table with an Arrow PyCapsule interface: give what its collect\(\) gives"
    with pytest.raises(TypeError, match=said):
        price(BOOK, pl.LazyFrame(LINES), **DAY)
    with pytest.raises(TypeError, match=r"list is no table with an Arrow PyCapsule interface$"):
        price(BOOK, [1], **DAY)


def test_columns_without_values_may_be_of_any_type() -> None:
    for kind in ("float64", "object", "datetime64[ns, UTC]"):
        empty = pd.DataFrame({name: pd.Series([], dtype=kind) for name in ("item", "quantity", "list_price")})
        priced = price_lines(BOOK, empty, **DAY)
        assert (list(priced.columns[:3]), len(priced)) == (["item", "quantity", "list_price"], 0)
        assert priced["item"].dtype == empty["item"].dtype
        assert price_line_stream(BOOK, empty, **DAY).read_all().num_rows == 0
    nothing = lines(
        customer=pa.nulls(6, pa.float64()), date=pa.nulls(6, pa.int32()), list_price=pa.nulls(6, pa.float64())
    )
    status = ["missing_field"] * 4 + STATUS[4:]
    frames: list[Any] = [nothing, nothing.to_pandas(), pl.DataFrame(nothing), nothing.to_batches()[0]]
    for frame in frames:
        table = price_lines(BOOK, frame, currency="EUR")
        assert columns(table)["status"] == status
        assert arrow(table)["customer"].type == arrow(frame)["customer"].type
    decimal = price_lines(BOOK, lines(list_price=pa.nulls(6, pa.decimal128(20, 7))), **DAY)
    assert (decimal["net"].type.scale, decimal["status"].to_pylist()) == (7, STATUS)
    assert refusal(lines(customer=[None, float("nan")] * 3)) == "invalid_value: customer"


def test_floats_with_stated_places() -> None:
    priced = price_lines(BOOK, lines(quantity=[0.1 + 0.2] * 6), **DAY, float_places={"quantity": 2})
    assert priced["unit_price"].to_pylist()[0] == Decimal("9.99")
    assert priced["gross"].to_pylist()[0] == Decimal("3.00")
    prices = lines(list_price=[1.2345678] * 6)
    cells = columns(price_lines(BOOK, prices, **DAY, float_places={"list_price": 7}))
    assert cells["list_price"][:2] == [Decimal("1.2345678")] * 2


def test_columns_of_results_that_came_in() -> None:
    came = {"net": ["1.5"] * 6, "status": [1] * 6, "source": ["old"] * 6, "saved": ["x"] * 6}
    for make in (MAKERS["pyarrow"], MAKERS["polars"], MAKERS["duckdb"], OnlyCapsules):
        priced = price_lines(BOOK, make(lines(**came)), **DAY)
        assert arrow(priced).column_names[:8] == [*LINES, *came]
        cells = columns(priced)
        assert cells["status"] == STATUS
        assert cells["net"] == [*NET[:3], *[Decimal("1.5")] * 3]
        assert cells["source"][2:4] == ["customer", "old"]
        assert cells["saved"][3:] == [None] * 3


def test_cells_that_stay_may_have_more_digits_than_a_column() -> None:
    zeros = "0" * 37
    came = ["1", "1", "1", f"9.99{zeros}", f"0.00{zeros}", f"0.00{zeros}1"]
    orders = lines(list_price=came, order=list("ABCDEF"), date=["2026-03-10"] * 6, currency=["EUR"] * 6)
    for priced in (price_lines(BOOK, lines(list_price=came), **DAY), price_orders(BOOK, orders).lines):
        assert priced["list_price"].to_pylist()[3:] == [Decimal("9.99"), Decimal(0), None]
