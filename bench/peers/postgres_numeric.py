"""PostgreSQL with NUMERIC columns; its `round` takes halves away from zero, as the rules do.

A percentage is stored as the part it takes, for NUMERIC multiplies faster than it divides.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.peers.day import day
from bench.peers.peer import Peer
from bench.peers.postgres_server import Session, postgres_session
from bench.workload import Ints, Workload

SCHEMA = """
create table items (item int primary key, price numeric, discountable boolean);
create table customers (customer int primary key, discount numeric, price_book int);
create table price_book_lines (price_book int, item int, price numeric, primary key (price_book, item));
create table candidates (item int, only_for int, offer text, percent numeric, set_price numeric, rank int);
create table lines (line int primary key, item int, customer int, quantity numeric);
create index on candidates (item);
"""
IN_HUNDREDTHS = {"price", "discount", "percent", "set_price"}

NETS = """
drop table if exists nets;
create temp table nets as
with priced as (
  select line, item, customer, abs(quantity) as quantity, quantity < 0 as is_return, discountable,
         coalesce(listed.price, items.price) as list_price,
         case when discountable then discount else 0 end as own
  from lines join items using (item) join customers using (customer)
  left join price_book_lines listed using (price_book, item)
), without_campaign as (
  select *, quantity * list_price - round(quantity * list_price * own, 2) as net_without
  from priced
), offers as materialized (
  select line, rank, quantity, own, list_price, net_without,
         case offer when 'set_price' then set_price else list_price end as price,
         case offer when 'set_price' then 0
                    when 'greater' then percent
                    when 'add' then least(1, own + percent)
                    else 1 - (1 - own) * (1 - percent) end as part
  from without_campaign join candidates using (item)
  where (only_for is null or only_for = customer)
    and (offer = 'set_price' or discountable)
    and (offer <> 'greater' or percent >= own)
), nets as (
  select *, quantity * price - round(quantity * price * part, 2) as net from offers
), best as (
  select distinct on (line) line, net
  from nets
  where net < net_without or net = net_without and price * (1 - part) <= list_price * (1 - own)
  order by line, rank, net
)
select line, coalesce(net, net_without) * case when is_return then -1 else 1 end as net
from without_campaign left join best using (line);
"""


@dataclass(frozen=True)
class Database:
    session: Session
    stack: ExitStack  # ends the session and the server


def prepare(workload: Workload) -> Database:
    with ExitStack() as stack:
        session = stack.enter_context(postgres_session())
        session.execute(SCHEMA)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, table in vars(day(workload)).items():
            csv.write_csv(_in_euros(table), folder / name, csv.WriteOptions(include_header=False))
            session.execute(f"\\copy {name} from '{folder / name}' csv")
        session.execute("vacuum analyze;")
        return Database(session, stack.pop_all())


def _in_euros(table: pa.Table) -> pa.Table:
    """Cents become euros, and percentages parts of 1."""
    for index, name in enumerate(table.column_names):
        if name in IN_HUNDREDTHS:
            hundredths = table[name].cast(pa.decimal128(19, 0))
            table = table.set_column(index, name, pc.multiply(hundredths, pa.scalar(Decimal("0.01"))))
    return table


def run(database: Database) -> Database:
    database.session.execute(NETS)
    return database


def nets(database: Database) -> Ints:
    rows = database.session.execute("select (net * 100)::bigint from nets order by line;")
    return np.array(rows, dtype="U").astype(np.int64)


def close(database: Database) -> None:
    database.stack.close()


PEER = Peer("PostgreSQL, NUMERIC", 100_000, prepare, run, nets, close=close)
