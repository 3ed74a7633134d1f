"""Bold type that a file prints twice: 'กกาารรปปรระะชชุุมม', letter by letter or with its marks.

So many doubled letters in a row cannot be meant, so that each run of them is undone by itself.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from pipeline.thai.repair.slots import MARKS, code_points

_WITH_MARKS = rf"(?P<cluster>[ก-ฮเ-ไะาำๅๆฯ๐-๙][{MARKS}]{{0,4}})(?P=cluster)"
_LETTERS = rf"(?P<letter>[ก-ฮ])(?P=letter)(?:(?P<mark>[{MARKS}])(?P=mark))+"
_UNIT = re.compile(f"{_LETTERS}|{_WITH_MARKS}")
_ANY_UNIT = re.compile(f"{_LETTERS}|{_WITH_MARKS}|(?P<other>[^\\s{MARKS}])(?P=other)")
_ROW = 4
_RUN = re.compile(f"(?:(?:{_LETTERS}|{_WITH_MARKS}) ?){{{_ROW},}}")
_FEWEST = 3  # different letters; 'กกกกกกกก' is a line to fill in
_WINDOW = 24  # characters in which the beginning of a run has its doubled letters
_IS_MARK = np.isin(np.arange(0x80), [ord(mark) - 0x0E00 for mark in MARKS])


def undouble(text: str) -> tuple[str, Counter[str]]:
    """`text` with doubled letters written once, and how many runs of them there were."""
    found: Counter[str] = Counter()
    if not _may_hold_runs(text):
        return text, found
    lines = text.split("\n")
    for place, line in enumerate(lines):
        runs = [run for run in _RUN.finditer(line) if _is_meant_once(run[0])]
        found["double_letter"] += len(runs)
        if 2 * sum(len(run[0]) for run in runs) >= len(line) > 0:
            lines[place] = _ANY_UNIT.sub(_single, line)
        elif runs:
            lines[place] = _RUN.sub(_run_once, line)
    return "\n".join(lines), +found


def _is_meant_once(run: str) -> bool:
    return len({unit[0][0] for unit in _UNIT.finditer(run)}) >= _FEWEST


def _run_once(run: re.Match[str]) -> str:
    return _UNIT.sub(_single, run[0]) if _is_meant_once(run[0]) else run[0]


def _single(unit: re.Match[str]) -> str:
    return str(unit["cluster"] or unit[0][::2])


def _may_hold_runs(text: str) -> bool:
    """Whether many doubled letters stand near each other; seen in one pass."""
    points = code_points(text + " " * _WINDOW) - np.uint32(0x0E00)
    thai = points < 0x80
    mark = thai & _IS_MARK[np.where(thai, points, 0)]
    here, ahead = points[:-3], mark[1:-2]
    double = (here == points[1:-2]) | ((here == points[2:-1]) & ahead)
    double |= (here == points[3:]) & ahead & mark[2:-1]
    near = np.cumsum(np.append(False, double & thai[:-3] & ~mark[:-3]), dtype=np.int32)
    step = min(_WINDOW, len(near) - 1)
    return bool((near[step:] - near[:-step] >= _ROW).any())
