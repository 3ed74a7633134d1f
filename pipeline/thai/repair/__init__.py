"""Repair of Thai text that came out of a broken text layer.

Three stages: character rules that need no dictionary (`characters`), a diagnosis of the document
(`screen` for a quick look, `estimation` for a closer one) and reading as words (`decoding`). Single
places in text that is whole elsewhere are left to `spots`.
"""

from pipeline.thai.repair.alignment import align
from pipeline.thai.repair.classes import CLASSES, DamageClass
from pipeline.thai.repair.study import Diagnosis, Study, diagnose, repair, study

__all__ = ["CLASSES", "DamageClass", "Diagnosis", "Study", "align", "diagnose", "repair", "study"]
