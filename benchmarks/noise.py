"""How much noise costs: macro-F1 of the same texts, clean and damaged in one way at a time.

    python -m benchmarks.noise

Texts of the training part, each tagged by a model that has read neither its writer nor its
project; `repaired` is what the readers make of the noise before tagging (repair, normalize).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np
from sklearn.metrics import f1_score

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.splits import voice_folds
from corpora import load_proposals
from pipeline.thai import normalize, repair

THAI, ARABIC = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
TONES = "่้๊๋"
# What Tesseract and bad scans take for one another.
ALIKE = (
    "ดคต",
    "ถกภ",
    "บปษ",
    "มน",
    "พผฟ",
    "ขชซ",
    "ลส",
    "ฎฏ",
    "ฑท",
    "ิีึื",
    "ุู",
    "เแ",
    "ใไ",
    "l1I๑",
    "O0๐",
)
TWINS = {letter: group.replace(letter, "") for group in ALIKE for letter in group}
POLICY = (
    "ตามยุทธศาสตร์ชาติ 20 ปี แผนแม่บทภายใต้ยุทธศาสตร์ชาติ และนโยบายของรัฐบาลที่มุ่งขจัดความยากจน "
    "ลดความเหลื่อมล้ำ ยกระดับคุณภาพชีวิตและเศรษฐกิจฐานราก ส่งเสริมการท่องเที่ยวโดยชุมชน "
    "จัดการสิ่งแวดล้อมอย่างยั่งยืน และพัฒนาบริการภาครัฐ "
    "ด้วยนวัตกรรม เทคโนโลยีดิจิทัล การมีส่วนร่วมของประชาชน ข้อมูลเปิด และการบริการที่เป็นเลิศ "
    "จังหวัดจึงจัดทำข้อเสนอดังต่อไปนี้\n"
)
Noise = Callable[[str, random.Random], str]


def _letters(text: str, share: float, change: Callable[[str], str], rng: random.Random) -> str:
    return "".join(change(letter) if rng.random() < share else letter for letter in text)


def typos(text: str, rng: random.Random) -> str:
    """One Thai letter in fifty is dropped or doubled, or changes place with its neighbour."""
    letters = list(text)
    at = 0
    while at < len(letters) - 1:
        if "ก" <= letters[at] <= "๎" and rng.random() < 0.02:
            kind = rng.randrange(3)
            if kind == 0:
                letters[at] = ""
            elif kind == 1:
                letters[at] *= 2
            else:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            at += 1
        at += 1
    return "".join(letters)


def scan(text: str, rng: random.Random) -> str:
    """One letter in fifty is taken for one that looks alike, or is a tone mark that is lost."""

    def change(letter: str) -> str:
        return "" if letter in TONES else rng.choice(TWINS.get(letter, letter))

    return _letters(text, 0.04, change, rng)


def broken_lines(text: str, rng: random.Random) -> str:
    """A line ends after every 40 to 60 letters, in the middle of words."""
    parts, at = [], 0
    while at < len(text):
        step = rng.randint(40, 60)
        parts.append(text[at : at + step])
        at += step
    return "\n".join(parts)


def split_sara_am(text: str, _rng: random.Random) -> str:
    """Sara am as two characters, as many PDFs hold it."""
    return text.replace("ำ", "\u0e4dา")


def no_spaces(text: str, _rng: random.Random) -> str:
    """All blanks within lines gone."""
    return re.sub(r"[ \t]+", "", text)


def other_digits(text: str, _rng: random.Random) -> str:
    """Thai digits for Arabic ones, and the other way round."""
    return text.translate(str.maketrans(THAI + ARABIC, ARABIC + THAI))


def boilerplate(text: str, _rng: random.Random) -> str:
    """A paragraph in front that names every agenda and every mode."""
    return POLICY + text


def first_half(text: str, _rng: random.Random) -> str:
    """The second half is missing."""
    return text[: len(text) // 2]


def clean(text: str, _rng: random.Random) -> str:
    """The text as it is."""
    return text


NOISES: dict[str, Noise] = {
    "clean": clean,
    "typos (2 % of letters)": typos,
    "scan errors (2 % of letters)": scan,
    "lines broken in words": broken_lines,
    "sara am in two": split_sara_am,
    "no spaces": no_spaces,
    "Thai and Arabic digits exchanged": other_digits,
    "policy paragraph in front": boilerplate,
    "second half missing": first_half,
}


def main() -> None:
    """Print the table."""
    proposals = load_proposals(part="train")
    texts = np.array(texts_of(proposals), dtype=object)
    said = {
        (name, repaired): np.empty((len(texts), 3), dtype=object)
        for name in NOISES
        for repaired in (False, True)
    }
    for train, test in voice_folds(proposals):
        tagger = ProposalTagger().fit(texts[train], proposals.iloc[train])
        for (name, repaired), table in said.items():
            noisy = [NOISES[name](text, random.Random(text)) for text in texts[test]]
            if repaired:
                noisy = [normalize(repair(text)) for text in noisy]
            table[test, :2] = tagger.predict(noisy)
            table[test, 2] = [not tags.needs_review for tags in tagger.tag(noisy)]
    truth = proposals[["agenda", "mode"]].to_numpy(dtype=str)
    print(f"Macro-F1 under noise, {len(texts)} texts, writers left out, facts apart")
    for (name, repaired), table in said.items():
        found = table[:, :2].astype(str)
        agenda, mode = (f1_score(truth[:, k], found[:, k], average="macro") for k in (0, 1))
        passed = table[:, 2].astype(bool)
        right = (found == truth).all(axis=1)
        how = "repaired" if repaired else "as it stands"
        print(
            f"  {name:34} {how:13} agenda {agenda:.3f}  mode {mode:.3f}"
            f"  not reviewed {passed.mean():.0%}, right {right[passed].mean():.1%}"
        )


if __name__ == "__main__":
    main()
