"""Why a person should look: reasons in words, from probabilities and from the text itself."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

FEWEST_LETTERS = 200  # below this a text holds a title and a slogan, not aims and indicators
DAMAGED = 0.01  # share of characters that stand for what could not be read
CLOSE = 0.2  # a second label this probable is named as the rival


@dataclass(frozen=True)
class Doubt:
    """What a model says of one text, as far as it bears on whether a person should look.

    The thresholds are those of the labels said: from there held-out tags were right often enough.
    """

    agenda_probs: Mapping[str, float]
    mode_probs: Mapping[str, float]
    agenda_threshold: float
    mode_threshold: float
    unlike_corpus: bool
    mode_unsaid: bool


def review_reasons(text: str, doubt: Doubt) -> tuple[str, ...]:
    """Thai sentences, empty when the tags may pass without a person."""
    reasons = []
    letters = sum(map(str.isalpha, text))
    if letters < FEWEST_LETTERS:
        reasons.append(f"ข้อความสั้นมาก ({letters} ตัวอักษร)")
    if unread_share(text) > DAMAGED:
        reasons.append(f"ข้อความเสียหาย อ่านไม่ได้ {unread_share(text):.0%} ของตัวอักษร")
    if doubt.unlike_corpus:
        reasons.append("เนื้อหาไม่เหมือนข้อเสนอใดในตัวอย่างที่ใช้เทรน")
    if max(doubt.agenda_probs.values()) < doubt.agenda_threshold:
        reasons.append(_unsure("ประเด็น (agenda)", doubt.agenda_probs, doubt.agenda_threshold))
    if max(doubt.mode_probs.values()) < doubt.mode_threshold:
        reasons.append(_unsure("รูปแบบการพัฒนา (mode)", doubt.mode_probs, doubt.mode_threshold))
    if doubt.mode_unsaid:
        reasons.append("ไม่พบข้อความที่บอกว่าทำด้วยวิธีใด (mode)")
    return tuple(reasons)


def unread_share(text: str) -> float:
    """Share of the characters that are replacement, private-use or control characters."""
    odd = sum(
        count
        for letter, count in Counter(text).items()
        if not letter.isspace()
        and (letter == "\ufffd" or unicodedata.category(letter) in {"Co", "Cn", "Cc"})
    )
    return odd / max(1, len(text))


def _unsure(axis: str, probs: Mapping[str, float], threshold: float) -> str:
    """The two most probable labels, and the threshold below which the first one lies."""
    (label, prob), *others = sorted(probs.items(), key=lambda item: -item[1])[:2]
    close = any(other >= CLOSE for _, other in others)
    rivals = "".join(f" · {rival} {other:.0%}" for rival, other in others)
    # Rounded apart: what lies below its threshold never looks equal to it.
    said = f"{label} {math.floor(prob * 1000) / 10:g}%{rivals}"
    passes = (
        "ซึ่งโมเดลนี้ยังไม่ปล่อยให้ผ่านเองเลย"
        if threshold > 1
        else f"ต่ำกว่าเกณฑ์ของโมเดลนี้ ({label} ผ่านเองตั้งแต่ {math.ceil(threshold * 1000) / 10:g}%)"
    )
    return f"{axis} {'ก้ำกึ่ง' if close else 'ไม่ชัด'}: {said} {passes}"
