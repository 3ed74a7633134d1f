"""MinHash over the letters of a repaired text: how similar two texts are, told from 512 bytes.

The Jaccard similarity is that of the sets of five-letter shingles, blanks left out, digits made
Arabic, so that it does not matter where lines break or pages end.
"""

from __future__ import annotations

import hashlib
import itertools
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.thai import arabic_digits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 5
PERMUTATIONS, BANDS = 128, 32
_AT_ONCE = 4096  # shingles; keeps the memory of a long text bounded


def signature(text: str) -> bytes | None:
    """The MinHash of a text, 4 bytes a permutation; None for a text shorter than a shingle."""
    from datasketch import MinHash

    letters = "".join(arabic_digits(text).casefold().split())
    sketch = MinHash(PERMUTATIONS, seed=1, hashfunc=zlib.crc32, scheme="affine32")
    shingles = _shingles(letters)
    while some := list(itertools.islice(shingles, _AT_ONCE)):
        sketch.update_batch(some)
    return None if sketch.is_empty() else sketch.hashvalues.astype("<u4").tobytes()


def _shingles(letters: str) -> Iterator[bytes]:
    for start in range(len(letters) - SHINGLE + 1):
        yield letters[start : start + SHINGLE].encode("utf-8", "surrogatepass")


def band_keys(sketch: bytes) -> list[int]:
    """One key for each band of a signature, as a signed 64-bit number."""
    width = len(sketch) // BANDS
    parts = (sketch[at * width : (at + 1) * width] for at in range(BANDS))
    return [
        int.from_bytes(
            hashlib.blake2b(part, digest_size=8, salt=at.to_bytes(2, "big")).digest(),
            "big",
            signed=True,
        )
        for at, part in enumerate(parts)
    ]


def similarity(first: bytes, second: bytes) -> float:
    """The estimated Jaccard similarity of the texts behind two signatures."""
    return float((_numbers(first) == _numbers(second)).mean())


def _numbers(sketch: bytes) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(sketch, dtype="<u4")
