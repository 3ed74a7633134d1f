"""Cues of topics in a text: which are found, and what they say by themselves.

A cue counts where it begins and ends at a word boundary; of cues that overlap the longest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classifiers.features import space_joined
from corpora.passages_loader import TopicCues
from pipeline.documents import Passage
from pipeline.thai import Token, arabic_digits, tokenize

Floats = NDArray[np.float64]
PROCEDURE = "procedure"
# A passage has the topic on the right wherever it has the one on the left.
IMPLIED = {"tpmap": "poverty", "open_data": "open"}
STRONG, WEAK = 1.0, 1 / 3  # what a cue adds to the score of the rules alone
ENOUGH = 1.0
BARE = 2  # words beside those of procedure that say nothing yet
LONGEST = 12  # tokens of a cue
REMEMBERED = 10_000  # texts
_WORDS = frozenset({"thai", "latin", "number"})
_PATH = " › "
# How a turn is introduced: the speaker's name and office are not what is said.
_LEAD_IN = re.compile(
    r".{0,160}?(?:กล่าวถึง|กล่าวว่า|แจ้งว่า|เสนอว่า|รายงานว่า|ชี้แจงว่า|ถามว่า|เห็นว่า|ตอบว่า|สรุปว่า|ให้ข้อมูลว่า|:)",
    re.DOTALL,
)
_RESOLVED = re.compile(r"\s*(?:มติที่ประชุม|มติ|ที่ประชุมมีมติ|ที่ประชุม)\s*[:：]?\s*(?=\S)")
_ANYTHING = re.compile(r"อื่น|จิปาถะ|เบ็ดเตล็ด|สัพเพเหระ|any other", re.IGNORECASE)
_ANSWER = re.compile(r"\s*(?:รับทราบ|เห็นชอบ|เห็นด้วย|อนุมัติ|ไม่อนุมัติ|ตกลง|ให้ดำเนินการ|รับไป)")
_ADOPTION = re.compile(r"รับรองรายงาน|รับรอง.{0,20}การประชุม|^[\d๐-๙.\s]*(?:การ)?รับรองรายงาน")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text cut into words once.

    `joined` is its words, blank between them; `counts` (topics, 2) its different strong and weak
    cues; `shape` four sizes: words, words outside cues of procedure, cues of procedure, others.
    """

    joined: str
    counts: Floats
    shape: Floats


@dataclass
class CueFinder:
    """Finds the cues of `topics` (their order is that of every array) in texts."""

    topics: tuple[str, ...]
    cues: TopicCues
    _known: dict[str, Wording] = field(default_factory=dict, repr=False)
    _columns: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._columns = {topic: column for column, topic in enumerate(self.topics)}

    def wording(self, text: str) -> Wording:
        """What stands in `text`; remembered, for headings and titles come again and again."""
        if text not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> Wording:
        words = [token for token in tokenize(text) if token.kind in _WORDS]
        counts, procedural, other = np.zeros((len(self.topics), 2)), 0, 0
        covered = 0
        for cue, length in self._found(words).items():
            named = dict(self.cues[cue])
            for topic, strong in named.items():
                if topic in self._columns:
                    counts[self._columns[topic], 0 if strong else 1] += 1
            procedural += PROCEDURE in named
            covered += length if PROCEDURE in named else 0
            other += bool(named.keys() - {PROCEDURE})
        plain = sum(word.kind != "number" for word in words)
        sizes = (len(words), max(0, plain - covered), procedural, other)
        return Wording(space_joined(words), counts, np.log1p(sizes))

    def _found(self, words: list[Token]) -> dict[str, int]:
        """The different cues, with the number of words each covers."""
        keys = ["".join(arabic_digits(word.text).lower().split()) for word in words]
        found, start = {}, 0
        while start < len(keys):
            key, best = "", 0
            for end in range(start, min(start + LONGEST, len(keys))):
                key += keys[end]
                if key in self.cues:
                    best, cue = end + 1, key
            if best:
                found[cue] = best - start
            start = best or start + 1
        return found


def said(passage: Passage) -> str:
    """What a passage says, without the words that lead to it (name and office, มติที่ประชุม)."""
    if passage.kind == "resolution":
        return _RESOLVED.sub("", passage.text, count=1) or passage.text
    named = [name for name in (passage.speaker, passage.position) if name]
    lead_in = _LEAD_IN.match(passage.text) if passage.kind == "turn" and named else None
    if lead_in and any(name in lead_in[0] for name in named):
        return passage.text[lead_in.end() :].strip() or passage.text
    return passage.text


def own_heading(passage: Passage) -> str:
    """The heading of the passage's own item, without those above it."""
    return passage.heading.rpartition(_PATH)[2]


def input_text(passage: Passage) -> str:
    """Heading and text as one text: what the model reads, in training and in use."""
    return f"{passage.heading}\n{said(passage)}" if passage.heading else said(passage)


def is_adoption(passage: Passage) -> bool:
    """Whether the passage belongs to the adoption of earlier minutes: procedure, nothing else."""
    return _ADOPTION.search(own_heading(passage)) is not None


def inherits(passage: Passage) -> bool:
    """Whether what the meeting is for holds here: not in the item for anything else."""
    return _ANYTHING.search(own_heading(passage)) is None


def is_procedure(passage: Passage, finder: CueFinder) -> bool | None:
    """Whether the passage is procedure by its form; None where the form does not settle it.

    It is when it adopts earlier minutes, or when neither heading nor text has more than a word or
    two beside the words of procedure; it is not under a heading that has a topic of its own.
    """
    if is_adoption(passage):
        return True
    heading, text = finder.wording(own_heading(passage)), finder.wording(said(passage))
    content = np.array([topic != PROCEDURE for topic in finder.topics])
    if heading.counts[content, 0].any():
        return False
    if heading.counts[content].any() or text.counts[content].any():
        return None
    return True if max(heading.shape[1], text.shape[1]) <= np.log1p(BARE) else None


def is_bare(passage: Passage, finder: CueFinder) -> bool:
    """Whether the text only answers its heading ("รับทราบ", "เห็นชอบ") and says nothing itself."""
    text = finder.wording(said(passage))
    content = np.array([topic != PROCEDURE for topic in finder.topics])
    return bool(text.shape[1] <= np.log1p(BARE) and not text.counts[content].any())


def is_answer(passage: Passage, finder: CueFinder) -> bool:
    """Whether the text answers what the meeting is for: no heading, and a word like "เห็นชอบ"."""
    procedural = finder.wording(own_heading(passage)).shape[2]
    return bool(not procedural and _ANSWER.match(said(passage)))


def by_rule(passage: Passage, finder: CueFinder) -> set[str]:
    """The topics that cues alone give: the rule layer without a model."""
    settled = is_procedure(passage, finder)
    if settled:
        return {PROCEDURE}
    parts = (finder.wording(said(passage)), finder.wording(own_heading(passage)))
    scores = sum(part.counts for part in parts) @ np.array([STRONG, WEAK])
    topics = {topic for topic, score in zip(finder.topics, scores, strict=True) if score >= ENOUGH}
    return consistent(topics, alone=settled is None and topics == {PROCEDURE})


def consistent(topics: Iterable[str], *, alone: bool) -> set[str]:
    """Add what is implied; `procedure` stays only `alone`."""
    chosen = set(topics)
    if PROCEDURE in chosen:
        return {PROCEDURE} if alone else chosen - {PROCEDURE}
    return chosen | {IMPLIED[topic] for topic in chosen if topic in IMPLIED}
