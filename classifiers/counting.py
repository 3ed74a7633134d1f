"""Counts the n-grams of one text as scikit-learn's fitted vectorizers do, to the bit, and faster.

scikit-learn counts every text from its letters. Here the letter n-grams of a word are looked up
once and kept, since texts repeat their words; and each n-gram comes with the words it lies in, for
evidence is shared out over them. Vectorizers are those of `features.vectorizer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from classifiers.features import vectorizers_of

Ints = NDArray[np.intp]
Shares = tuple[Ints, Ints, NDArray[np.float64]]
KEPT_WORDS, LONGEST_KEPT = 20_000, 40  # some 10 MB; when there are more words, all go


@dataclass(frozen=True, slots=True)
class Counted:
    """One text as features, in the column order of the union.

    `columns` ascend, `values` are theirs. `shares` has for each vectorizer three arrays side by
    side, an entry for every n-gram and every word that it lies in: the column, the word's position,
    and the part of the n-gram's value that falls to this place (they add up to the value).
    """

    columns: Ints
    values: NDArray[np.float32]
    shares: tuple[Shares, ...]


class NgramCounter:
    """Counts texts for one fitted union of vectorizers."""

    def __init__(self, features: FeatureUnion) -> None:
        parts = vectorizers_of(features)
        self._parts = [(_Letters if part.analyzer == "char_wb" else _Words)(part) for part in parts]
        self.sizes = [len(part.vocabulary_) for part in parts]

    def count(self, words: Sequence[str]) -> Counted:
        """The features of a text given as its words, as they stand in a space-joined text."""
        columns, values, shares = [], [], []
        first = 0
        for part, size in zip(self._parts, self.sizes, strict=True):
            grams, lying, positions = part.look_up(words)
            counts = np.bincount(grams, minlength=size)
            found = np.flatnonzero(counts)
            weighed = _weighed(counts[found], part.idf[found])
            columns.append(found + first)
            values.append(weighed)
            each = np.zeros(size)
            each[found] = weighed / np.bincount(lying, minlength=size)[found]
            shares.append((lying, positions, each[lying]))
            first += size
        return Counted(np.concatenate(columns), np.concatenate(values), tuple(shares))

    def row(self, words: Sequence[str]) -> tuple[Ints, NDArray[np.float32]]:
        """The columns, ascending, and their values of a text: `count` without the shares."""
        columns, values, first = [], [], 0
        for part, size in zip(self._parts, self.sizes, strict=True):
            found, counts = np.unique(part.look_up(words)[0], return_counts=True)
            columns.append(found + first)
            values.append(_weighed(counts, part.idf[found]))
            first += size
        return np.concatenate(columns), np.concatenate(values)

    def matrix(self, texts: Iterable[Counted]) -> csr_matrix:
        """(n, features) single-precision matrix of texts, as the union's `transform` gives it."""
        rows = [(text.columns, text.values) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([np.zeros(0, np.intp), *(columns for columns, _ in rows)])
        values = np.concatenate([np.zeros(0, np.float32), *(values for _, values in rows)])
        return csr_matrix((values, columns, ends), shape=(len(rows), sum(self.sizes)))


def _weighed(counts: Ints, idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """TF-IDF with sublinear counts, of length one; sums in scikit-learn's order and precision."""
    values = counts.astype(np.float32)
    np.log(values, values)
    values += 1.0
    values *= idf
    squares = np.cumsum(values * values, dtype=np.float64)
    if not len(squares) or not squares[-1]:
        return values
    return np.asarray(values / np.sqrt(squares[-1]), dtype=np.float32)


class _Words:
    """Looks up n-grams of words."""

    def __init__(self, part: TfidfVectorizer) -> None:
        self.idf = np.asarray(part.idf_)
        self._vocabulary = part.vocabulary_
        self._lengths = range(part.ngram_range[0], part.ngram_range[1] + 1)

    def look_up(self, words: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        """Columns of the n-grams; then those of all words in them, beside their positions."""
        grams, used, places = [], [], []
        for length in self._lengths:
            joined = map(" ".join, zip(*(words[k:] for k in range(length)), strict=False))
            columns = _columns(self._vocabulary, words if length == 1 else joined)
            starts = np.flatnonzero(columns >= 0)
            known = columns[starts]
            grams.append(known)
            used += [known] * length
            places += [starts + offset for offset in range(length)]
        return np.concatenate(grams), np.concatenate(used), np.concatenate(places)


class _Letters:
    """Looks up n-grams of letters inside words."""

    def __init__(self, part: TfidfVectorizer) -> None:
        self.idf = np.asarray(part.idf_)
        self._vocabulary = part.vocabulary_
        self._cut = part.build_analyzer()
        self._kept: dict[str, Ints] = {}

    def look_up(self, words: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        """As `_Words.look_up`."""
        if not words:
            nothing = np.zeros(0, np.intp)
            return nothing, nothing, nothing
        of_words = list(map(self._of_word, words))
        columns = np.concatenate(of_words)
        positions = np.repeat(np.arange(len(words)), list(map(len, of_words)))
        return columns, columns, positions

    def _of_word(self, word: str) -> Ints:
        found = self._kept.get(word)
        if found is None:
            columns = _columns(self._vocabulary, self._cut(word))
            found = columns[columns >= 0]
            if len(self._kept) >= KEPT_WORDS:
                self._kept.clear()
            if len(word) <= LONGEST_KEPT:
                self._kept[word] = found
        return found


def _columns(vocabulary: dict[str, int], grams: Iterable[str]) -> Ints:
    """The column of each n-gram, -1 for those never seen in training."""
    return np.array([vocabulary.get(gram, -1) for gram in grams], dtype=np.intp)
