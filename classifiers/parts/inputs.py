"""What texts become before they are counted: words, and the words around mentions of an award."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.awards import WEIGHT, award_cues, award_words
from classifiers.features import feature_words, surface
from pipeline.errors import ModelError
from pipeline.thai import Token

Strings = NDArray[np.object_]


@dataclass(frozen=True)
class Cut:
    """One text cut into words, once: all that count, and those around mentions of an award.

    `surfaces` are the words as they count, `context` those around the mentions and the cues there.
    """

    text: str
    words: list[Token]
    near: list[Token]
    surfaces: list[str]
    context: list[str]

    @classmethod
    def of(cls, text: str) -> Cut:
        """Tokenize a text."""
        words = feature_words(text)
        near = award_words(text, words)
        context = [*map(surface, near), *award_cues(text) * WEIGHT]
        return cls(text, words, near, list(map(surface, words)), context)


@dataclass(frozen=True)
class Inputs:
    """Texts cut into words once: all words, and those around award mentions, space-joined."""

    texts: list[str]
    joined: Strings
    contexts: Strings

    @classmethod
    def of(cls, texts: Iterable[str]) -> Inputs:
        """Tokenize the texts. Raises ModelError as `checked_texts`."""
        texts = checked_texts(texts)
        joined, contexts = np.empty((2, len(texts)), dtype=object)
        for row, text in enumerate(texts):  # tokens take ten times the room of their text
            cut = Cut.of(text)
            joined[row], contexts[row] = " ".join(cut.surfaces), " ".join(cut.context)
        return cls(texts, joined, contexts)

    def words(self, rows: NDArray[np.intp]) -> Inputs:
        """Some of the texts, by position, cut as they are; what they were cut from is left out."""
        return Inputs([], self.joined[rows], self.contexts[rows])


def checked_texts(texts: Iterable[str]) -> list[str]:
    """The texts as a list. Raises ModelError for a single text or for what is no text."""
    if isinstance(texts, str):
        raise _not_texts("ข้อความเดียว", "one text: put it into a list")
    texts = list(texts)
    odd = next((text for text in texts if not isinstance(text, str)), None)
    if not all(isinstance(text, str) for text in texts):
        raise _not_texts(f"ค่า {odd!r}", f"{odd!r} among the texts: fill or drop empty rows")
    return texts


def _not_texts(thai: str, english: str) -> ModelError:
    return ModelError(
        f"ต้องการรายการของข้อความ แต่ได้{thai}", f"a list of texts is needed, not {english}"
    )
