"""Clean Thai to damage and to leave alone: public sets beside the checkout, our own corpora."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from benchmarks.ingestion.environments import CHECKOUT, note
from corpora import load_minutes, load_other, load_proposals
from pipeline.thai import normalize

SHORTEST = 1500  # characters of a document to be damaged
LONGEST = 3000


def public_texts(shared: Path) -> list[str]:
    """Thai Wikipedia articles of iapp-wiki-qa and the paragraphs of XQuAD, article by article."""
    data = shared / "data"
    articles, xquad = data / "iapp-passages.jsonl.gz", data / "xquad.th.json"
    if not articles.exists() or not xquad.exists():
        note(f"no public sets in {data} (--shared FOLDER, or WARA_SHARED): left out")
        return []
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    sets = json.loads(xquad.read_text(encoding="utf-8"))["data"]
    return texts + ["\n".join(p["context"] for p in article["paragraphs"]) for article in sets]


def own_texts() -> list[str]:
    """The proposals, minutes and other texts of the package."""
    frames = (load_proposals(), load_minutes(), load_other())
    return [str(text) for frame in frames for text in frame["text"]]


def documents(shared: Path, count: int, *, part: int) -> list[str]:
    """`count` public documents of 1,500 to 3,000 characters; parts 0 and 1 share none."""
    long = [normalize(text)[:LONGEST] for text in public_texts(shared) if len(text) >= SHORTEST]
    thai = [text for text in long if _thai_share(text) > 0.6 and len(text) >= SHORTEST]
    step = max(1, len(thai) // (2 * count))
    return thai[part * step :: 2 * step][:count]


def _thai_share(text: str) -> float:
    return sum("\u0e00" <= char <= "\u0e7f" for char in text) / max(1, len(text))


def default_shared() -> Path:
    """The folder `shared` beside the checkout."""
    return CHECKOUT.parent / "shared"
