"""Repair of a document: how it is damaged first, then the text as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.thai.repair.alignment import align
from pipeline.thai.repair.channel import INTACT, NEVER, SCANNED, Channel
from pipeline.thai.repair.characters import character_damage, repair_characters
from pipeline.thai.repair.decoding import decode
from pipeline.thai.repair.doubling import undouble
from pipeline.thai.repair.estimation import (
    Estimate,
    estimate,
    line_breaks,
    line_costs,
    lines_of,
)
from pipeline.thai.repair.glyphs import learn_glyphs, replace_glyphs
from pipeline.thai.repair.lattice import make_lattice
from pipeline.thai.repair.model import Model, model
from pipeline.thai.repair.rewriting import learn_rewrites, rewrite
from pipeline.thai.repair.screen import damaged_groups, suspicious, unbalanced
from pipeline.thai.repair.slots import Slots, cut_slots
from pipeline.thai.repair.spots import repair_spots
from pipeline.thai.repair.vocabulary import Vocabulary, learn_words
from pipeline.thai.repair.writing import write

_SAMPLE = 2500  # characters
_READ = 16_000  # characters whose words and names are learned, of sound pages half of them
_GLANCE = 240
_PIECES = re.compile(r"[^\n]{20,60}(?= |$)|[^\n]{1,60}", re.MULTILINE)
# A paragraph on one line is weighed in parts: its sound places must not outweigh the damaged ones.
_LONG = re.compile("([^\n]{60,120}) ")
_PAGES, _PAGE = 20, 4000  # as many pages and characters of each are searched for a first glance
_GLIMPSE = 0.02
_GAIN = 0.02  # nats for each letter; clean texts stay below 0.015
_LEAST = 8.0  # nats, and the root of how many letters there are
_WORDS = 3  # different words; a spaced-out heading or a name misspelt throughout is no damage
_SHORT = 80
_LINE = 1.0
_PASSES = 8
_THAI = re.compile("[ก-ฺเ-๎\ufffd]")
# 'ก.พ.ร.', 'พ.ศ. 2565', 'น.ส.': single letters that no mark is missing on.
_ABBREVIATION = re.compile(r"(?<![ก-๎])[ก-ฮ]{1,4}(?=\.)|(?<=\.)[ก-ฮ]{1,4}(?=\.|(?![ก-๎ ]))")


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
    `rewrites` the rules that undo damage done throughout; `scanned` pages were read by OCR.
    `language` is what words cost in this document, None where that is not known.
    """

    channel: Channel | None
    glyphs: Mapping[str, str] = field(default_factory=dict)
    rewrites: tuple[str, ...] = ()
    scanned: bool = False
    language: Model | None = field(default=None, repr=False)

    @property
    def damaged(self) -> bool:
        """Whether there is more to do than character rules."""
        return bool(self.channel or self.glyphs or self.rewrites)

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
        single, found = undouble(text)
        named, read = replace_glyphs(single, self.glyphs)
        named, undone = rewrite(named, self.rewrites)
        found += read + undone
        done = repair_characters(named)
        if done != named:
            found += character_damage(named)
        if self.channel is not None:
            done, read = _decoded(done, self.channel, self.language or model())
            found += read
        done, read = repair_spots(done)
        return done, found + read


def study(pages: Sequence[str], *, scanned: bool = False) -> Study:
    """Look for damage in the pages of one document.

    `scanned` pages were read by OCR, which always damages text in the same way.
    """
    if scanned:
        return Study(SCANNED, scanned=True)
    pages = [undouble(page)[0] for page in pages]
    glyphs = learn_glyphs(pages)
    named = [replace_glyphs(page, glyphs)[0] for page in pages]
    texts = [repair_characters(page) for page in named]
    doubtful = [text for text in texts if suspicious(text)]
    if not doubtful and len(texts) > 1 and suspicious("\n".join(texts)):
        doubtful = texts
    if not doubtful:
        return Study(None, glyphs)
    rewrites = learn_rewrites([page for page in named if repair_characters(page) in doubtful])
    if rewrites:
        doubtful = [repair_characters(rewrite(page, rewrites)[0]) for page in named]
    found = _estimated(doubtful)
    if found is None:
        return Study(None, glyphs, rewrites)
    sound = [text for text in texts if not rewrites and text not in doubtful]
    words = _vocabulary(found, doubtful, sound)
    return Study(found.channel, glyphs, rewrites, language=words.adapt(model()))


