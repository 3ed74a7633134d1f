"""The labels that there are, read once."""

from __future__ import annotations

from functools import cache

from corpora import Taxonomy, load_taxonomy


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that wara came with."""
    return load_taxonomy()


def label_names() -> dict[str, str]:
    """The short Thai name of every agenda and mode, by its code."""
    return {label.code: label.short_th for label in (*taxonomy().agendas, *taxonomy().modes)}


def topic_names() -> dict[str, str]:
    """The short Thai name of every topic of a passage, by its code."""
    return {label.code: label.short_th for label in taxonomy().passage_topics}
