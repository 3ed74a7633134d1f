"""Repair of a document: how it is damaged first, then the text as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.thai.repair.alignment import align
from pipeline.thai.repair.channel import INTACT, NEVER, SCANNED, Channel
from pipeline.thai.repair.characters import character_damage, repair_characters
from pipeline.thai.repair.decoding import decode
from pipeline.thai.repair.doubling import undouble
from pipeline.thai.repair.estimation import Estimate, estimate, glimpse
from pipeline.thai.repair.glyphs import learn_glyphs, replace_glyphs
from pipeline.thai.repair.joining import ends_inside_words, join_lines
from pipeline.thai.repair.lattice import make_lattice
from pipeline.thai.repair.model import Model, model
from pipeline.thai.repair.reading import read_as_words
from pipeline.thai.repair.rewriting import learn_rewrites, rewrite
from pipeline.thai.repair.sampling import SAMPLE, glance, sample
from pipeline.thai.repair.screen import damaged_share, suspicious
from pipeline.thai.repair.slots import cut_slots
from pipeline.thai.repair.spots import repair_spots
from pipeline.thai.repair.vocabulary import Vocabulary, learn_words

_READ = 16_000  # characters whose words and names are learned, of sound pages half of them
# A paragraph on one line is weighed in parts: its sound places must not outweigh the damaged ones.
_LONG = re.compile("([^\n]{60,120}) ")
_GLIMPSE = 0.02
_GLARING = 0.1  # share of groups of letters that only damage brings: no glimpse is needed
_GAIN = 0.02  # nats for each letter; clean texts stay below 0.015
# Nats for each letter: what Thai costs without its damage is 1.8 to 2.6, of lists of names 3; words
# found in what is no text (columns mixed up, words cut to pieces) come to 3.5 and more.
_READABLE = 3.3
_LEAST = 8.0  # nats, and the root of how many letters there are
_WORDS = 3  # different words; a spaced-out heading or a name misspelt throughout is no damage
_SHORT = 80
_PASSES = 8
_THAI = re.compile("[ก-ฺเ-๎\ufffd]")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A text repaired.

    `damage` is the share of Thai letters repaired or unreadable, 0 to 1, `classes` how many places
    were repaired by their code in `CLASSES`.
    """

    text: str
    damage: float
    classes: Mapping[str, int]
    raw: str = field(repr=False)

    @property
    def offsets(self) -> Sequence[int]:
        """For every code point of `text`, and for its end, an index of `raw`; never descending."""
        return align(self.raw, self.text)


@dataclass(frozen=True, slots=True)
class Study:
    """What is known about the damage of a document.

    `channel` is None where no marks are damaged; `glyphs` gives the letters of odd glyphs,
    `rewrites` the rules that undo damage done throughout; `broken` lines end inside words;
    `scanned` pages were read by OCR. `language` is what words cost in this document, None where
    that is not known. `plain` pages were found to need no rules for characters.
    """

    channel: Channel | None
    glyphs: Mapping[str, str] = field(default_factory=dict)
    rewrites: tuple[str, ...] = ()
    broken: bool = False
    scanned: bool = False
    language: Model | None = field(default=None, repr=False)
    plain: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def damaged(self) -> bool:
        """Whether there is more to do than character rules."""
        return bool(self.channel or self.glyphs or self.rewrites or self.broken)

    def repair(self, text: str) -> Diagnosis:
        """Repair a page or another part of the document."""
        done, found = self.once(text)
        for _ in range(_PASSES if self.damaged or found else 0):
            # What was repaired is looked at again, until nothing changes.
            before, again = done, study([done], scanned=self.scanned)
            done, more = again.once(done)
            found += more
            if done == before:
                break
        letters = len(_THAI.findall(text)) if found or "\ufffd" in done else 0
        places = sum(found.values()) + done.count("\ufffd")
        return Diagnosis(done, min(1.0, places / max(letters, 1)), dict(found), text)

    def once(self, text: str) -> tuple[str, Counter[str]]:
        """`text` repaired in one pass, and the places by class."""
        done, found = (text, Counter[str]()) if text in self.plain else self._characters(text)
        if self.broken:
            done, joined = join_lines(done, self.channel or INTACT, self.language or model())
            found += Counter(broken_line=joined)
        if self.channel is not None:
            done, read = read_as_words(done, self.channel, self.language or model())
            found += read
        done, read = repair_spots(done)
        return done, found + read

    def _characters(self, text: str) -> tuple[str, Counter[str]]:
        single, found = undouble(text)
        named, read = replace_glyphs(single, self.glyphs)
        named, undone = rewrite(named, self.rewrites)
        found += read + undone
        done = repair_characters(named)
        if done != named:
            found += character_damage(named)
        return done, found


