"""Near-duplicates: what is one, and how clusters grow and fall apart."""

from __future__ import annotations

import pytest

from corpora import load_proposals
from pipeline.store import Store
from pipeline.store.documents.adding import withdraw
from pipeline.store.documents.clusters import SIMILAR, clusters, members, similar
from pipeline.store.documents.signatures import signature, similarity
from pipeline.store.labels import decide, labels_of, undo_group
from tests.pipeline.store.submissions import submission

TEXTS = list(load_proposals(voices=["W1"])["text"][:6])


def retyped(text: str) -> str:
    """The same text under a new letterhead, its lines broken elsewhere, one figure corrected."""
    return "ที่ ตง ๐๐๑๗/๑๒๓๔ ศาลากลางจังหวัดตรัง\n" + text.replace("\n", " \n\n").replace("2", "๒")


def test_a_text_is_like_itself_retyped_and_unlike_any_other() -> None:
    sketches = [signature(text) for text in TEXTS]
    for at, text in enumerate(TEXTS):
        again = signature(retyped(text))
        assert again is not None
        scores = [similarity(again, sketch) for sketch in sketches if sketch]
        assert scores[at] >= SIMILAR
        assert max(scores[:at] + scores[at + 1 :]) < 0.3


def test_what_is_shorter_than_a_shingle_is_like_nothing(store: Store) -> None:
    assert signature("") is signature(" ก \n ข ") is None
    for data in (b"1", b"2"):
        assert store.add(submission("ก", passages=1, data=data)).cluster == ()


def test_a_signature_stays_the_same_over_versions() -> None:
    found = signature("จังหวัดตรังลดเวลารอคอย")
    assert found is not None
    assert found[:8].hex() == "effc8d38fe884e05"


def test_near_duplicates_become_one_cluster_whatever_their_order(store: Store) -> None:
    first = store.add(submission(TEXTS[0])).sha256
    other = store.add(submission(TEXTS[1])).sha256
    second = store.add(submission(retyped(TEXTS[0])))
    third = store.add(submission(TEXTS[0] + " "))
    assert second.cluster == (first, second.sha256)
    assert third.cluster == (first, second.sha256, third.sha256)
    with store.read() as session:
        assert list(clusters(session).values()) == [third.cluster]
        assert members(session, other) == (other,)
        [(nearest, score), *_] = similar(session, first)
    assert (nearest, score) == (third.sha256, 1.0)


def test_a_link_joins_two_clusters(store: Store) -> None:
    left, right = TEXTS[2], TEXTS[2][: len(TEXTS[2]) * 2 // 5]
    ends = [store.add(submission(text)) for text in (left, left + " ", right, right + " ")]
    assert {len(end.cluster) for end in ends[1::2]} == {2}
    bridge = store.add(submission(TEXTS[2][: len(TEXTS[2]) * 16 // 25]))
    assert len(bridge.cluster) == 5
    with store.read() as session:
        assert len(clusters(session)) == 1


def test_a_cluster_is_decided_once_and_undone_once(store: Store) -> None:
    first = store.add(submission(TEXTS[0])).sha256
    second = store.add(submission(retyped(TEXTS[0]))).sha256
    with store.begin() as session:
        made = decide(session, members(session, second), {"agenda": "tourism"}, by="a")
        found = labels_of(session, [first, second])
        assert {labels.values["agenda"] for labels in found.values()} == {"tourism"}
        assert len(made) == 2
        undo_group(session, made[0].group or "", by="a")
        assert {f.source for f in labels_of(session, [first, second]).values()} == {"machine"}


@pytest.mark.parametrize("leaves", [0, 1])
def test_who_leaves_a_cluster_leaves_the_rest_together(store: Store, leaves: int) -> None:
    shas = [store.add(submission(TEXTS[3] + " " * n)).sha256 for n in range(3)]
    with store.begin() as session:
        withdraw(session, shas[leaves])
        rest = tuple(sha256 for sha256 in shas if sha256 != shas[leaves])
        assert list(clusters(session).values()) == [rest]
        withdraw(session, rest[0])
        assert clusters(session) == {}


def test_a_document_read_otherwise_is_placed_anew(store: Store) -> None:
    first = store.add(submission(TEXTS[4], data=b"1")).sha256
    second = store.add(submission(TEXTS[4] + " ", data=b"2"))
    assert second.cluster == (first, second.sha256)
    assert store.add(submission(TEXTS[5], data=b"2")).cluster == ()
    with store.read() as session:
        assert members(session, first) == (first,)
