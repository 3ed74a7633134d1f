"""From what fitted parts say of texts to their tags, with reasons why a person should look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.calibration import Calibration, Probabilities
from classifiers.parts.fitted import Decisions, Floats
from classifiers.parts.labels import Labels
from classifiers.review import Doubt, review_reasons
from pipeline.documents import Tagging


def taggings(
    texts: Sequence[str], decisions: Decisions, calibration: Calibration, labels: Labels
) -> list[Tagging]:
    """The tags of each text, all but the evidence."""
    said = _Said(labels, decisions, calibration.probabilities(decisions), calibration)
    return [said.tagging(row, text) for row, text in enumerate(texts)]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a model says of some texts, and from where on it is sure."""

    labels: Labels
    decisions: Decisions
    probabilities: Probabilities
    calibration: Calibration

    def tagging(self, row: int, text: str) -> Tagging:
        """The tags of one of the texts."""
        labels, calibration = self.labels, self.calibration
        agenda_probs = _named(labels.agendas, self.probabilities.agenda[row])
        mode_probs = _named(labels.modes, self.probabilities.mode[row])
        yes = _named(labels.modes, self.probabilities.modes[row])
        agenda = max(agenda_probs, key=agenda_probs.__getitem__)
        mode = max(mode_probs, key=mode_probs.__getitem__)
        further = [m for m in yes if m != mode and yes[m] >= calibration.modes_threshold]
        award_prob = float(self.probabilities.award[row])
        doubt = Doubt(
            agenda_probs,
            mode_probs,
            _named(labels.agendas, calibration.agenda_thresholds)[agenda],
            _named(labels.modes, calibration.mode_thresholds)[mode],
            unlike_corpus=self.decisions.likeness[row] < calibration.likeness_floor,
            mode_unsaid=self.decisions.mode[row].max() < calibration.mode_floor,
        )
        reasons = review_reasons(text, doubt)
        return Tagging(
            agenda=agenda,
            agenda_probs=agenda_probs,
            mode=mode,
            modes=(mode, *sorted(further, key=lambda m: -yes[m])),
            mode_probs=mode_probs,
            award_scaleup=award_prob >= calibration.award_threshold,
            award_prob=award_prob,
            needs_review=bool(reasons),
            reasons=reasons,
            evidence=(),
        )


def _named(labels: Sequence[str], values: Sequence[float] | Floats) -> dict[str, float]:
    return dict(zip(labels, map(float, values), strict=True))
