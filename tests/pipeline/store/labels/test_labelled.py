"""Labels as examples to learn from."""

from __future__ import annotations

from corpora import load_proposals, load_taxonomy
from pipeline.store import Store
from pipeline.store.labels import decide, load_labelled
from tests.pipeline.store.submissions import TEXT, submission

TAXONOMY = load_taxonomy()


def test_what_people_labelled_has_the_shape_of_the_corpus(store: Store, shas: list[str]) -> None:
    store.add(submission(f"0 {TEXT}  "))  # a near-duplicate of the first
    with store.begin() as session:
        decide(session, shas[:1], {"agenda": "tourism"}, by="a")
        decide(session, shas[:1], kind="accept", by="a")
        decide(session, shas[1:2], {"agenda": "tourism"}, by="a")  # the mode is still the model's
    with store.read() as session:
        frame = load_labelled(session, TAXONOMY)
    corpus = load_proposals()
    assert list(frame.columns) == list(corpus.columns)
    assert list(frame.dtypes) == list(corpus.dtypes)
    [row] = frame.to_dict("records")
    assert (row["id"], row["text"]) == (shas[0], f"0 {TEXT}")
    assert (row["agenda"], row["mode"], row["modes"]) == ("tourism", "digital", ("digital", "open"))
    assert (row["label_source"], row["label_model"]) == ("human", "m1")
    assert row["source"].startswith("cluster-")
    assert row["submitted_date_iso"] == "2021-12-03"


def test_nothing_labelled_is_an_empty_table(store: Store) -> None:
    with store.read() as session:
        assert list(load_labelled(session, TAXONOMY).columns) == list(load_proposals().columns)
