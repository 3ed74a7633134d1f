"""Topics of passages of minutes: several per passage, each with a calibrated probability."""

from classifiers.topics.artefacts import default_topics
from classifiers.topics.tagger import TopicTagger, as_passages

__all__ = ["TopicTagger", "as_passages", "default_topics"]
