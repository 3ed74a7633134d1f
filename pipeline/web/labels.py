"""The labels that there are, read once."""

from __future__ import annotations

from functools import cache

from corpora import Taxonomy, load_taxonomy


@cache
def labels() -> Taxonomy:
    """The taxonomy that wara came with."""
    return load_taxonomy()
