"""How wara does on documents that nothing was tuned on: `tests/data/unseen` and `corpora/samples`.

    python -m benchmarks.unseen

The unseen texts were written apart from the corpus, as public pages describe real projects: vague,
generic, short. Never look into them to improve a rule; add new ones instead.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from classifiers import ProposalTagger
from classifiers.evaluation import report, texts_of
from classifiers.models.default import default_model
from corpora import load_proposals
from pipeline import read
from pipeline.documents import Document
from pipeline.minutes import parse_minutes
from pipeline.proposals import parse_proposal

DATA = Path(__file__).parent.parent / "tests" / "data"
SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def documents(rows: Iterable[dict[str, Any]]) -> list[Document]:
    """Each row's title and text written to a file and read back, as a submission would be."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(rows):
            path = Path(folder, f"{number}.txt")
            title, text = row.get("title") or "", row["text"]
            path.write_text(text if title in text else f"{title}\n{text}", encoding="utf-8")
            found.append(read(path))
    return found


def share(name: str, pairs: Sequence[tuple[object, object]]) -> None:
    """Print how many of the pairs of found and true values are equal."""
    right = sum(found == true for found, true in pairs)
    print(f"  {name:28} {right}/{len(pairs)}")
    for found, true in pairs:
        if found != true:
            print(f"      {found!s:.60} should be {true!s:.60}")


def kinds() -> None:
    """Confusion of the three kinds."""
    print("Kind of unseen texts")
    for kind in ("proposals", "minutes", "other"):
        found = Counter(d.kind for d in documents(lines(DATA / "unseen" / f"unseen-{kind}.jsonl")))
        print(f"  {kind:10} read as {dict(found)}")


def tags(tagger: ProposalTagger) -> None:
    """Agenda and mode of the unseen proposals; how non-proposals are treated."""
    proposals = load_proposals(DATA / "unseen" / "unseen-proposals.jsonl")
    figures = report(tagger.tag(texts_of(proposals)), proposals)
    print(f"Tags of {figures['n']} unseen proposals")
    for axis in ("agenda", "mode"):
        part = figures[axis]
        print(
            f"  {axis:7} defensible {part['defensible']:.0%}, accuracy {part['accuracy']:.0%},"
            f" macro-F1 {part['macro_f1']:.3f}"
        )
    print(f"  award_scaleup F1 {figures['award_scaleup']['f1']:.2f}")
    print(f"  not sent to review: {figures['without_review']}")
    other = tagger.tag([row["text"] for row in lines(DATA / "unseen" / "unseen-other.jsonl")])
    print(f"  {sum(t.needs_review for t in other)} of {len(other)} non-proposals sent to review")


def headers() -> None:
    """Province and date of unseen proposals and minutes."""
    rows = lines(DATA / "unseen" / "unseen-proposals.jsonl")
    parsed = [parse_proposal(document) for document in documents(rows)]
    print("Headers of unseen proposals")
    share("province", [(p.province, r["province"]) for p, r in zip(parsed, rows, strict=True)])
    dates = [str(p.document_date) if p.document_date else None for p in parsed]
    share("date", [(d, r["submitted_date_iso"]) for d, r in zip(dates, rows, strict=True)])
    rows = lines(DATA / "unseen" / "unseen-minutes.jsonl")
    found = [parse_minutes(document) for document in documents(rows)]
    print("Headers of unseen minutes")
    share("date", [(str(m.date), r["date"]) for m, r in zip(found, rows, strict=True)])
    provinces = [(set(m.provinces), set(r["provinces"])) for m, r in zip(found, rows, strict=True)]
    share("provinces", provinces)


def samples(tagger: ProposalTagger) -> None:
    """The sample files against what a careful reader sees in them."""
    expected = lines(DATA / "samples-expected.jsonl")
    read_files = [read(SAMPLES / row["file"]) for row in expected]
    print("Sample files")
    share("kind", [(d.kind, r["kind"]) for d, r in zip(read_files, expected, strict=True)])
    pairs = [
        (parse_proposal(d), tagger.tag([d.text])[0], r)
        for d, r in zip(read_files, expected, strict=True)
        if r["kind"] == "proposal"
    ]
    share("province", [(p.province, r["province"]) for p, _, r in pairs])
    dates = [(p.document_date.isoformat() if p.document_date else None) for p, _, _ in pairs]
    share("date", [(d, r["document_date"]) for d, (_, _, r) in zip(dates, pairs, strict=True)])
    share("fiscal year", [(p.fiscal_year, r["fiscal_year"]) for p, _, r in pairs])
    share("budget", [(p.budget_baht, r["budget_baht"]) for p, _, r in pairs])
    share("agenda", [(t.agenda, r["agenda"]) for _, t, r in pairs])
    share("mode", [(t.mode, r["modes"][0]) for _, t, r in pairs])
    share("award_scaleup", [(t.award_scaleup, r["award_scaleup"]) for _, t, r in pairs])


def main() -> None:
    """Print all."""
    tagger = ProposalTagger.load(default_model())
    kinds()
    tags(tagger)
    headers()
    samples(tagger)


if __name__ == "__main__":
    main()
