"""What tells models apart: a digest of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse


def digest(state: dict[str, Any]) -> str:
    """SHA-256 over a canonical form (parameters, arrays, vocabularies), not over file bytes.

    The bytes of a saved file differ from run to run; the content of the same training does not.
    """
    hasher = hashlib.sha256()
    for part in _canonical(state):
        hasher.update(part)
        hasher.update(b"\x00")
    return hasher.hexdigest()


def _canonical(value: Any) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield f"{value.dtype.kind}{value.shape}".encode()
        yield str(value.tolist()).encode() if value.dtype.kind in "OUS" else value.tobytes()
    elif sparse.issparse(value):
        yield from _canonical([value.shape, value.data, value.indices, value.indptr])
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield str(key).encode()
            yield from _canonical(value[key])
    elif isinstance(value, (list, tuple)):
        yield str(len(value)).encode()
        for item in value:
            yield from _canonical(item)
    elif hasattr(value, "get_params"):
        yield type(value).__name__.encode()
        # `_stop_words_id` is a memory address: another one in each process.
        yield from _canonical({k: v for k, v in vars(value).items() if k != "_stop_words_id"})
    elif isinstance(value, np.generic):
        yield repr(value.item()).encode()
    elif isinstance(value, type) or hasattr(value, "__dict__"):
        yield getattr(value, "__qualname__", type(value).__qualname__).encode()
        yield from _canonical({} if isinstance(value, type) else vars(value))
    else:
        yield repr(value).encode()
