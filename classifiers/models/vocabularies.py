"""Vocabularies of vectorizers as arrays in a model file: skops looks at every entry of a dict."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from classifiers.features import vectorizers_of

Terms = dict[str, list[NDArray[np.str_]]]


def set_aside(parts: Mapping[str, Any]) -> tuple[dict[str, Any], Terms]:
    """Fitted parts without vocabularies, and those of each union: terms in the order of columns."""
    unions = {name: part for name, part in parts.items() if isinstance(part, FeatureUnion)}
    bare = {
        name: _with(union, [_bare(v) for v in vectorizers_of(union)])
        for name, union in unions.items()
    }
    terms = {name: [_terms(v) for v in vectorizers_of(union)] for name, union in unions.items()}
    return {**parts, **bare}, terms


def put_back(parts: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """The parts whole again. Raises ValueError where terms and parts do not belong together."""
    whole = dict(parts)
    for name, arrays in terms.items():
        vectorizers = vectorizers_of(parts[name])
        filled = [_filled(v, array) for v, array in zip(vectorizers, arrays, strict=True)]
        whole[name] = _with(parts[name], filled)
    return whole


def _with(union: FeatureUnion, vectorizers: list[TfidfVectorizer]) -> FeatureUnion:
    names = [name for name, _ in union.transformer_list]
    other = copy(union)
    other.transformer_list = list(zip(names, vectorizers, strict=True))
    return other


def _bare(vectorizer: TfidfVectorizer) -> TfidfVectorizer:
    other = copy(vectorizer)
    del other.vocabulary_
    return other


def _terms(vectorizer: TfidfVectorizer) -> NDArray[np.str_]:
    known = vectorizer.vocabulary_
    return np.array(sorted(known, key=known.__getitem__), dtype=np.str_)


def _filled(vectorizer: TfidfVectorizer, terms: NDArray[np.str_]) -> TfidfVectorizer:
    other = copy(vectorizer)
    other.vocabulary_ = {term: column for column, term in enumerate(terms.tolist())}
    if len(other.vocabulary_) != len(vectorizer.idf_):
        raise ValueError("a vocabulary of another length than its weights")
    return other
