"""Page images: rendered or decoded under a cap on pixels, and made fit for reading.

Every image is brought to `DPI`, grey, white paper, black ink, lines level.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Grey = NDArray[np.uint8]

DPI = 200  # 300 took up to half more time and read no better
MAX_PIXELS = 16_000_000  # a page of A3 at 200 dpi has 7.7 million
_TILE = 25
_RULE, _THICK = 100, 14  # pixels: a rule is longer than any stroke of a letter, and thin
_PALE, _BLACK = 0.2, 0.8  # of the ink's darkness: below is paper, above is black
_BLANK = 1e-5  # share of inked pixels: a page of this little ink holds a speck or two
_LEAST_SHEAR, _LEAST_TURN, _MOST_TURN = 0.15, 0.7, 5.0  # degrees


def scale_within(width: float, height: float, scale: float) -> float:
    """The scale at which a picture of this size keeps to `MAX_PIXELS` and to sides of 30,000."""
    pixels = max(1.0, width) * max(1.0, height)
    side = max(1.0, width, height)
    return min(scale, math.sqrt(MAX_PIXELS / pixels), 30_000 / side)


def resampled(image: Image.Image, dpi: float) -> Image.Image:
    """The image at `DPI`, given that it is at `dpi` now."""
    scale = scale_within(image.width, image.height, DPI / dpi)
    if abs(scale - 1) < 0.1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC)


def cleaned(grey: Grey) -> Grey:
    """White paper and black ink, whatever the light and the noise.

    Tesseract's own threshold is one for the page: with a fifth less light on one side it read
    7 of 15 such pages as noise; cleaned, it read them all.
    """
    smooth = ndimage.gaussian_filter(grey.astype(np.float32), 0.5)
    paper = _paper(smooth)
    darkness = np.clip(1 - smooth / paper, 0.0, 1.0)
    black = max(0.3, float(np.percentile(darkness[::2, ::2], 99.5)))
    share = (darkness / black - _PALE) / (_BLACK - _PALE)
    return np.asarray(255 * (1 - np.clip(share, 0.0, 1.0)), dtype=np.uint8)


def _paper(smooth: NDArray[np.float32]) -> NDArray[np.float32]:
    """The grey of the paper around each pixel: the bright end of tiles, spread smoothly."""
    height, width = smooth.shape
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    padding = ((0, rows * _TILE - height), (0, columns * _TILE - width))
    tiles = np.pad(smooth, padding, "edge").reshape(rows, _TILE, columns, _TILE)
    thinned = tiles[:, ::2, :, ::2].transpose(0, 2, 1, 3).reshape(rows, columns, -1)
    bright = np.percentile(thinned, 80, axis=2)
    bright = ndimage.uniform_filter(ndimage.maximum_filter(bright, 3), 3)
    # A dark field is no paper: light letters on it stay lighter than it.
    bright = np.maximum(bright, max(40.0, 0.45 * float(np.median(bright)))).astype(np.float32)
    image = Image.fromarray(bright).resize(
        (columns * _TILE, rows * _TILE), Image.Resampling.BILINEAR
    )
    return np.asarray(image, dtype=np.float32)[:height, :width]


def without_rules(clean: Grey) -> Grey:
    """The page without the rules of its tables, which Tesseract reads as |, ( and เ."""
    found = (rules(clean, axis=0) | rules(clean, axis=1)).astype(np.uint8)
    return np.where(ndimage.maximum_filter(found, 3) > 0, np.uint8(255), clean)


def rules(clean: Grey, *, axis: int) -> NDArray[np.bool_]:
    """Where the rules are: thin strokes longer than a letter, upright (0) or level (1)."""
    dark = (clean < 128).astype(np.uint8)
    # Three pixels wide, so that a rule that is not quite level stays in one run.
    thick = ndimage.maximum_filter1d(dark, 3, axis=1 - axis)
    eroded = ndimage.minimum_filter1d(thick, _RULE, axis=axis)
    runs = ndimage.maximum_filter1d(eroded, _RULE, axis=axis)
    return np.asarray((runs & _thin(runs, axis=1 - axis)) > 0)


def _thin(runs: NDArray[np.uint8], *, axis: int) -> NDArray[np.uint8]:
    """Where strokes are narrower than `_THICK` across: rules are, black fields are not."""
    core = ndimage.minimum_filter1d(runs, _THICK, axis=axis)
    return np.asarray(1 - ndimage.maximum_filter1d(core, _THICK, axis=axis), dtype=np.uint8)


def is_blank(clean: Grey) -> bool:
    """Whether a cleaned page holds no more than specks."""
    return float(np.mean(clean < 100)) < _BLANK


def levelled(clean: Grey) -> Grey:
    """The cleaned page turned so that its lines run level; the smallest turns are left alone."""
    angle = skew(clean)
    if abs(angle) < _LEAST_SHEAR:
        return clean
    if abs(angle) < _LEAST_TURN:
        return _sheared(clean, angle)
    turned = Image.fromarray(clean).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned, dtype=np.uint8)


def _sheared(clean: Grey, angle: float) -> Grey:
    """The page with its columns of pixels shifted down or up, which leaves its strokes sharp."""
    height, width = clean.shape
    shifts = np.round((np.arange(width) - width / 2) * math.tan(math.radians(angle))).astype(int)
    most = int(np.abs(shifts).max(initial=0))
    padded = np.pad(clean, ((most, most), (0, 0)), constant_values=255)
    level: Grey = np.empty_like(clean)
    for shift in np.unique(shifts):
        columns = shifts == shift
        level[:, columns] = padded[most + shift : most + shift + height, columns]
    return level


def skew(clean: Grey) -> float:
    """The turn in degrees, counter-clockwise, that makes the profile of rows most uneven."""
    image = Image.fromarray(255 - clean)
    small = image.resize(
        (max(1, image.width // 5), max(1, image.height // 5)), Image.Resampling.BOX
    )

    def unevenness(angle: float) -> float:
        rows = np.asarray(small.rotate(angle, Image.Resampling.BILINEAR), dtype=np.float32)
        return float(np.square(np.diff(rows.sum(axis=1))).sum())

    coarse = max(np.arange(-_MOST_TURN, _MOST_TURN + 0.1, 0.5), key=unevenness)
    return float(max(coarse + np.arange(-0.4, 0.5, 0.1), key=unevenness))
