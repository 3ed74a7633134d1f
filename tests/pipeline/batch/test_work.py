from __future__ import annotations

from pathlib import Path

from pipeline.batch import Job, Outcome, classify
from pipeline.batch.work import lost, named
from pipeline.documents import Tagging
from pipeline.errors import ReadError


class Defective:
    """A tagger with a bug."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def tag(self, _texts: object) -> list[Tagging]:
        raise self._error


def test_a_defect_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("โครงการจัดการขยะจังหวัดน่าน", encoding="utf-8")
    record = classify(str(path), Defective(ZeroDivisionError("x")), Job("m", tmp_path))
    assert record.error is not None
    assert "ZeroDivisionError" in record.error
    assert record.needs_review


def test_too_little_memory_costs_one_row_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("โครงการจัดการขยะจังหวัดน่าน", encoding="utf-8")
    record = classify(str(path), Defective(MemoryError()), Job("m", tmp_path))
    assert "WARA_WORKER_MEMORY_MB" in (record.error or "")


def test_a_row_bears_the_name_that_the_user_gave(tmp_path: Path) -> None:
    place = str(tmp_path / "in" / "a.pdf")
    outcome = lost(place, ReadError(f"{place}: เสีย", f"{place}: broken"))
    assert named(outcome, place, place) == outcome
    assert named(Outcome(outcome.record), place, "in/a.pdf").record.file == "in/a.pdf"
