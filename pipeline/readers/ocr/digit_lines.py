"""Lines of words and numbers as a scanner may give them, rendered from Thai fonts."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pythainlp.corpus import thai_words

from pipeline.readers.ocr.digits import ARABIC_DIGITS, THAI_DIGITS

_CLUSTER = re.compile("[^ัิ-ฺ็-๎][ัิ-ฺ็-๎]*")
TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)
_WORDS = sorted(word for word in thai_words() if 1 < len(word) < 9)
_LATIN = ("e-Service", "PMQA", "OTOP", "KPI", "Smart", "online", "www.go.th", "SMEs", "COVID")
_SHORT = ("ม.ค.", "ก.พ.", "เม.ย.", "มกราคม", "ธันวาคม", "พ.ศ.", "น.", "โทร.", "ข้อ")


def number(dice: random.Random) -> str:
    """A number as documents write it, in Thai digits three times out of four."""
    value = dice.randint(0, 10 ** dice.randint(1, 7))
    text = dice.choice(
        (
            str(value),
            f"{value:,}",
            f"{value:,}.{dice.randint(0, 99):02d}",
            f"{value % 40}.{dice.randint(1, 20)}",
            f"({value % 20})",
            f"{value % 999}/{dice.randint(2500, 2599)}",
            f"{dice.randint(0, 9)}-{dice.randint(1000, 9999)}-{value % 10000:04d}",
            f"฿{value:,}",
            str(dice.randint(2400, 2599)),
        )
    )
    return text.translate(TO_THAI) if dice.random() < 0.75 else text


def line_text(dice: random.Random) -> str:
    """A line of words and numbers, or of numbers alone."""
    share = 1.0 if dice.random() < 0.15 else 0.45
    pieces = []
    for _ in range(dice.randint(1, 5)):
        if dice.random() < share:
            pieces.append(number(dice))
        elif dice.random() < 0.15:
            pieces.append(dice.choice(_LATIN + _SHORT))
        else:
            pieces.append("".join(dice.choices(_WORDS, k=dice.randint(1, 3))))
    return "".join(piece + dice.choice((" ", " ", "")) for piece in pieces).strip()


Middles = list[tuple[str, float]]


def rendered(text: str, font: ImageFont.FreeTypeFont) -> tuple[Image.Image, Middles]:
    """The line in black on white, with each cluster and the x of its middle, at twice the size."""
    edge = round(font.size)
    width = int(font.getlength(text)) + 2 * edge
    image = Image.new("L", (width, 3 * edge), 255)
    ImageDraw.Draw(image).text((edge, edge * 0.8), text, fill=0, font=font)
    middles = []
    for match in _CLUSTER.finditer(text):
        start = font.getlength(text[: match.start()])
        end = font.getlength(text[: match.end()])
        middles.append((match[0], edge + (start + end) / 2))
    return image, middles


def worn(image: Image.Image, dice: random.Random, noise: np.random.Generator) -> Image.Image:
    """The line as a scanner may give it: other stroke width, turned, blurred, shaded, noisy."""
    size = (max(1, image.width // 2), max(1, image.height // 2))
    em = size[1] / 3
    stroke = dice.random()
    if stroke < 0.12 and em > 28:
        image = image.filter(ImageFilter.MinFilter(3))
    elif stroke < 0.2 and em > 45:
        image = image.filter(ImageFilter.MaxFilter(3))
    angle = dice.choice((0.0, dice.uniform(-1.5, 1.5)))
    image = image.resize(size, Image.Resampling.BOX)
    if angle:
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(dice.choice((0, dice.uniform(0, em / 36)))))
    pixels = np.asarray(image, dtype=np.float32)
    ink, paper = dice.uniform(0, 90), dice.uniform(200, 255)
    shade = 1 - dice.choice((0, dice.uniform(0, 0.25))) * np.linspace(0, 1, size[0])
    grain = noise.normal(0, dice.choice((0, dice.uniform(0, 26))), pixels.shape)
    seen = (ink + pixels / 255 * (paper - ink)) * shade + grain
    image = Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))
    if dice.random() < 0.3:  # a scan at 150 dpi, brought to 200
        image = image.resize((size[0] * 3 // 4, size[1] * 3 // 4), Image.Resampling.BOX)
        image = image.resize(size, Image.Resampling.BICUBIC)
    if dice.random() < 0.4:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=dice.randint(35, 90))
        image = Image.open(buffer)
    return image


def family(path: Path) -> str:
    """The family of a font file: its name up to the hyphen."""
    return path.stem.split("-")[0]


def thai_fonts(folders: Sequence[Path]) -> Iterator[Path]:
    """The TTF files of the folders that hold Thai digits and are no hairlines."""
    for path in sorted(p for folder in folders for p in folder.rglob("*.ttf")):
        hairline = re.search("Thin|ExtraLight", path.stem)
        if not hairline and draws(ImageFont.truetype(str(path), 40), "๔"):
            yield path


def draws(font: ImageFont.FreeTypeFont, char: str) -> bool:
    """Whether the font has a glyph of its own for `char`."""
    return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))
