"""The labels of proposals: those of both axes, and the table of them that a tagger learns from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.errors import ModelError


@dataclass(frozen=True)
class Labels:
    """The labels of both axes, in the order of the columns of every array."""

    agendas: tuple[str, ...]
    modes: tuple[str, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Labels:
        """Those that occur, sorted. Raises ModelError where an axis has fewer than two."""
        modes = {mode for modes in frame["modes"] for mode in modes}
        labels = cls(tuple(sorted(frame["agenda"].unique())), tuple(sorted(modes)))
        if min(len(labels.agendas), frame["mode"].nunique()) < 2:
            raise ModelError(
                "ต้องมีตัวอย่างของประเด็นและรูปแบบอย่างน้อยอย่างละ 2 ป้าย",
                "examples of at least two agendas and two primary modes are needed",
            )
        return labels

    def indicator(self, modes: Iterable[tuple[str, ...]]) -> NDArray[np.bool_]:
        """(n, modes): which modes each text has."""
        return np.array([[mode in of_text for mode in self.modes] for of_text in modes])


def label_frame(y: pd.DataFrame) -> pd.DataFrame:
    """The label columns with the primary `mode` beside them. Raises ModelError if one lacks."""
    missing = {"agenda", "modes", "award_scaleup"} - set(getattr(y, "columns", ()))
    if missing:
        raise ModelError(
            f"ตารางป้ายไม่มีคอลัมน์ {', '.join(sorted(missing))}",
            f"the label table lacks the columns {', '.join(sorted(missing))}",
        )
    empty = [row for row, modes in enumerate(y["modes"]) if not len(modes)]
    if empty:
        raise ModelError(
            f"แถวที่ {empty[0] + 1} ไม่มีรูปแบบ (modes) ใส่รูปแบบหลักเป็นรายการแรก",
            f"row {empty[0] + 1} has no mode: put the primary one first in `modes`",
        )
    odd = [row for row, modes in enumerate(y["modes"]) if isinstance(modes, str)]
    odd += [row for row, agenda in enumerate(y["agenda"]) if not isinstance(agenda, str)]
    if odd:
        raise ModelError(
            f"แถวที่ {odd[0] + 1}: agenda ต้องเป็นข้อความ และ modes ต้องเป็นรายการ",
            f"row {odd[0] + 1}: agenda must be a text, and modes a list",
        )
    return y.assign(mode=[modes[0] for modes in y["modes"]]).reset_index(drop=True)
