"""The tagger of topics that wara came with."""

from __future__ import annotations

import pytest

from classifiers.topics import TopicTagger


@pytest.fixture
def tagger(topics: TopicTagger) -> TopicTagger:
    return topics
