"""What a meeting is for, by its title: the subject that its passages inherit.

A title names a committee's task, or up to two subjects; bodies that deal with anything name none.
The guideline's first step, with the words of `corpora/topic_subjects.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import corpora
from corpora.entries import parse_toml, read_text
from corpora.lines import fault_at
from corpora.passages_loader import cue_key
from corpora.taxonomy import Taxonomy, load_taxonomy

FILE = Path(corpora.__file__).with_name("topic_subjects.toml")
MOST = 2  # subjects of a title
LONGEST = 300  # letters of a title that are looked at
RANKS = ("alone", "named", "lever")
REMEMBERED = 10_000
# A place's name is no subject: เทศบาลตำบลเขื่อนบางแก้ว is not about a dam.
_PLACE = re.compile(
    r"(?:อำเภอ|อ\.|ตำบล|ต\.|เทศบาล(?:นคร|เมือง|ตำบล)|อบต\.|หมู่บ้าน|องค์การบริหารส่วนตำบล)\s?[ก-๛]+"
)

Words = dict[str, dict[str, list[str]]]


@dataclass
class SubjectFinder:
    """Finds the subject of a title. `words` are those of the file; see `load_subjects`."""

    words: Words
    nothing: list[str]
    several: dict[str, list[str]]
    _known: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _names: dict[str, tuple[int, str]] = field(init=False, repr=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._names = {cue_key(word): (len(RANKS), "") for word in self.nothing}
        for rank, kind in enumerate(RANKS):
            for name, words in self.words[kind].items():
                self._names |= {cue_key(word): (rank, name) for word in words}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def lists(self) -> dict[str, Any]:
        """What the finder is made of, as plain lists."""
        return {"words": self.words, "nothing": self.nothing, "several": self.several}

    def subject(self, title: str) -> frozenset[str]:
        """The topics that the title's subject stands for; empty where it names none."""
        if title not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[title] = self._read(title)
        return self._known[title]

    def named(self, heading: str) -> frozenset[str]:
        """All topics that a heading names."""
        return self._topics(name for rank, name in self._found(heading) if rank < len(RANKS))

    def _read(self, title: str) -> frozenset[str]:
        found = self._found(title)
        for rank in range(len(RANKS)):
            names = list(dict.fromkeys(name for of, name in found if of == rank))[:MOST]
            if names:
                return self._topics(names)
        return frozenset()

    def _found(self, text: str) -> list[tuple[int, str]]:
        key = cue_key(_PLACE.sub(" ", text[:LONGEST]))
        return [self._names[match[0]] for match in self._pattern.finditer(key)]

    def _topics(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(topic for name in names for topic in self.several.get(name, [name]))


def load_subjects(taxonomy: Taxonomy | None = None, path: Path = FILE) -> SubjectFinder:
    """The finder of the words in `path` that stand for topics of the taxonomy.

    Raises ModelError for a file that does not fit.
    """
    content = parse_toml(path, read_text(path))
    several = _lists(path, "several", content.get("several", {}))
    words = {kind: _lists(path, kind, content.get(kind, {})) for kind in RANKS}
    labels = taxonomy if taxonomy is not None else load_taxonomy()
    known = {label.code for label in labels.passage_topics}
    several = {name: [topic for topic in of if topic in known] for name, of in several.items()}
    for kind, names in words.items():
        words[kind] = {name: of for name, of in names.items() if name in known | several.keys()}
    nothing = _lists(path, "nothing", {"nothing": content.get("nothing", [])})["nothing"]
    return SubjectFinder(words, nothing, several)


def _lists(path: Path, where: str, table: Any) -> dict[str, list[str]]:
    good = isinstance(table, Mapping) and all(
        isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)
        for words in table.values()
    )
    if not good:
        raise fault_at(
            f"{path}, {where}",
            'ต้องเป็นรายการคำ ["...", "..."] แก้ตารางนี้',
            'this must hold lists of words ["...", "..."]. Correct it.',
        )
    return dict(table)
