"""Makes `data/repair.npz`, by python -m pipeline.thai.repair.build.

Sources: PyThaiNLP's word, syllable and frequency lists (CC0), our dictionary of public
administration and the texts of corpora/ that are kept for training. PyThaiNLP's lists of personal
names have another licence and are left out. The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.thai.lexicon import dictionary
from pipeline.thai.normalize import normalize
from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.damaging import FORMS
from pipeline.thai.repair.lexicon import LONGEST, sort_words
from pipeline.thai.repair.model import FILE, PAIR_SHIFT
from pipeline.thai.repair.screen import grams_of
from pipeline.thai.repair.slots import cut_slots
from pipeline.thai.tokenizer import tokenize

ROOT = Path(__file__).parents[3]
LEARNED = ("proposals/*.jsonl", "other/*.jsonl", "minutes/m1.jsonl", "minutes/m2.jsonl")
_WORD = re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]*")
_COMMON = 20  # occurrences that make a word of the National Corpus one of ours
_UNSEEN = 0.4  # occurrences in a million of a dictionary word that no list counts
_SYLLABLE = 2.0  # the same for a syllable that is no word
_OWN = 0.4  # weight of our corpora beside the general lists
_DISCOUNT = 0.75
_UNMET = 20.0
_LISTED = 0.2  # occurrences in a million that make a listed word clean


def _texts() -> list[str]:
    """The texts of corpora/ without those kept for comparing and testing models."""
    parts = json.loads((ROOT / "corpora" / "parts.json").read_text(encoding="utf-8"))
    kept_out = {*parts["promotion"], *parts["test"]}
    files = sorted(file for pattern in LEARNED for file in (ROOT / "corpora").glob(pattern))
    rows = [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()]
    return [normalize(row["text"]) for row in rows if _digest(row["text"]) not in kept_out]


def _digest(text: str) -> str:
    """As in `corpora.parts`, which this layer does not import."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def _frequencies(name: str) -> dict[str, float]:
    """Occurrences in a million by word of a list of PyThaiNLP."""
    import pythainlp.corpus

    lines = Path(pythainlp.corpus.__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    counts = {word.strip(): int(count) for word, count in pairs if count.strip().isdigit()}
    total = sum(counts.values())
    return {normalize(word): 1e6 * count / total for word, count in counts.items()}


def _fits(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and 1 <= len(cut_slots(word).code) <= LONGEST


def _sentences(texts: Iterable[str]) -> Iterator[list[str]]:
    """The Thai words of each text in stretches without a break."""
    for text in texts:
        stretch: list[str] = []
        for token in tokenize(text):
            if token.kind == "thai" and _WORD.fullmatch(token.text):
                stretch.append(token.text)
            elif token.kind != "space" or "\n" in token.text:
                yield stretch
                stretch = []
        yield stretch


def word_rates(own: Counter[str]) -> dict[str, float]:
    """Occurrences in a million by word: lists, dictionary, syllables and `own` counts."""
    from pythainlp.corpus import thai_syllables

    known = dictionary()
    rates: dict[str, float] = {}
    general = [_frequencies("tnc_freq.txt"), _frequencies("ttc_freq.txt")]
    for word in set().union(*general):
        often = max(listed.get(word, 0.0) for listed in general)
        if word in known or often >= _COMMON / 8:
            rates[word] = (1 - _OWN) * sum(listed.get(word, 0.0) for listed in general) / 2
    total = sum(own.values())
    for word, count in own.items():
        if word in known:
            rates[word] = rates.get(word, 0.0) + _OWN * 1e6 * count / total
    for word in known:
        rates[word] = max(rates.get(word, 0.0), _UNSEEN)
    for syllable in thai_syllables():
        if syllable not in rates:
            rates[syllable] = _SYLLABLE if len(syllable) > 2 else 0.0
    return {word: rate for word, rate in rates.items() if rate > 0 and _fits(word)}


def main() -> None:
    """Write the file."""
    _write(FILE, make_arrays())


def make_arrays() -> dict[str, np.ndarray]:
    """What the file holds."""
    texts = _texts()
    sentences = list(_sentences(texts))
    rates = word_rates(Counter(word for sentence in sentences for word in sentence))
    names = sorted(rates)
    names = [names[place] for place in sort_words(names)]
    number = {word: place for place, word in enumerate(names)}
    rate = np.array([rates[word] for word in names])
    cost = -np.log(rate / rate.sum())
    keys, gains, alone = _follow(sentences, number, cost)
    return dict(
        words=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        cost=np.round(cost * 100).astype(np.uint16),
        pair=np.diff(keys, prepend=0),
        gain=np.round(gains * 100).astype(np.int16),
        alone=np.round(alone * 100).astype(np.uint16),
        **_grams(texts),
    )


def _follow(
    sentences: Iterable[list[str]], number: dict[str, int], cost: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of words that were seen, what the second costs more than alone, and what others do.

    Absolute discounting, with some weight for words that were hardly met: what a seen pair gives up
    is shared by all others. Without it, a frequent word would hardly bear an unseen one behind it.
    """
    pairs = Counter(
        (number[a], number[b])
        for sentence in sentences
        for a, b in pairwise(sentence)
        if a in number and b in number
    )
    first = np.array([a for a, _ in sorted(pairs)])
    second = np.array([b for _, b in sorted(pairs)])
    count = np.array([pairs[pair] for pair in sorted(pairs)], dtype=np.float64)
    total = np.bincount(first, weights=count, minlength=len(cost)) + _UNMET
    kinds = np.bincount(first, minlength=len(cost))
    left = (_UNMET + _DISCOUNT * kinds) / total
    share = (count - _DISCOUNT) / total[first] + left[first] * np.exp(-cost[second])
    return (first << PAIR_SHIFT) | second, -np.log(share) - cost[second], -np.log(left)


def _grams(texts: list[str]) -> dict[str, np.ndarray]:
    """Groups of letters that clean texts and words have, and those that only damage brings."""
    listed = [word for word, rate in _frequencies("tnc_freq.txt").items() if rate >= _LISTED]
    words = " ".join(sorted(dictionary() | set(listed)))
    clean = np.unique(np.concatenate([grams_of(text) for text in (*texts, words)]))
    damaged, counts = np.unique(
        np.concatenate(
            [
                grams_of(repair_characters(damage(text)))
                for damage in FORMS.values()
                for text in texts
            ]
        ),
        return_counts=True,
    )
    only = damaged[(counts >= 4) & ~np.isin(damaged, clean)]
    return {
        "clean_grams": np.diff(clean, prepend=np.uint32(0)),
        "damaged_grams": np.diff(only, prepend=np.uint32(0)),
    }


def _write(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """An .npz whose bytes depend on nothing but the arrays."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    main()
