"""The engine itself, from Python: a table with dictionary-encoded codes in; status, net and campaign out.

Unlike the peers it looks up texts, once per dictionary. The day is compiled when its answer is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import rabatt

from bench.peers import THREADS
from bench.peers.peer import Peer
from bench.workload import CURRENCY, DAY, NONE, Indexes, Ints, Workload
from bench.workload_files import book_json
from bench.workload_tables import customer_codes, item_codes

CENTS_AT_FIVE_PLACES = 1000


@dataclass(frozen=True)
class Loaded:
    book: rabatt.Book
    lines: pa.Table


def prepare(workload: Workload) -> Loaded:
    lines = workload.lines
    table = pa.table(
        {
            "item": pa.DictionaryArray.from_arrays(pa.array(lines.item), item_codes(workload)),
            "customer": pa.DictionaryArray.from_arrays(pa.array(lines.customer), customer_codes(workload)),
            "quantity": lines.quantity,
        }
    )
    return Loaded(rabatt.Book.from_json(book_json(workload)), table)


def run(threads: int, loaded: Loaded) -> pa.Table:
    columns = ["status", "net", "applied_campaign"]
    return rabatt.price_lines(
        loaded.book, loaded.lines, date=DAY, currency=CURRENCY, columns=columns, threads=threads
    )


def nets(answer: pa.Table) -> Ints:
    chunks = answer["net"].chunks
    low_halves = [np.frombuffer(chunk.buffers()[1], np.int64)[::2][: len(chunk)] for chunk in chunks]
    return np.concatenate(low_halves) // CENTS_AT_FIVE_PLACES


def campaigns(answer: pa.Table) -> Indexes:
    chunks = answer["applied_campaign"].chunks
    numbers = np.array(
        [int(code[1:]) - 1 for code in chunks[0].dictionary.to_pylist()], np.int32
    )  # K000001: 0
    applied = [
        np.where(np.asarray(chunk.is_valid()), numbers[np.asarray(chunk.indices.fill_null(0))], NONE)
        for chunk in chunks
    ]
    return np.concatenate(applied).astype(np.int32)


def peer(threads: int) -> Peer:
    return Peer("rabatt, Arrow", 10_000_000, prepare, partial(run, threads), nets, campaigns)


PEER = peer(THREADS)
