"""The labels, the synthetic corpus, and the functions that load both as pandas tables."""

from corpora.interchange import label_studio_config, read_labels, write_labels
from corpora.loaders import corpus_digest, load_minutes, load_other, load_proposals
from corpora.parts import part_of, text_digest
from corpora.passages_loader import load_passages, load_topic_cues
from corpora.taxonomy import Label, Network, Taxonomy, load_taxonomy

__all__ = [
    "Label",
    "Network",
    "Taxonomy",
    "corpus_digest",
    "label_studio_config",
    "load_minutes",
    "load_other",
    "load_passages",
    "load_proposals",
    "load_taxonomy",
    "load_topic_cues",
    "part_of",
    "read_labels",
    "text_digest",
    "write_labels",
]
