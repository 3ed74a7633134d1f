"""The Thai language: repair, normalize, words, sentences, dates, numbers and names."""

from pipeline.thai.normalize import normalize
from pipeline.thai.repair import repair, repairs_made
from pipeline.thai.sentences import sentences
from pipeline.thai.tokenizer import Token, tokenize, words

__all__ = ["Token", "normalize", "repair", "repairs_made", "sentences", "tokenize", "words"]
