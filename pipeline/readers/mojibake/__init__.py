"""Thai that went through a wrong encoding on its way, brought back: pure functions on text.

Two accidents are undone, also where only parts of a text had them, once or twice over: UTF-8 bytes
taken for single-byte characters ("เธ\u0081เธฒเธฃ", "à¸\u0081à¸²à¸£" for การ) and Windows-874 bytes
taken for another code page ("¡ÒÃ" for การ). The first leaves a form that no language has; the
second is believed only where Thai words come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.readers.mojibake.code_pages import PAGES, characters
from pipeline.readers.mojibake.escapes import unescape
from pipeline.readers.mojibake.spelling import misplaced
from pipeline.readers.mojibake.utf8 import LEADS, undo_utf8
from pipeline.readers.mojibake.windows874 import LETTERS, undo_windows874

__all__ = ["Recovered", "misplaced", "recover", "unescape"]

# Text that was misread is misread as a whole more often than twice; three rounds were never seen.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Recovered:
    """A text brought back, and how: each accident in Thai words to its number of stretches."""

    text: str
    accidents: Mapping[str, int] = field(default_factory=dict)

    def warnings(self) -> tuple[str, ...]:
        """Thai sentences for a person, one for each accident."""
        return tuple(f"{name}: กู้คืนแล้ว {count:,} แห่ง" for name, count in self.accidents.items())


def recover(text: str) -> Recovered:
    """Undo every misreading of Thai in `text`. Text without one comes back as it is.

    Letters that a program threw away on the way ("เธเธฒเธฃ", without the invisible character)
    become U+FFFD, one for each. Takes linear time.
    """
    accidents: Counter[str] = Counter()
    for _ in range(0 if text.isascii() else _ROUNDS):
        before, held = text, frozenset(text)
        for page, accident, undo, letters in _STEPS:
            # Most texts hold no letter of these pages, so that no pattern need go through them.
            if not held.isdisjoint(characters(page, letters)):
                text, count = undo(text, page)
                accidents[f"{accident} {PAGES[page]}"] += count
                held = frozenset(text) if count else held
        if text == before:
            break
    return Recovered(text, {name: count for name, count in accidents.items() if count})


_STEPS = (
    *((page, "UTF-8 ที่ถูกอ่านเป็น", undo_utf8, LEADS) for page in PAGES),
    *(
        (page, "Windows-874 ที่ถูกอ่านเป็น", undo_windows874, LETTERS)
        for page in ("cp1252", "mac_roman")
    ),
)
