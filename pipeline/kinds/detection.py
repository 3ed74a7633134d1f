"""Which kind of paper a text is: a proposal, a meeting's minutes, or neither.

Two questions, in this order. Are these minutes? Weighted cues decide: a cue counts where it
stands (at a line's start, in the opening, anywhere), at most `cap` times; minutes show who met,
when, and who said what, a proposal says what will be done, by which money and measure. Is it a
proposal at all? The cues have a say, and so have the words, by weights learned from `corpora/`
(`classifiers.kinds`): words alone know the corpus' way of writing too well, cues alone take
announcements and statistics for proposals.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, repeat
from pathlib import Path
from typing import get_args

from pipeline.documents import Kind
from pipeline.kinds.cues import CUES, Cue, Sign
from pipeline.thai import words

WEIGHTS = Path(__file__).parents[1] / "data" / "kinds.json"
OPENING_CHARS = 700
"""How much of the text, in code points, counts as its opening: a letterhead and one paragraph."""
LONGEST_READ = 30_000
"""How much of a text is looked at."""
MINUTES_FLOOR = 5.0
# Chosen by cross-validation over the corpus, a writer or genre left out (`benchmarks.kinds`).
PLAN_FLOOR, PLAN_WEIGHT, CUE_WEIGHT, CUES_AT_MOST = 5.0, 0.8, 0.7, 8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word says for public work (positive) or against it, and the start value."""

    bias: float
    words: Mapping[str, float]


_LINE_END = re.compile("\n")
_CUES_OF = {sign: [cue for cue in CUES if cue.sign == sign] for sign in get_args(Sign)}


def detect_kind(text: str) -> Kind:
    """Tell a proposal, minutes (formal ones and posts about a meeting) and other texts apart.

    `text` is normalized. Linear time.
    """
    text = text.lstrip()[:LONGEST_READ]
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    sums = {sign: sum(_score(text, lines, cue) for cue in cues) for sign, cues in _CUES_OF.items()}
    if sums["minutes"] - sums["other"] >= MINUTES_FLOOR and sums["minutes"] > sums["proposal"]:
        return "minutes"
    plan = PLAN_WEIGHT * (sums["proposal"] - sums["other"]) + sums["work"] - PLAN_FLOOR
    plan = max(-CUES_AT_MOST, min(CUES_AT_MOST, plan))
    return "proposal" if public_work(text) + CUE_WEIGHT * plan >= 0 else "other"


def public_work(text: str) -> float:
    """How much the words of `text` are those of proposals and minutes: below 0 rather not."""
    weights = _weights()
    known = kind_words(text) & weights.words.keys()
    if not known:
        return min(weights.bias, -1.0)
    return weights.bias + sum(map(weights.words.__getitem__, known)) / math.sqrt(len(known))


def kind_words(text: str) -> set[str]:
    """The different words of a text, lower-cased; every number counts as the word `0`."""
    return {"0" if word[0].isdecimal() else word.lower() for word in words(text)}


@cache
def _weights() -> Weights:
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def _score(text: str, lines: Sequence[int], cue: Cue) -> float:
    return sum(1 for _ in islice(_matches(text, lines, cue), cue.cap)) * cue.weight


def _matches(text: str, lines: Sequence[int], cue: Cue) -> Iterator[object]:
    """Where a cue stands; one at the start of a line is looked for nowhere else."""
    if cue.scope == "line":
        return filter(None, map(cue.pattern.match, repeat(text), lines))
    return cue.pattern.finditer(text, 0, OPENING_CHARS if cue.scope == "opening" else len(text))
