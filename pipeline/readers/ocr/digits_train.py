"""Train the digit reader on lines of text rendered from Thai fonts, and write `digits.npz`.

Every line goes through the very segmentation that a scanned page goes through, so the network
sees what it will meet: neighbours that touch, broken strokes, letters with their marks. Fonts:
fonts-thai-tlwg and fonts-noto-core of Debian, Sarabun, Prompt, Kanit and Chakra Petch of PyPI
(fontpkg-...). Usage:
    python -m pipeline.readers.ocr.digits_train FONT_FOLDER ... [--hold-out Norasi] [--lines 20000]
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from pipeline.readers.ocr import digits
from pipeline.readers.ocr.digit_lines import (
    TO_THAI,
    draws,
    family,
    line_text,
    rendered,
    thai_fonts,
    worn,
)
from pipeline.readers.ocr.digits import ARABIC_DIGITS, CLASSES, OTHER, THAI_DIGITS, TOUCHING
from pipeline.readers.ocr.glyphs import Cell, Floats, Ink, features, floor_of, line_cells
from pipeline.readers.ocr.pixels import cleaned

HIDDEN = 112
_DIGITS = frozenset(THAI_DIGITS + ARABIC_DIGITS + "฿")


@dataclass(frozen=True, slots=True)
class Sample:
    """The cells of one line: features and the index of each cell's class."""

    rows: Floats
    classes: NDArray[np.int64]


def label(cell: Cell, middles: Sequence[tuple[str, float]], least: float) -> str:
    """The class of a cell: what stands at its place, `least` the width below which it is broken."""
    left, _, right, _ = cell.box
    inside = [cluster for cluster, x in middles if left <= x < right]
    if len(inside) > 1:
        return TOUCHING if _DIGITS & set("".join(inside)) else OTHER
    if not inside or inside[0] not in CLASSES:
        return OTHER
    return OTHER if inside[0] in _DIGITS and right - left < least else inside[0]


def sample(path: Path, dice: random.Random, noise: np.random.Generator) -> Sample | None:
    """One line of one font, worn, cut and labelled; None where nothing was found in it."""
    em = dice.randint(24, 66)
    font = ImageFont.truetype(str(path), 2 * em)
    text = line_text(dice)
    if not draws(font, "4"):  # the Noto fonts for Thai hold no Latin
        text = re.sub("[!-~]", "", text.translate(TO_THAI)).strip() or "๐๑"
    clean, middles = rendered(text, font)
    image = worn(clean, dice, noise)
    ink = Ink.of(cleaned(np.asarray(image.convert("L"))))
    cells, unit = line_cells(ink, (0, 0, image.width, image.height))
    if not cells:
        return None
    halved = [(cluster, x / 2) for cluster, x in middles]
    names = [label(cell, halved, 0.4 * unit) for cell in cells]
    classes = np.array([CLASSES.index(name) for name in names])
    return Sample(features(ink, cells, unit, floor_of(cells)), classes)


def samples(fonts: Sequence[Path], lines: int, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """Features and classes of the cells of `lines` lines over all `fonts`."""
    dice, noise = random.Random(seed), np.random.default_rng(seed)
    families = sorted({family(path) for path in fonts})
    made = []
    for index in range(lines):
        own = [path for path in fonts if family(path) == families[index % len(families)]]
        one = sample(dice.choice(own), dice, noise)
        if one is not None:
            made.append(one)
    return np.concatenate([s.rows for s in made]), np.concatenate([s.classes for s in made])


def train(rows: Floats, classes: NDArray[np.int64], epochs: int) -> dict[str, NDArray[np.float16]]:
    """Fit the network; returns its arrays by the names that `digits.Network.load` expects."""
    scaler = StandardScaler().fit(rows)
    model = MLPClassifier(
        (HIDDEN,), batch_size=256, alpha=2e-4, learning_rate_init=1e-3, max_iter=epochs,
        early_stopping=False, random_state=0, verbose=True,
    )  # fmt: skip
    model.fit(scaler.transform(rows).astype(np.float32), classes)
    hidden, output = model.coefs_
    bias_hidden, bias_output = model.intercepts_
    present = model.classes_
    full, full_bias = np.zeros((HIDDEN, len(CLASSES))), np.full(len(CLASSES), -30.0)
    full[:, present], full_bias[present] = output, bias_output
    arrays = {
        "mean": scaler.mean_, "scale": np.maximum(scaler.scale_, 0.02),
        "w1": hidden, "b1": bias_hidden, "w2": full, "b2": full_bias,
    }  # fmt: skip
    return {name: array.astype(np.float16) for name, array in arrays.items()}


def main() -> None:
    """Train, save, and print the accuracy on the families that were held out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--hold-out", nargs="*", default=[])
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--to", type=Path, default=digits.WEIGHTS)
    options = parser.parse_args()
    fonts = list(thai_fonts(options.folders))
    held = [path for path in fonts if family(path) in options.hold_out]
    kept = [path for path in fonts if path not in held]
    arrays = train(*samples(kept, options.lines, seed=1), options.epochs)
    np.savez_compressed(options.to, allow_pickle=False, **arrays)
    print(f"{options.to}: {options.to.stat().st_size:,} bytes, {len(kept)} font files")
    for name, paths in (("fonts trained on", kept), ("fonts held out", held)):
        if paths:
            report(name, *samples(paths, 1500, seed=2), digits.Network.load(options.to))


def report(name: str, rows: Floats, classes: NDArray[np.int64], network: digits.Network) -> None:
    """Print how many of the Thai digits, Arabic digits and other cells are told right."""
    scores = network.log_probabilities(rows)
    guess = scores.argmax(axis=1)
    thai, arabic = classes < 10, (classes >= 10) & (classes < 20)
    other = classes == CLASSES.index(OTHER)
    within = scores[:, :10].argmax(axis=1)
    print(
        f"{name}: Thai digits {np.mean(guess[thai] == classes[thai]):.2%} of {thai.sum()}"
        f" (among the ten: {np.mean(within[thai] == classes[thai]):.2%}),"
        f" Arabic {np.mean(guess[arabic] == classes[arabic]):.2%} of {arabic.sum()},"
        f" letters taken for Thai digits {np.mean(guess[other] < 10):.3%} of {other.sum()}"
    )
    for true, kind in sorted(set(zip(classes[thai].tolist(), guess[thai].tolist(), strict=True))):
        count = int(np.sum((classes == true) & (guess == kind)))
        if true != kind and count > 5:
            print(f"  {CLASSES[true]} read as {CLASSES[kind]}: {count}")


if __name__ == "__main__":
    main()
