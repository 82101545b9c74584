"""Every peer of the bench is right on crowded small workloads, where large ones would hide a wrong rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars
import pytest

from bench.bandwidth import Memory
from bench.expected import expected
from bench.peers.peer import NotHere, Peer
from bench.side_by_side import MODULES, WrongAnswer, peers, side_by_side
from bench.tables import table_of
from bench.workload import Ints, Parameters, Workload, make_workload
from tests.bench.test_workload import CROWDED, EMPTY, WIDE


def answer_of(peer: Peer, workload: Workload) -> Ints:
    try:
        prepared = peer.prepare(workload)
    except (FileNotFoundError, NotHere) as error:
        pytest.skip(str(error))
    try:
        return peer.nets(peer.run(prepared))
    finally:
        peer.close(prepared)


@pytest.mark.parametrize("parameters", [CROWDED, replace(CROWDED, seed=2, skew="zipf"), WIDE, EMPTY])
@pytest.mark.parametrize("module", [module for module in MODULES if module != "postgres_numeric"])
def test_a_peer_is_right(module: str, parameters: Parameters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.peers.polars_lazy.THREADS", polars.thread_pool_size())  # of whoever came first
    workload = make_workload(parameters)
    for peer in peers([module]):
        wrong = answer_of(peer, workload) != expected(workload).net
        assert not wrong.any() if peer.exact else wrong.mean() < 0.03


def test_postgres_is_right() -> None:
    (peer,) = peers(["postgres_numeric"])
    workload = make_workload(CROWDED)
    np.testing.assert_array_equal(answer_of(peer, workload), expected(workload).net)


def constant(name: str, closed: list[str], *, exact: bool) -> Peer:
    """A peer to which everything is free."""
    return Peer(
        name,
        100,
        prepare=lambda workload: len(workload.lines),
        run=lambda lines: np.zeros(lines, np.int64),
        close=lambda lines: closed.append(f"{name}: {lines}"),
        exact=exact,
    )


def test_wrong_answers_of_an_exact_peer_are_an_error() -> None:
    closed: list[str] = []
    with pytest.raises(WrongAnswer, match="generous: 100 of 100 lines, line 0 first"):
        side_by_side(make_workload(CROWDED), [constant("generous", closed, exact=True)], rounds=1)
    assert closed == ["generous: 100"]


def test_wrong_answers_of_others_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.side_by_side.Memory", lambda: Memory(1_000))
    closed: list[str] = []
    both = [constant(name, closed, exact=False) for name in ("one", "other")]
    measured = side_by_side(make_workload(CROWDED), both, rounds=3)
    assert [(figure.name, figure.lines, figure.wrong) for figure in measured.figures] == [
        ("one", 100, 100),
        ("other", 100, 100),
    ]
    assert all(len(figure.times) == 3 for figure in measured.figures)
    assert len(measured.bandwidth.copy) == 3
    assert closed == ["other: 100", "one: 100"]
    assert len(table_of("peers", measured.to_json())) == 4
