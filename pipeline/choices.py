"""Tick boxes: what a form offers, and what was chosen.

    ☐ ขจัดความยากจนฯ  ☑ การจัดการสิ่งแวดล้อม        [ ] ดิจิทัล  [/] นวัตกรรม

The words of an option that was not ticked are the form's, not the province's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_OPTION = 160

_BOX = re.compile(
    r"(?P<ticked>[☑☒✓✔✅🗹√]|[\[(][ ]?[xX/✓✔√*][ ]?[\])])"
    r"|(?P<empty>[☐□⬜▢❏]|\[[ ]{0,3}\]|\([ ]{1,3}\))"
)
_NOISE = re.compile(r"[\s.,:;/()\[\]ฯ–—-]+|^การ")
_SHARED_START = 8  # letters that an abridged option shares with the full name's beginning


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a form, its words at `start`-`end` of the text behind the box."""

    start: int
    end: int
    ticked: bool


def find_options(text: str) -> list[Option]:
    """The options of all tick boxes, in order: from a box to the next one or the line's end."""
    boxes = list(_BOX.finditer(text))
    stops = [*(box.start() for box in boxes[1:]), len(text)]
    options = []
    for box, next_box in zip(boxes, stops, strict=False):
        stop = min(next_box, box.end() + LONGEST_OPTION)
        line_end = text.find("\n", box.end(), stop)
        end = line_end if line_end >= 0 else stop
        options.append(Option(box.end(), end, box["ticked"] is not None))
    return options


def chosen(text: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The codes whose name a ticked option gives, in full, in part or abridged.

    `names` holds the names of each code. An option that fits several codes decides nothing.
    """
    found: dict[str, None] = {}
    for option in find_options(text):
        if option.ticked:
            words = _squeezed(text[option.start : option.end])
            fits = [code for code, of_code in names.items() if _fits(words, of_code)]
            found.update(dict.fromkeys(fits if len(fits) == 1 else ()))
    return tuple(found)


def named(text: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The code whose full name `text` gives, such as the answer to "รูปแบบการพัฒนา".

    None for a text with tick boxes, a long one, or one that gives several names.
    """
    if len(text) > LONGEST_OPTION or _BOX.search(text):
        return ()
    words = _squeezed(text)
    found = [c for c, of_code in names.items() if any(n in words for n in map(_squeezed, of_code))]
    return tuple(found) if len(found) == 1 else ()


def _fits(words: str, names: Sequence[str]) -> bool:
    shortest = 4 if words.isascii() else 6
    for name in map(_squeezed, names):
        if name and (name in words or (len(words) >= shortest and words in name)):
            return True
        if len(words) >= _SHARED_START and words[:_SHARED_START] == name[:_SHARED_START]:
            return True
    return False


def _squeezed(text: str) -> str:
    return _NOISE.sub("", _NOISE.sub("", text.strip()).lower())
