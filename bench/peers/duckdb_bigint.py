"""DuckDB with BIGINT columns in cents.

What an offer takes is in hundredths of a percent, for compound percentages have two places. Rank and net are
one number, so that one minimum finds the lowest net of the highest priority: a window would take longer.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from bench.peers import THREADS
from bench.peers.day import day
from bench.peers.peer import Peer, nets_by_line
from bench.workload import Workload

NETS = """
with priced as (
  select line, item, customer, abs(quantity) as quantity, quantity < 0 as is_return, discountable,
         coalesce(listed.price, items.price) as list_price,
         case when discountable then discount else 0 end as own
  from lines join items using (item) join customers using (customer)
  left join price_book_lines listed using (price_book, item)
), without_campaign as (
  select *, quantity * list_price - (quantity * list_price * own + 50) // 100 as net_without
  from priced
), offers as (
  select line, rank, quantity, own, list_price, net_without,
         case offer when 'set_price' then set_price else list_price end as price,
         case offer when 'set_price' then 0
                    when 'greater' then 100 * percent
                    when 'add' then least(10000, 100 * (own + percent))
                    else 10000 - (100 - own) * (100 - percent) end as hundredths
  from without_campaign join candidates using (item)
  where (only_for is null or only_for = customer)
    and (offer = 'set_price' or discountable)
    and (offer <> 'greater' or percent >= own)
), nets as (
  select *, quantity * price - (quantity * price * hundredths + 5000) // 10000 as net from offers
), best as (
  select line, min(rank * 1000000000000 + net) % 1000000000000 as net
  from nets
  where net < net_without
     or net = net_without and price * (10000 - hundredths) <= list_price * (10000 - 100 * own)
  group by line
)
select line, coalesce(net, net_without) * case when is_return then -1 else 1 end as net
from without_campaign left join best using (line)
"""


def prepare(workload: Workload) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    for name, table in vars(day(workload)).items():
        connection.register("arrow", table)
        connection.execute(f"create table {name} as from arrow")
        connection.unregister("arrow")
    connection.execute("create type offer as enum ('set_price', 'greater', 'add', 'compound')")
    connection.execute("alter table candidates alter offer type offer")
    return connection


def run(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return connection.sql(NETS).to_arrow_table()


def close(connection: duckdb.DuckDBPyConnection) -> None:
    connection.close()


PEER = Peer("DuckDB, BIGINT", 1_000_000, prepare, run, nets_by_line, close=close)