def study(pages: Sequence[str], *, scanned: bool = False) -> Study:
    """Look for damage in the pages of one document.

    `scanned` pages were read by OCR, which always damages text in the same way.
    """
    if scanned:
        return Study(SCANNED, scanned=True)
    single = [undouble(page)[0] for page in pages]
    glyphs = learn_glyphs(single)
    named = [replace_glyphs(page, glyphs)[0] for page in single]
    texts = [repair_characters(page) for page in named]
    plain = frozenset(page for page, text in zip(pages, texts, strict=True) if page == text)
    broken = ends_inside_words("\n".join(texts))
    texts = _joined(texts, broken=broken)
    known = Study(None, glyphs, broken=broken, plain=plain)
    doubtful = [place for place, text in enumerate(texts) if suspicious(text)]
    if not doubtful and len(texts) > 1 and suspicious("\n".join(texts)):
        doubtful = list(range(len(texts)))
    if not doubtful:
        return known
    rewrites = learn_rewrites([named[place] for place in doubtful])
    if rewrites:
        texts = [repair_characters(rewrite(page, rewrites)[0]) for page in named]
        texts, doubtful = _joined(texts, broken=broken), list(range(len(texts)))
        known = replace(known, rewrites=rewrites, plain=frozenset())
    damaged = [texts[place] for place in doubtful]
    found = _estimated(damaged)
    if found is None:
        return known
    sound = [text for place, text in enumerate(texts) if place not in doubtful]
    words = _vocabulary(found, damaged, sound)
    return replace(known, channel=found.channel, language=words.adapt(model()))


def _joined(texts: list[str], *, broken: bool) -> list[str]:
    return [join_lines(text, INTACT, model())[0] for text in texts] if broken else texts


def _estimated(pages: Sequence[str]) -> Estimate | None:
    """How marks are damaged; None where they are not."""
    text = "\n".join(pages)
    if damaged_share(text) < _GLARING and glimpse(glance(pages), model()) < _GLIMPSE:
        return None
    found = estimate(_LONG.sub(r"\1\n", sample(text)), model())
    # Chatted and misspelt lines lack marks too: there, one or two words prove nothing.
    words = 1 if found.size < _SHORT and found.channel.dropped.min() >= NEVER else _WORDS
    least = max(_GAIN * found.size, _LEAST + found.size**0.5)
    weak = found.gain * found.size < least or found.words < words
    return None if weak or found.spelling > _READABLE else found


def _vocabulary(found: Estimate, doubtful: Sequence[str], sound: Sequence[str]) -> Vocabulary:
    """The words of the pages; those of a short document were all read already."""
    lattice, paths = found.lattice, found.paths
    text = "\n".join((*doubtful, *sound))
    if sound or len(text) > SAMPLE:
        half = _READ // 2
        text = "\n".join("\n".join(part)[:half] for part in (doubtful, sound))
        lattice = make_lattice(cut_slots(text), model())
        paths = decode(lattice, found.channel, model())
    return learn_words(lattice, paths, found.channel, model())


def diagnose(text: str) -> Diagnosis:
    """Repair `text` as a document of its own, and say what was found."""
    return study([text]).repair(text)


def repair(text: str) -> str:
    """Repair `text` as a document of its own. Idempotent; clean text comes back unchanged.

    >>> repair("ก าลังท างาน")
    'กำลังทำงาน'
    """
    return diagnose(text).text
