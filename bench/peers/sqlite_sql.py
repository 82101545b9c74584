"""SQLite in memory, in integers: a line at a time, each look-up by a primary key."""

from __future__ import annotations

import sqlite3

import numpy as np

from bench.peers.day import day
from bench.peers.peer import Peer
from bench.workload import Ints, Workload

SCHEMA = """
create table items (item integer primary key, price integer, discountable integer);
create table customers (customer integer primary key, discount integer, price_book integer);
create table price_book_lines (price_book integer, item integer, price integer,
  primary key (price_book, item)) without rowid;
create table candidates (item integer, number integer, only_for integer, offer text, percent integer,
  set_price integer, rank integer, primary key (item, number)) without rowid;
create table lines (line integer primary key, item integer, customer integer, quantity integer);
"""

NETS = """
create temp table nets as
with priced as materialized (
  select line, item, customers.customer, abs(quantity) as quantity, quantity < 0 as is_return, discountable,
         coalesce(listed.price, items.price) as list_price,
         case when discountable then discount else 0 end as own
  from lines join items using (item) join customers on customers.customer = lines.customer
  left join price_book_lines listed using (price_book, item)
), without_campaign as (
  select *, quantity * list_price - (quantity * list_price * own + 50) / 100 as net_without
  from priced
)
select line, case when is_return then -1 else 1 end * coalesce((
  select min(rank * 1000000000000 + net) % 1000000000000
  from (
    select *, quantity * price - (quantity * price * hundredths + 5000) / 10000 as net
    from (
      select rank,
             case offer when 'set_price' then set_price else list_price end as price,
             case offer when 'set_price' then 0
                        when 'greater' then 100 * percent
                        when 'add' then min(10000, 100 * (own + percent))
                        else 10000 - (100 - own) * (100 - percent) end as hundredths
      from candidates
      where candidates.item = without_campaign.item
        and (only_for is null or only_for = customer)
        and (offer = 'set_price' or discountable)
        and (offer <> 'greater' or percent >= own)
    )
  )
  where net < net_without
     or net = net_without and price * (10000 - hundredths) <= list_price * (10000 - 100 * own)
), net_without) as net
from without_campaign
"""


def prepare(workload: Workload) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for name, table in vars(day(workload)).items():
        if name == "candidates":  # a key of two parts keeps those of an item together
            table = table.add_column(1, "number", [np.arange(table.num_rows)])
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        places = ", ".join("?" * table.num_columns)
        connection.executemany(f"insert into {name} values ({places})", rows)
    connection.execute("analyze")
    connection.commit()
    return connection


def run(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("drop table if exists nets")
    connection.execute(NETS)
    return connection


def nets(connection: sqlite3.Connection) -> Ints:
    rows = connection.execute("select net from nets order by line").fetchall()
    return np.array(rows, np.int64).reshape(-1)


def close(connection: sqlite3.Connection) -> None:
    connection.close()


PEER = Peer("SQLite", 100_000, prepare, run, nets, close=close)
