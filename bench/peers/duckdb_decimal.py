"""DuckDB with DECIMAL columns, as most would declare prices.

A percentage is stored as the part it takes, for a division of DECIMALs would give a DOUBLE.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from bench.peers import duckdb_bigint
from bench.peers.peer import Peer, nets_by_line
from bench.workload import Workload

AS_DECIMALS = """
alter table items alter price type decimal(9, 2) using price * 0.01;
alter table price_book_lines alter price type decimal(9, 2) using price * 0.01;
alter table customers alter discount type decimal(3, 2) using discount * 0.01;
alter table lines alter quantity type decimal(7, 0);
alter table candidates alter set_price type decimal(9, 2) using set_price * 0.01;
alter table candidates alter percent type decimal(3, 2) using percent * 0.01;
alter table candidates alter rank type decimal(3, 0);
"""

NETS = """
with priced as (
  select line, item, customer, abs(quantity) as quantity, quantity < 0 as is_return, discountable,
         coalesce(listed.price, items.price) as list_price,
         case when discountable then discount else 0.00 end as own
  from lines join items using (item) join customers using (customer)
  left join price_book_lines listed using (price_book, item)
), without_campaign as (
  select *, (quantity * list_price - round(quantity * list_price * own, 2))::decimal(16, 2) as net_without
  from priced
), offers as (
  select line, rank, quantity, own, list_price, net_without,
         case offer when 'set_price' then set_price else list_price end as price,
         case offer when 'set_price' then 0.00
                    when 'greater' then percent
                    when 'add' then least(1.00, own + percent)
                    else 1.00 - (1.00 - own) * (1.00 - percent) end as part
  from without_campaign join candidates using (item)
  where (only_for is null or only_for = customer)
    and (offer = 'set_price' or discountable)
    and (offer <> 'greater' or percent >= own)
), nets as (
  select *, (quantity * price - round(quantity * price * part, 2))::decimal(16, 2) as net from offers
), best as (
  select line, min(rank * 1000000000.00 + net) % 1000000000.00 as net
  from nets
  where net < net_without or net = net_without and price * (1.00 - part) <= list_price * (1.00 - own)
  group by line
)
select line, coalesce(net, net_without) * case when is_return then -1 else 1 end as net
from without_campaign left join best using (line)
"""


def prepare(workload: Workload) -> duckdb.DuckDBPyConnection:
    connection = duckdb_bigint.prepare(workload)
    connection.execute(AS_DECIMALS)
    return connection


def run(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return connection.sql(NETS).to_arrow_table()


PEER = Peer("DuckDB, DECIMAL", 1_000_000, prepare, run, nets_by_line, close=duckdb_bigint.close)
