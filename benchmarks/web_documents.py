"""Ten thousand documents for a workplace, joined from pairs of corpus texts that were really read.

A document is one text with another one as its annex: its record, tagging and parts are those of
the first, its passages are both texts'. So no two are near-duplicates, and all are of real length.
Provinces, confidences and reasons for review are drawn anew, the same ones on every run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete, insert, update

from classifiers import ProposalTagger
from classifiers.models.default import default_model
from classifiers.topics import default_topics
from corpora import load_minutes, load_proposals
from pipeline import batch
from pipeline.documents import Document, Kind, Passage
from pipeline.passages import passages
from pipeline.store import Store, Submission
from pipeline.store.labels import deciding
from pipeline.store.rounds import set_round
from pipeline.store.tables import Base, StandingDueRow, StoreRow
from pipeline.thai import PROVINCES

PROPOSALS, MINUTES = 240, 40  # texts that are read
MINUTES_SHARE, DECIDED_SHARE, REVIEWERS = 0.1, 0.2, ("สมศรี", "วิชัย", "มานี")
ROUND, DEADLINE = "ปีงบประมาณ 2569", dt.date(2026, 10, 15)
Text = tuple[batch.Outcome, tuple[Passage, ...]]


def read_texts() -> tuple[list[Text], list[Text]]:
    """Proposals and minutes, read, tagged and cut as `wara ingest` does."""
    model = default_model()
    tagger, topics = ProposalTagger.load(model), default_topics()
    proposals = load_proposals(part="train").sample(PROPOSALS, random_state=1)
    minutes = load_minutes(part="train").sample(MINUTES, random_state=1)
    with tempfile.TemporaryDirectory() as folder:
        found: tuple[list[Text], list[Text]] = ([], [])
        for at, text in enumerate((*proposals.text, *minutes.text)):
            file = Path(folder, f"{at:04}.txt")
            file.write_text(text, encoding="utf-8")
            kind: Kind = "proposal" if at < PROPOSALS else "minutes"
            job = batch.Job("built-in", model, kind=kind, keep=True)
            outcome = batch.process(str(file), tagger, job)
            if outcome.document is None or outcome.analysis is None:
                continue
            cut = passages(outcome.document, outcome.analysis.parsed)
            about = topics.tag(cut)
            tagged = (replace(p, topics=tuple(t)) for p, t in zip(cut, about, strict=True))
            found[kind == "minutes"].append((outcome, tuple(tagged)))
    return found


def submissions(
    number: int, proposals: Sequence[Text], minutes: Sequence[Text]
) -> Iterator[Submission]:
    """So many different documents, the same on every run."""
    chance = random.Random("documents")
    for at in range(number):
        own = minutes if chance.random() < MINUTES_SHARE else proposals
        yield _joined(at, chance.choice(own), chance.choice(proposals), chance)


def fill(store: Store, number: int, texts: tuple[list[Text], list[Text]]) -> None:
    """Store the documents in a round, and decide on some of them."""
    with store.begin() as session:
        set_round(session, ROUND, DEADLINE, by="วัดความเร็ว")
    chance, decided = random.Random("decisions"), []
    for submission in submissions(number, *texts):
        added = store.add(submission)
        if submission.tagging is not None and chance.random() < DECIDED_SHARE:
            decided.append(added.sha256)
    for at in range(0, len(decided), 100):
        with store.begin() as session:
            for sha256 in decided[at : at + 100]:
                by = chance.choice(REVIEWERS)
                deciding.decide(session, [sha256], by=by, kind="accept", seconds=9.0)


def copy(source: Store, target: Store) -> None:
    """Make a new database the same as another one, its identity too, so that the index fits."""
    apart = {"store", "standings_due", "logins", "login_attempts", "audit", "alembic_version"}
    with source.engine.connect() as old, target.engine.begin() as new:
        for table in Base.metadata.sorted_tables:
            if table.name in apart:
                continue
            order = table.select().order_by(*table.primary_key.columns)
            for rows in old.execution_options(yield_per=500).execute(order).mappings().partitions():
                new.execute(insert(table), [dict(row) for row in rows])
        [row] = old.execute(StoreRow.__table__.select()).mappings()
        new.execute(update(StoreRow).values(identity=row["identity"], change=row["change"]))
        new.execute(delete(StandingDueRow))  # the standings were copied as well


def _joined(at: int, first: Text, annex: Text, chance: random.Random) -> Submission:
    (outcome, own), (other, more) = first, annex
    document, analysis = outcome.document, outcome.analysis
    assert document is not None
    assert analysis is not None
    assert other.document is not None
    name = f"ชุดที่ {at // 500 + 1}/{at:05}.txt"
    head = f"\nเอกสารแนบลำดับที่ {at}\n"
    tail = replace(other.document.pages[0], number=2, text=head + other.document.text)
    pages = (*document.pages[:1], tail)
    data = "\n".join(page.text for page in pages).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    province = chance.choice(PROVINCES)
    shift = len(document.pages[0].text) + 1 + len(head)
    record = analysis.record
    if record.agenda_confidence is not None:
        record = replace(
            record,
            agenda_confidence=chance.betavariate(6, 2),
            mode_confidence=chance.betavariate(6, 2),
            needs_review=chance.random() < 0.3,
        )
    return Submission(
        document=Document(name, digest, document.media_type, document.kind, pages),
        data=data,
        parsed=analysis.parsed,
        passages=[
            replace(p, id=f"{digest[:16]}-{n}", document=digest, provinces=(province,))
            for n, p in enumerate((*own, *(_shifted(p, shift) for p in more)))
        ],
        record=replace(record, file=name, sha256=digest, province=province),
        tagging=analysis.tagging,
        received_at=dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)
        + dt.timedelta(hours=chance.random() * 24 * 17),
        received_by=chance.choice(REVIEWERS),
        round=ROUND,
    )


def _shifted(passage: Passage, by: int) -> Passage:
    return replace(passage, start=passage.start + by, end=passage.end + by)
