"""What a person sees in the terminal: messages and progress; kinds of answers in modules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from pipeline.errors import WaraError


class Screen(Console):
    """A console that leaves a closed pipe, as of `| head`, to the command line's one place."""

    def on_broken_pipe(self) -> None:
        """Rich would end with the code of a failure."""
        raise BrokenPipeError


out = Screen()
err = Screen(stderr=True)

T = TypeVar("T")


def progress(items: Iterable[tuple[str, T]], *, total: int, label: str) -> Iterator[T]:
    """Pass the items on and show how far they are: a bar with name, count and time left.

    `items` are pairs of a name to show and the item. Without a terminal, one plain line each.
    """
    if not err.is_terminal:
        for number, (name, item) in enumerate(items, start=1):
            err.print(f"{number}/{total} {name}", markup=False, highlight=False, soft_wrap=True)
            yield item
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("เหลือ"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(label, total=total, name="")
        for name, item in items:
            bar.update(task, advance=1, name=name[-40:])
            yield item


@contextmanager
def steps(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work that tells how far it is: yields a function of (done, steps).

    Nothing is shown before the first step is told, nor without a terminal.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(label, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield tell


def say(message: str) -> None:
    """A line for the person, beside the results."""
    err.print(message, markup=False, highlight=False, soft_wrap=True)


def complain(error: WaraError) -> None:
    """Show an error: Thai first, English below."""
    err.print(Text(error.thai, style="bold red"), soft_wrap=True)
    err.print(Text(error.english, style="red"), soft_wrap=True)


def buddhist(date: dt.date | None) -> str:
    """Day, month and Buddhist year in digits; empty without a date."""
    return f"{date.day}/{date.month}/{date.year + 543}" if date else ""
