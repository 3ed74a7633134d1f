"""Counts of the values among all passages that match."""

from __future__ import annotations

from collections.abc import Mapping

import tantivy

from pipeline.search.values import FACETS

_SHOWN = 50


def facets(searcher: tantivy.Searcher, matching: tantivy.Query) -> Mapping[str, Mapping[str, int]]:
    """For each field of `FACETS` its values and counts, the most frequent first."""
    wanted = {name: {"terms": {"field": name, "size": _SHOWN}} for name in FACETS}
    answer = searcher.aggregate(matching, wanted)
    return {
        name: {_label(bucket): bucket["doc_count"] for bucket in answer[name]["buckets"]}
        for name in FACETS
    }


def _label(bucket: Mapping[str, object]) -> str:
    key = bucket["key"]
    return str(int(key)) if isinstance(key, (int, float)) else str(key)