def _estimated(pages: Sequence[str]) -> Estimate | None:
    """How marks are damaged; None where they are not."""
    glance = _worst(pages)
    if unbalanced("".join(pages)):  # what is missing makes no group of letters strange
        glance = "\n".join(_pieces(_sample("\n".join(pages))[: 3 * _GLANCE]))
    if estimate(glance, model(), rounds=1).gain < _GLIMPSE:
        return None
    found = estimate(_LONG.sub(r"\1\n", _sample("\n".join(pages))), model())
    # Chatted and misspelt lines lack marks too: there, one or two words prove nothing.
    words = 1 if found.size < _SHORT and found.channel.dropped.min() >= NEVER else _WORDS
    least = max(_GAIN * found.size, _LEAST + found.size**0.5)
    return None if found.gain * found.size < least or found.words < words else found


def _vocabulary(found: Estimate, doubtful: Sequence[str], sound: Sequence[str]) -> Vocabulary:
    """The words of the pages; those of a short document were all read already."""
    lattice, paths = found.lattice, found.paths
    text = "\n".join((*doubtful, *sound))
    if sound or len(text) > _SAMPLE:
        half = _READ // 2
        text = "\n".join("\n".join(part)[:half] for part in (doubtful, sound))
        lattice = make_lattice(cut_slots(text), model())
        paths = decode(lattice, found.channel, model())
    return learn_words(lattice, paths, found.channel, model())


def diagnose(text: str) -> Diagnosis:
    """Repair `text` as a document of its own, and say what was found."""
    return study([text]).repair(text)


def repair(text: str) -> str:
    """Repair `text` as a document of its own. Idempotent; clean text comes back unchanged."""
    return diagnose(text).text


def _decoded(text: str, channel: Channel, language: Model) -> tuple[str, Counter[str]]:
    lattice = make_lattice(guarded(cut_slots(text), text), language)
    breaks = line_breaks(lattice)
    intact = line_costs(decode(lattice, INTACT, language), breaks)
    paths = decode(lattice, channel, language)
    damaged = line_costs(paths, breaks) + _LINE < intact
    in_line = lines_of(lattice, paths, breaks)
    out, found = write(text, lattice, paths, channel, language, damaged[in_line])
    return repair_characters(out), found


def guarded(slots: Slots, text: str) -> Slots:
    """`slots` with the letters of abbreviations as if they were no Thai letters."""
    places = [p for m in _ABBREVIATION.finditer(text) for p in range(m.start(), m.end())]
    code = slots.code.copy()
    code[np.searchsorted(slots.start, places, side="right") - 1] = 0
    return slots.with_code(code)


def _worst(pages: Sequence[str]) -> str:
    """The lines that look most damaged, about `_GLANCE` characters."""
    pieces = [piece for page in pages[:_PAGES] for piece in _pieces(page[:_PAGE])]
    pieces.sort(key=damaged_groups, reverse=True)
    chosen, size = [], 0
    for piece in pieces:
        chosen.append(piece)
        size += len(piece)
        if size >= _GLANCE:
            break
    return "\n".join(chosen)


def _pieces(text: str) -> list[str]:
    """`text` in pieces of 60 characters at most, cut at spaces where there are any."""
    return _PIECES.findall(text)


def _sample(text: str) -> str:
    """Lines from all over `text`, about `_SAMPLE` characters."""
    if len(text) <= _SAMPLE:
        return text
    lines = text.split("\n")
    step = round(len(text) / _SAMPLE)
    chosen = "\n".join(lines[step // 2 :: step])
    if len(chosen) >= _SAMPLE // 3:
        return chosen[: 2 * _SAMPLE]
    return text[:_SAMPLE]
