"""Does the evidence shown carry the decision? Delete it, and see what is left of the score.

    python -m benchmarks.evidence

Texts of the training part, each tagged by a model that has read neither its writer nor its
project. Of each text the quotes shown for its agenda (or mode) are cut out, or as many letters in
other sentences, drawn five times, or in the sentences with the most cue words of the taxonomy.
What counts is how far the decision value of the label falls against the best other label, how
far its calibrated probability falls, and how often the label changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.parts.inputs import Inputs
from classifiers.splits import voice_folds
from corpora import load_proposals, load_taxonomy
from pipeline.documents import Span, Tagging
from pipeline.thai import sentences

DRAWS = 5
AXES = ("agenda", "mode")
CUES = {label.code: label.cues for label in (*load_taxonomy().agendas, *load_taxonomy().modes)}


@dataclass(frozen=True)
class Case:
    """A text, its tags, one axis, and the spans of the evidence shown for it."""

    text: str
    tags: Tagging
    axis: str

    @property
    def label(self) -> str:
        """The label that was said."""
        return str(getattr(self.tags, self.axis))

    @property
    def shown(self) -> list[Span]:
        """The evidence shown for it."""
        return [Span(e.start, e.end) for e in self.tags.evidence if e.label == self.label]


Cut = Callable[[Case, np.random.Generator], list[Span]]


def evidence(case: Case, _random: np.random.Generator) -> list[Span]:
    """The quotes shown."""
    return case.shown


def anything(case: Case, random: np.random.Generator) -> list[Span]:
    """Sentences in any order, until as many letters are gone as the evidence has."""
    spans = list(sentences(case.text))
    return _up_to(case, [spans[k] for k in random.permutation(len(spans))])


def cue_words(case: Case, _random: np.random.Generator) -> list[Span]:
    """The sentences that hold most of the taxonomy's cues for the label."""
    cues = CUES[case.label]

    def held(span: Span) -> int:
        return sum(case.text[span.start : span.end].count(cue) for cue in cues)

    return _up_to(case, sorted(sentences(case.text), key=held, reverse=True))


def _up_to(case: Case, spans: Sequence[Span]) -> list[Span]:
    """The first of the spans, the last one cut, of the length of the evidence in all."""
    left, chosen = sum(span.end - span.start for span in case.shown), []
    for span in spans:
        if left <= 0:
            break
        chosen.append(Span(span.start, min(span.end, span.start + left)))
        left -= span.end - span.start
    return chosen


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with a blank instead of each span."""
    for span in sorted(spans, key=lambda span: -span.start):
        text = text[: span.start] + " " + text[span.end :]
    return text


CUTS: dict[str, tuple[Cut, int]] = {
    "evidence shown": (evidence, 1),
    "sentences with most cue words": (cue_words, 1),
    "random sentences": (anything, DRAWS),
}


def falls(tagger: ProposalTagger, cases: Sequence[Case], cut: Cut, draw: int) -> np.ndarray:
    """(cases, 3): fall of the lead, fall of the probability, label changed."""
    random = np.random.default_rng(draw)
    texts = [without(case.text, cut(case, random)) for case in cases]
    before, after = (_scores(tagger, t, cases) for t in ([case.text for case in cases], texts))
    changed = (after[:, 0] < 0).astype(float)
    return np.column_stack([before - after, changed])


def _scores(tagger: ProposalTagger, texts: Sequence[str], cases: Sequence[Case]) -> np.ndarray:
    """(cases, 2): how far the label leads the best other one, and its probability."""
    inputs = Inputs.of(texts)
    decisions = tagger.fitted_.decide(inputs, tagger.labels_)
    probabilities = tagger.calibration_.probabilities(decisions)
    rows = []
    for k, case in enumerate(cases):
        labels = tagger.labels_.agendas if case.axis == "agenda" else tagger.labels_.modes
        column = labels.index(case.label)
        values = getattr(decisions, case.axis)[k]
        lead = values[column] - np.delete(values, column).max()
        rows.append((lead, getattr(probabilities, case.axis)[k, column]))
    return np.array(rows)


def main() -> None:
    """Print the table."""
    proposals = load_proposals(part="train")
    texts = np.array(texts_of(proposals), dtype=object)
    found: dict[tuple[str, str], list[np.ndarray]] = {}
    share: list[float] = []
    for train, test in voice_folds(proposals):
        tagger = ProposalTagger().fit(texts[train], proposals.iloc[train])
        tags = tagger.tag(list(texts[test]))
        for axis in AXES:
            cases = [Case(t, tag, axis) for t, tag in zip(texts[test], tags, strict=True)]
            share += [sum(s.end - s.start for s in c.shown) / len(c.text) for c in cases]
            for name, (cut, draws) in CUTS.items():
                drawn = [falls(tagger, cases, cut, draw) for draw in range(draws)]
                found.setdefault((axis, name), []).append(np.mean(drawn, axis=0))
    print(f"Deletion test, {len(proposals)} texts; evidence is {np.mean(share):.0%} of a text")
    for (axis, name), parts in found.items():
        lead, probability, changed = np.vstack(parts).mean(axis=0)
        print(
            f"  {axis:7} {name:30} lead falls by {lead:.3f}, probability by {probability:.3f},"
            f" label changes in {changed:.1%}"
        )


if __name__ == "__main__":
    main()
