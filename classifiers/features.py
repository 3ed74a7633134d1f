r"""From texts to what scikit-learn counts: space-joined words, and n-grams of their letters.

Words arrive space-joined and are split again by `token_pattern=r"\S+"`, so that no function of
ours ends up in a model file (and because scikit-learn's default pattern cuts Thai words at their
vowel signs). Letter n-grams stay inside words (`char_wb`): they carry compounds, misspellings and
OCR noise over to words never seen in training.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from pipeline.choices import find_options
from pipeline.thai import Token, tokenize

_BLANKS = re.compile(r"\s+")


def join_title(title: str | None, text: str) -> str:
    """Title and text as one text: the title in front, unless the text holds it already.

    The one function by which training, evaluation and serving build their input. Because a served
    document always holds its own title, offsets into the result are offsets into the document.
    """
    return text if not title or title in text else f"{title}\n{text}"


def feature_words(text: str) -> list[Token]:
    """The tokens of `text` that count as words: Thai, Latin and numbers.

    The words of options that were not ticked do not count.
    """
    words = [token for token in tokenize(text) if token.kind in {"thai", "latin", "number"}]
    offered = [option for option in find_options(text) if not option.ticked]
    if not offered:
        return words
    starts = [option.start for option in offered]

    def in_offer(word: Token) -> bool:
        last = bisect.bisect_right(starts, word.start) - 1
        return last >= 0 and word.start < offered[last].end

    return [word for word in words if not in_offer(word)]


def surface(token: Token) -> str:
    """How a token is written in the features. Blanks inside a token would split it again."""
    return _BLANKS.sub("_", token.text.lower())


def space_joined(words: Iterable[Token]) -> str:
    """The words, lower-cased, in order, one blank between them."""
    return " ".join(map(surface, words))


def vectorizer(
    *, word_ngrams: tuple[int, int], letter_ngrams: tuple[int, int], min_df: int
) -> FeatureUnion:
    """TF-IDF over words beside TF-IDF over the letters inside words; takes space-joined texts."""
    words = TfidfVectorizer(
        token_pattern=r"\S+",
        ngram_range=word_ngrams,
        min_df=min_df,
        sublinear_tf=True,
        dtype=np.float32,
    )
    letters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=letter_ngrams,
        min_df=min_df,
        sublinear_tf=True,
        dtype=np.float32,
    )
    return FeatureUnion([("words", words), ("letters", letters)])


def vectorizers_of(features: FeatureUnion) -> Sequence[TfidfVectorizer]:
    """The vectorizers of a fitted union, in the order of their columns."""
    return [part for _, part in features.transformer_list]
