"""The signs and labels that one text keeps for its decisions: `>> …`, `✅ …`, `เคาะแล้ว: …`.

Learned from the text: what stands before several paragraphs that begin like a decision also marks
those that do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import any_pattern, any_word

_SIGN = re.compile(
    r"[ ]*(?P<sign>[-=]?>{1,3}|[*]{2,3}|[→➔⇒►➡»]|[\u2600-\u27bf\U0001f300-\U0001faff])\ufe0f?[ ]*"
)
_LABEL = re.compile(r"(?P<label>[^\n:：|]{2,30}?)[ ]?[:：](?!//)[ ]*")
_DECIDES = re.compile(
    rf"{any_word('resolution', 'verbs')}|{any_pattern('resolution', 'labels')}"
    rf"|{any_word('resolution', 'bodies')}"
)
_FEWEST, _SHARE = 2, 0.5


def learn_marks(text: str, found: Iterable[Paragraph], roster: Roster) -> frozenset[str]:
    """The marks that stand at least twice, and as a rule, before a decision."""
    decided: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for paragraph in found:
        marked = mark_of(text, paragraph)
        if marked and not roster.resolve(marked[0]).known:
            every[marked[0]] += 1
            decided[marked[0]] += _DECIDES.match(text, marked[1], paragraph.end) is not None
    likely = (mark for mark, times in decided.items() if times >= _FEWEST)
    return frozenset(mark for mark in likely if decided[mark] >= _SHARE * every[mark])


def mark_of(text: str, paragraph: Paragraph) -> tuple[str, int] | None:
    """The sign or label at the head of a paragraph, and where the words behind it begin."""
    sign = _SIGN.match(text, paragraph.start, paragraph.end)
    if sign:
        return sign["sign"], sign.end()
    label = _LABEL.match(text, paragraph.body, paragraph.end)
    return (label["label"], label.end()) if label else None
