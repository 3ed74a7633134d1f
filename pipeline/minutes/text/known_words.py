"""Words of one text, looked up where they may stand: first names, nicknames, ends of names.

A pattern of them would be compiled for every text anew, which took a fifth of reading minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_HEAD = 2


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words by their first two letters; what is found is what a pattern of them would find."""

    _by_head: Mapping[str, tuple[tuple[int, frozenset[str]], ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> KnownWords:
        """`words` as they stand in the text, each of two letters or more."""
        by_head: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for word in words:
            by_head[word[:_HEAD]][len(word)].add(word)
        return cls(
            {
                head: tuple((n, frozenset(same[n])) for n in sorted(same, reverse=True))
                for head, same in by_head.items()
            }
        )

    def ends(self, text: str, position: int) -> Iterator[int]:
        """Where the words that begin at `position` end, the longest first."""
        for length, same in self._by_head.get(text[position : position + _HEAD], ()):
            if text[position : position + length] in same:
                yield position + length

    def end(self, text: str, position: int) -> int | None:
        """Where the longest word that begins at `position` ends."""
        return self.end_of_first(text, position, position + 1)

    def end_of_first(self, text: str, start: int, stop: int) -> int | None:
        """Where the first word ends that begins from `start` on, before `stop`."""
        for position in range(start, stop):
            for length, same in self._by_head.get(text[position : position + _HEAD], ()):
                if text[position : position + length] in same:
                    return position + length
        return None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the words in `text`, in order, the longest of each place, apart."""
        reached = 0
        for position in range(len(text)):
            if position >= reached and (end := self.end(text, position)) is not None:
                yield position, end
                reached = end
