"""Which kind of paper a text is: `detection` asks, `cues` are what speaks for which."""

from pipeline.kinds.detection import LONGEST_READ, WEIGHTS, detect_kind, kind_words, public_work

__all__ = ["LONGEST_READ", "WEIGHTS", "detect_kind", "kind_words", "public_work"]
