"""All hostile files: `HOSTILE`, in the order of their modules."""

from __future__ import annotations

from tests.hostile import archives, images, markup, office, pdfs, texts
from tests.hostile.catalogue import Hostile, entered

__all__ = ["HOSTILE", "Hostile", "archives", "images", "markup", "office", "pdfs", "texts"]

HOSTILE: tuple[Hostile, ...] = entered()
