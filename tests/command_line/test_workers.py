"""Threads that price pieces: their results keep the order of the pieces, and few wait at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from rabatt.command_line.jobs.workers import in_order

THREADS = [1, 2, 5]


@pytest.mark.parametrize("threads", THREADS)
def test_results_come_in_order(threads: int) -> None:
    is_second_made = threading.Event()

    def make(number: int) -> int:
        if number == 0 and threads > 2:
            assert is_second_made.wait(30)  # so that the first is not the fastest
        elif number == 1:
            is_second_made.set()
        return number * number

    assert list(in_order(make, range(50), threads)) == [number * number for number in range(50)]


@pytest.mark.parametrize("threads", THREADS)
def test_few_are_made_ahead(threads: int) -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    for wanted, _ in enumerate(in_order(str, numbers(), threads), 1):
        assert taken <= wanted + threads - 1


def test_all_threads_work_at_once() -> None:
    together = threading.Barrier(3, timeout=30)
    assert len(list(in_order(lambda _: together.wait(), range(9), 3))) == 9


@pytest.mark.parametrize("threads", THREADS)
def test_what_fails_is_raised_in_its_place(threads: int) -> None:
    def make(number: int) -> int:
        if number in (3, 4):
            raise ValueError(number)
        return number

    made = in_order(make, range(50), threads)
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(made)


@pytest.mark.parametrize("threads", THREADS)
def test_what_is_given_may_fail(threads: int) -> None:
    def numbers() -> Iterator[int]:
        yield from range(7)
        raise OSError("full")

    made = in_order(str, numbers(), threads)
    assert [next(made) for _ in range(7)] == [*"0123456"]
    with pytest.raises(OSError, match="full"):
        next(made)
