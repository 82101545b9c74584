"""Work done by several threads, whose results come in the order of what they are made of."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def in_order(make: Callable[[_Given], _Made], given: Iterable[_Given], threads: int) -> Iterator[_Made]:
    """`make` of each. One thread is that which asks for the results; more work beside and ahead of it, by as
    many results as they are. What is given is taken by the one that asks. What fails is raised in its place.
    """
    if threads == 1:
        yield from map(make, given)
        return
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[Future[_Made]] = deque()
        try:
            for future in _begun(make, given, pool):
                ahead.append(future)
                if len(ahead) == threads:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:  # also where nobody wants the rest
            for future in ahead:
                future.cancel()


def _begun(
    make: Callable[[_Given], _Made], given: Iterable[_Given], pool: ThreadPoolExecutor
) -> Iterator[Future[_Made]]:
    """Where the next cannot be given, that is the last result."""
    try:
        for each in given:
            yield pool.submit(make, each)
    except Exception as error:
        failed: Future[_Made] = Future()
        failed.set_exception(error)
        yield failed
