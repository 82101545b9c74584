"""What all peers look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.workload import Indexes, Ints, Workload


class NotHere(Exception):
    """This machine has not got what a peer needs: it is left out."""


def as_it_is(answer: Ints) -> Ints:
    return answer


def nothing(prepared: object) -> None:
    pass


@dataclass(frozen=True)
class Peer:
    """`prepare` loads a workload, `run` is timed, `nets` turns its answer into cents by line."""

    name: str
    lines: int  # at most: fewer for the slow ones
    prepare: Callable[[Workload], Any]
    run: Callable[[Any], Any]
    nets: Callable[[Any], Ints] = as_it_is
    campaigns: Callable[[Any], Indexes] | None = None  # the applied ones by line, for who answers them too
    close: Callable[[Any], None] = nothing
    exact: bool = True  # a wrong net is an error


def nets_by_line(answer: pa.Table) -> Ints:
    """Of a table `line`, `net` in any order: integers are cents, decimals are not yet."""
    net = answer["net"]
    if pa.types.is_decimal(net.type):
        net = pc.multiply(net.cast(pa.decimal128(20, 2)), pa.scalar(Decimal(100)))
    nets = np.empty(answer.num_rows, np.int64)
    nets[answer["line"].to_numpy()] = net.cast(pa.int64()).to_numpy()
    return nets
