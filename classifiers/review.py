"""Why a person should look: reasons in words, from probabilities and from the text itself."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST_LETTERS = 200  # below this a text holds a title and a slogan, not aims and indicators


def review_reasons(
    text: str,
    *,
    agenda_probs: Mapping[str, float],
    mode_probs: Mapping[str, float],
    agenda_threshold: float,
    mode_threshold: float,
) -> tuple[str, ...]:
    """Thai sentences, empty when the tags may pass without a person.

    The thresholds are those confidences from which held-out tags were right often enough.
    """
    reasons = []
    letters = sum(map(str.isalpha, text))
    if letters < FEWEST_LETTERS:
        reasons.append(f"ข้อความสั้นมาก ({letters} ตัวอักษร)")
    if max(agenda_probs.values()) < agenda_threshold:
        reasons.append(f"ประเด็น (agenda) ไม่ชัด: {leading(agenda_probs)}")
    if max(mode_probs.values()) < mode_threshold:
        reasons.append(f"รูปแบบการพัฒนา (mode) ไม่ชัด: {leading(mode_probs)}")
    return tuple(reasons)


def leading(probs: Mapping[str, float]) -> str:
    """The two most probable labels with their percentages: `poverty 52% · livelihood 41%`."""
    ranked = sorted(probs.items(), key=lambda item: -item[1])[:2]
    return " · ".join(f"{label} {prob:.0%}" for label, prob in ranked)
