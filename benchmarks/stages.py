"""Where the time of a document goes, in this process and without isolation."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from classifiers import ProposalTagger
from classifiers.explanation import Explainer
from classifiers.models.default import default_model
from classifiers.parts.inputs import Cut
from pipeline.documents import Document
from pipeline.errors import WaraError
from pipeline.kinds import detect_kind
from pipeline.minutes import parse_minutes
from pipeline.proposals import parse_proposal
from pipeline.readers import sniff
from pipeline.readers.assembling import read_here
from pipeline.readers.formats import read_raw
from pipeline.readers.reading import Reading
from pipeline.readers.running import without_running_lines
from pipeline.records import record_of
from pipeline.thai import normalize, study

T = TypeVar("T")
WARM = 10  # files read before the clock starts


class _Clock:
    """Processor seconds by stage and by what they were spent on."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, stage: str, work: Callable[..., T], *values: Any) -> T:
        start = time.thread_time()
        try:
            return work(*values)
        finally:
            self.seconds[stage] += time.thread_time() - start


def print_stages(files: Sequence[Path]) -> None:
    """Milliseconds of one processor a file, by format: the whole, and its parts once more."""
    tagger = ProposalTagger.load(default_model())
    print("\nms of one processor a file; the parts are timed apart from the whole")
    for suffix in sorted({file.suffix for file in files}):
        own = [(str(file), file.read_bytes()) for file in files if file.suffix == suffix]
        for warm in (True, False):
            clock, kinds = _Clock(), Counter[str]()
            for name, data in own[:WARM] if warm else own:
                try:
                    document = _read(clock, name, data)
                except WaraError:
                    continue
                kinds[document.kind] += 1
                _row(clock, document, tagger)
        letters = f"{sum(kinds.values())} files, {dict(kinds)}"
        print(f"{suffix}: {letters}")
        for stage, seconds in clock.seconds.items():
            print(f"  {stage:24}{1000 * seconds / max(1, sum(kinds.values())):8.2f}")


def _read(clock: _Clock, name: str, data: bytes) -> Document:
    document = clock.timed("read, whole", lambda: read_here(data, file=name, ocr=False))
    reading = clock.timed("  the format", lambda: _raw(data))
    texts = [page.text for page in reading.pages]
    studied = clock.timed("  damage", study, texts)
    repaired = clock.timed("  repair", lambda: [studied.repair(text).text for text in texts])
    pages = clock.timed("  normalize", lambda: list(map(normalize, repaired)))
    pages = clock.timed("  running lines", without_running_lines, pages)
    clock.timed("  kind", detect_kind, "\n".join(pages))
    return document


def _raw(data: bytes) -> Reading:
    return read_raw(data, sniff.media_type(data), ocr=False, on_page=lambda *_: None)


def _row(clock: _Clock, document: Document, tagger: ProposalTagger) -> None:
    clock.timed("row, whole", lambda: record_of(document, tagger, model=""))
    if document.kind == "minutes":
        clock.timed("  parse minutes", parse_minutes, document)
        return
    clock.timed("  parse proposal", parse_proposal, document)
    fitted = tagger.fitted_
    cut = clock.timed("  words", Cut.of, document.text)
    counted = clock.timed("  n-grams", fitted.counter.count, cut.surfaces)
    clock.timed("  decisions", fitted.decide_counted, [cut], [counted], tagger.labels_)
    clock.timed("  evidence", Explainer(fitted).explain, cut, counted)
