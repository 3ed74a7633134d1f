"""Text as HTML with spans highlighted. No mark cuts a letter from its vowel sign or tone mark."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from markupsafe import Markup, escape

_OPEN = Markup('<mark class="{}"{}{}>')
_JOINERS = "\u200d\ufe0e\ufe0f"
_SARA_AM = "\u0e33"  # a letter to Unicode, half a mark to the eye


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of code points, `end` exclusive; `kind` becomes the class `mark-kind`.

    `label` says what the span is, on hover and to screen readers; `anchor` is an id to link to.
    """

    start: int
    end: int
    kind: str = "evidence"
    label: str = ""
    anchor: str = ""


def marked(text: str, marks: Iterable[Mark], *, offset: int = 0) -> Markup:
    """`text` escaped, with marks that may overlap; they count from `offset` code points before it.

    What lies outside the text is left out; an anchor stands once, where its span begins.
    """
    inside = list(_inside(text, marks, offset))
    edges = sorted(set(chain([0, len(text)], *((m.start, m.end) for m in inside))))
    starting, ending = _by_place(inside)
    active: Counter[tuple[str, str]] = Counter()
    pieces = []
    for start, end in pairwise(edges):
        anchors = []
        for mark in ending.get(start, ()):
            active[mark.kind, mark.label] -= 1
            if not active[mark.kind, mark.label]:
                del active[mark.kind, mark.label]
        for mark in starting.get(start, ()):
            active[mark.kind, mark.label] += 1
            anchors.append(mark.anchor)
        pieces.append(_piece(text[start:end], list(active), [a for a in anchors if a]))
    return Markup("").join(pieces)


def highlighted(text: str, spans: Iterable[Sequence[int]], *, offset: int = 0) -> Markup:
    """`text` escaped, with the `[start, end]` pairs of a search hit marked."""
    return marked(text, (Mark(start, end, "hit") for start, end in spans), offset=offset)


def on_boundary(text: str, at: int, step: int) -> int:
    """The nearest place from `at` on, in steps of 1 or -1, where no mark is cut from its letter."""
    while 0 < at < len(text) and _joins(text[at]):
        at += step
    return at


def _joins(letter: str) -> bool:
    return (
        letter == _SARA_AM
        or letter in _JOINERS
        or unicodedata.category(letter) in ("Mn", "Mc", "Me")
    )


def _inside(text: str, marks: Iterable[Mark], offset: int) -> Iterator[Mark]:
    for mark in marks:
        start, end = max(0, mark.start - offset), min(len(text), mark.end - offset)
        if start < end:
            yield Mark(
                on_boundary(text, start, -1),
                on_boundary(text, end, 1),
                mark.kind,
                mark.label,
                mark.anchor if mark.start >= offset else "",  # it stood where the span began
            )


def _by_place(marks: Sequence[Mark]) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    starting: dict[int, list[Mark]] = {}
    ending: dict[int, list[Mark]] = {}
    for mark in marks:
        starting.setdefault(mark.start, []).append(mark)
        ending.setdefault(mark.end, []).append(mark)
    return starting, ending


def _piece(text: str, active: Sequence[tuple[str, str]], anchors: Sequence[str]) -> Markup:
    first = Markup("").join(Markup('<a id="{}"></a>').format(anchor) for anchor in anchors)
    if not active:
        return first + escape(text)
    classes = " ".join(dict.fromkeys(f"mark-{kind}" for kind, _ in active))
    labels = " · ".join(dict.fromkeys(label for _, label in active if label))
    title = Markup(' title="{}"').format(labels) if labels else Markup("")
    said = Markup('<span class="said">[{}] </span>').format(labels) if labels else Markup("")
    return first + _OPEN.format(classes, title, "") + said + escape(text) + Markup("</mark>")
