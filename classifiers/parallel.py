"""Fits that do not need each other: one after the other, or side by side where joblib says so.

with joblib.parallel_config("loky", n_jobs=4):  # or "dask", with a client in place
tagger.fit(texts, labels)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

P = ParamSpec("P")
T = TypeVar("T")


def each(function: Callable[..., T], arguments: Iterable[tuple[object, ...]]) -> Iterator[T]:
    """What `function` gives for each of the arguments, in their order, as soon as it is there.

    Arguments are asked for when somebody is free to work on them: no more of them are in memory.
    """
    import joblib

    parallel = joblib.Parallel(return_as="generator", pre_dispatch="n_jobs")
    yield from parallel(joblib.delayed(alone)(function, *given) for given in arguments)


def alone(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """`function` on one thread: the order in which numbers are added up is then always the same.

    With as many threads as a machine has cores, the last digits of a model, and so its digest,
    depended on the machine.
    """
    with threadpool_limits(1):
        return function(*given, **named)
