"""spaCy's Language for Thai over our own tokenizer.

spaCy's own "th" calls PyThaiNLP's newmm. Here a Doc holds the tokens of `pipeline.thai.tokenize`,
and `doc.text` is the text it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.lang.th import LEX_ATTRS, STOP_WORDS
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, load_config_from_str, registry
from spacy.vocab import Vocab

from pipeline.thai import tokenize

_CONFIG = """
[nlp]

[nlp.tokenizer]
@tokenizers = "wara.tokenizer.v1"
"""
# The string store keeps UTF-8, which has no lone surrogates; normalized text has none either.
_SURROGATE = re.compile("[\ud800-\udfff]")


class ThaiTokenizer(DummyTokenizer):  # type: ignore[misc]
    """Makes a Doc of our tokens.

    A single blank after a word is the word's `whitespace_`; any other white space (a newline, the
    rest of a longer run, a leading blank) is a token of its own, as in spaCy's other languages.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`; a lone surrogate becomes U+FFFD, so offsets hold."""
        pieces = list(_pieces(_SURROGATE.sub("\ufffd", text)))
        return Doc(self.vocab, words=[word for word, _ in pieces], spaces=[by for _, by in pieces])


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Words, each with whether a blank follows it."""
    held: str | None = None
    for token in tokenize(text):
        rest = token.text
        if held is not None:
            spaced = token.kind == "space" and rest.startswith(" ")
            yield held, spaced
            held, rest = None, rest[spaced:]
        if token.kind == "space":
            if rest:
                yield rest, False
        else:
            held = rest
    if held is not None:
        yield held, False


@registry.tokenizers("wara.tokenizer.v1")  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], ThaiTokenizer]:
    return lambda nlp: ThaiTokenizer(nlp.vocab)


class _Defaults(BaseDefaults):  # type: ignore[misc]
    config = load_config_from_str(_CONFIG)
    lex_attr_getters = LEX_ATTRS
    stop_words = STOP_WORDS


class ThaiLanguage(Language):  # type: ignore[misc]
    """`Language("th")` with `ThaiTokenizer` and no components."""

    lang = "th"
    Defaults = _Defaults
