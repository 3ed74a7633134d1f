"""A model made again from its card, or precisely what stands in the way.

The card names every text, in order, by its digest; what has to be given is a table that holds
them. On the same machine the same rows, code, libraries and seed give the same digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from classifiers.models.cards import read_card
from classifiers.models.differences import Difference, differences, mapping
from classifiers.models.provenance import row_digests
from classifiers.tagger import ProposalTagger
from classifiers.training import train
from corpora import Taxonomy, text_digest
from pipeline.errors import ModelError

NAMED = 5  # of many texts so many are named


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The digest of the card and of the model made again, and what differs around them."""

    digest: str
    found: str
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether it is the same model."""
        return self.digest == self.found


def rebuild(
    card: Mapping[str, Any],
    given: pd.DataFrame,
    taxonomy: Taxonomy,
    directory: Path,
    *,
    on_step: Callable[[int, int], object] = lambda _done, _steps: None,
) -> Rebuilt:
    """Train again what `card` describes, from the rows of `given` that it names.

    The model is saved in `directory` with a card of its own. Raises ModelError, before anything is
    trained, where rows or labels are not those of the card, and says which.
    """
    rows = rows_of(card, given)
    if card.get("taxonomy_digest") != taxonomy.digest:
        raise ModelError(
            f"taxonomy ไม่ใช่ชุดที่ใช้เทรน (digest {str(card.get('taxonomy_digest'))[:12]}) "
            "ให้ระบุไฟล์เดิมด้วย --taxonomy",
            f"the taxonomy is not the one it was trained with (now {taxonomy.digest[:12]}): name "
            "that file with --taxonomy",
        )
    train(
        rows,
        taxonomy,
        directory,
        full_report="learning_curve" in card,
        tagger=_tagger(card),
        origin=origin_of(card),
        on_step=on_step,
    )
    made = read_card(directory)
    return Rebuilt(str(card["digest"]), str(made["digest"]), tuple(differences(card, made)))


def origin_of(card: Mapping[str, Any]) -> dict[str, str | None]:
    """Where `proposals` and `taxonomy` were read from; None for wara's own, or not said."""
    said = mapping(card.get("origin"))
    paths = ((key, said.get(key)) for key in ("proposals", "taxonomy"))
    return {key: path if isinstance(path, str) else None for key, path in paths}


def rows_of(card: Mapping[str, Any], given: pd.DataFrame) -> pd.DataFrame:
    """The rows that the model was trained on, in their order. Raises ModelError if some lack."""
    texts, rows = (_strings(card.get(key)) for key in ("text_digests", "row_digests"))
    if not rows or len(texts) != len(rows):
        raise ModelError(
            "card.json ไม่มีรายการตัวอย่างที่ใช้เทรน (สร้างด้วย wara รุ่นก่อน) ให้เทรนใหม่ด้วย wara train",
            "this card does not name the rows that it was trained on (an older wara made it): "
            "train anew with wara train",
        )
    exact, by_text = defaultdict(list), defaultdict(list)
    for at, (text, row) in enumerate(
        zip(given["text"].map(text_digest), row_digests(given), strict=True)
    ):
        exact[row].append(at)
        by_text[text].append(at)
    missing = [text for text, row in zip(texts, rows, strict=True) if not by_text[text]]
    changed = [
        by_text[text][0]
        for text, row in zip(texts, rows, strict=True)
        if by_text[text] and not exact[row]
    ]
    if missing or changed:
        raise _other_rows(len(texts), missing, [str(given["id"].iloc[at]) for at in changed])
    # The same row may stand there twice: each is used once, the last as often as need be.
    order = [exact[row].pop(0) if len(exact[row]) > 1 else exact[row][0] for row in rows]
    return given.iloc[order].reset_index(drop=True)


def differs(found: Rebuilt) -> ModelError:
    """What to say when the model made again is another one."""
    because = ", ".join(difference.what for difference in found.differences)
    thai = f"ต่างกันที่ {because} ใช้ของเดิมแล้วลองใหม่" if because else "ไม่มีสิ่งที่บันทึกไว้ต่างกัน ลองบนเครื่องเดิม"
    english = (
        f"what differs: {because}. Put that back and try again"
        if because
        else "nothing on the card differs. Try on the machine that made it"
    )
    return ModelError(
        f"สร้างซ้ำแล้วได้โมเดลอื่น (digest {found.found[:12]} เดิม {found.digest[:12]}): {thai}",
        f"rebuilt, but as another model (digest {found.found[:12]}, was {found.digest[:12]}); "
        f"{english}",
    )


def _tagger(card: Mapping[str, Any]) -> ProposalTagger:
    tagger = ProposalTagger()
    usual = tagger.get_params()
    said = {
        k: tuple(v) if isinstance(v, list) else v
        for k, v in mapping(card.get("parameters")).items()
    }
    odd = [k for k, v in said.items() if k not in usual or not _alike(v, usual[k])]
    if odd:
        raise ModelError(
            f"card.json มีพารามิเตอร์ที่ wara รุ่นนี้ใช้ไม่ได้ ({', '.join(odd)}) ใช้ wara {card.get('wara')}",
            f"the card has parameters that this wara cannot use ({', '.join(odd)}): use wara "
            f"{card.get('wara')}",
        )
    tagger.set_params(**said)
    return tagger


def _alike(value: Any, usual: Any) -> bool:
    """Whether a value is of the type that its parameter has."""
    if isinstance(usual, tuple):
        both = isinstance(value, tuple) and len(value) == len(usual)
        return both and all(map(_alike, value, usual))
    kinds = (int, float) if isinstance(usual, float) else (int,)
    return isinstance(value, kinds) and not isinstance(value, bool) and value >= 0


def _other_rows(n: int, missing: list[str], changed: list[str]) -> ModelError:
    thai, english = [], []
    if missing:
        named = ", ".join(missing[:NAMED])
        thai.append(f"ขาด {len(missing)} จาก {n} ฉบับ (digest {named} …)")
        english.append(f"{len(missing)} of {n} texts are missing (digests {named} ...)")
    if changed:
        named = ", ".join(changed[:NAMED])
        thai.append(f"ป้ายหรือช่องอื่นของ {len(changed)} ฉบับเปลี่ยนไป ({named} …)")
        english.append(f"{len(changed)} texts have other labels or values ({named} ...)")
    return ModelError(
        f"สร้างโมเดลเดิมไม่ได้: {' และ '.join(thai)} เทรนจากข้อมูลอื่นจะได้โมเดลอื่น "
        "ให้ระบุไฟล์ที่ใช้เทรนด้วย --proposals หรือเทรนใหม่จากป้ายปัจจุบันด้วย wara train --proposals",
        f"the model cannot be made again: {' and '.join(english)}, and other data make another "
        "model. Name the file that it was trained on with --proposals, or train on the labels as "
        "they are now: wara train --proposals",
    )


def _strings(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
