"""What a table is made of: its columns, and the codes that stand in their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "list", "flag", "whole", "number", "money", "share", "date", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, Thai heading and width in Excel, and what its cells hold.

    `list` is a tuple of texts, `share` a number from 0 to 1, `moment` an aware time. `meaning`
    says in Thai and in English what the column holds. Excel offers `choices`, pairs of a code and
    its meaning, from a list, and does not show `hidden` columns.
    """

    code: str
    heading: str
    width: int
    type: Type = "text"
    wrapped: bool = True
    hidden: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    meaning: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Term:
    """What the cells of the column `column` may hold, and what it means in Thai and in English."""

    column: str
    value: str
    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, in order, the name of its sheet, and the terms of its cells.

    Where columns have meanings, Excel gets a second sheet with these and the terms.
    """

    columns: tuple[Column, ...]
    sheet: str = "wara"
    terms: tuple[Term, ...] = ()
