"""A folder of results: every input once, whatever stops the run."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
import pytest

from pipeline.batch import Job, archive, folder
from pipeline.batch.answers import Order, load_tagger
from pipeline.batch.manifest import Asked
from pipeline.batch.places import Place
from pipeline.errors import OutputError, UsageError
from pipeline.export import LAYOUT
from pipeline.kept import unpack
from pipeline.tables import arrow_table
from tests.pipeline.batch import faults
from tests.pipeline.batch.folder import Unwatched, assert_accounted, manifest, rows


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small files a unit."""
    monkeypatch.setattr("pipeline.batch.units.SMALLEST", 160 << 10)
    monkeypatch.setattr("pipeline.batch.units.LARGEST", 160 << 10)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers whose reader and tagger some files are too much for."""
    monkeypatch.setattr(Order.__init__, "__defaults__", (False, faults.load))


@pytest.fixture
def asked(tmp_path: Path, model_folder: Path) -> Asked:
    name = f"half@{archive_digest(model_folder)}"
    return Asked((str(tmp_path / "in"),), Job(model=name, model_folder=model_folder))


def archive_digest(folder: Path) -> str:
    from classifiers.models.cards import read_card

    return str(read_card(folder)["digest"][:12])


def test_a_folder_is_filled_once(tmp_path: Path, asked: Asked) -> None:
    files = faults.write(tmp_path / "in", *[""] * 5)
    out, watch = tmp_path / "out", Unwatched()
    counts = archive.fill(f"{out}/", asked, watch)
    assert (counts.inputs, counts.done, counts.waiting) == (5, 5, 0)
    assert_accounted(out, files)
    assert manifest(out)["state"] == "finished"
    assert len(list((out / "rows").iterdir())) == 3
    assert all(
        seen.done + seen.failed + seen.quarantined + seen.waiting == 5 for seen in watch.seen
    )
    with pytest.raises(UsageError, match="--resume"):
        archive.fill(str(out), asked, Unwatched())
    again = Unwatched()
    archive.fill(str(out), asked, again, resume=True)
    assert again.seen == []
    assert_accounted(out, files)


@pytest.mark.slow
def test_rows_are_those_of_one_table(tmp_path: Path, asked: Asked) -> None:
    faults.write(tmp_path / "in", "")
    archive.fill(str(tmp_path / "out"), asked, Unwatched())
    [part] = (tmp_path / "out" / "rows").iterdir()
    assert pq.read_schema(part).remove_metadata() == arrow_table([], LAYOUT).schema


@pytest.mark.slow
def test_new_and_changed_files_are_taken_in_and_what_is_gone_is_kept(
    tmp_path: Path, asked: Asked
) -> None:
    files = faults.write(tmp_path / "in", *[""] * 4)
    out = tmp_path / "out"
    archive.fill(str(out), asked, Unwatched())
    before = {row["file"]: row["sha256"] for row in rows(out)}
    files[1].write_text("โครงการใหม่ จังหวัดแพร่", encoding="utf-8")
    files[2].unlink()
    new = tmp_path / "in" / "new.txt"
    new.write_text("โครงการอื่น จังหวัดตาก", encoding="utf-8")
    watch = Unwatched()
    archive.fill(str(out), asked, watch, resume=True)
    assert watch.first is not None
    assert watch.first.waiting == 2
    assert_accounted(out, [*files, new])
    after = {row["file"]: row["sha256"] for row in rows(out)}
    assert [after[str(file)] == before[str(file)] for file in files] == [True, False, True, True]


@pytest.mark.slow
def test_what_leads_nowhere_has_a_row_until_it_leads_somewhere(
    tmp_path: Path, asked: Asked
) -> None:
    [file] = faults.write(tmp_path / "in", "")
    late = tmp_path / "late.txt"
    asked = Asked((*asked.inputs, str(late)), asked.job)
    out = tmp_path / "out"
    assert archive.fill(str(out), asked, Unwatched()).failed == 1
    assert_accounted(out, [file, late])
    late.write_text("โครงการอื่น จังหวัดตาก", encoding="utf-8")
    assert archive.fill(str(out), asked, Unwatched(), resume=True).failed == 0
    assert_accounted(out, [file, late])


@pytest.mark.slow
def test_other_options_and_other_files_are_refused(tmp_path: Path, asked: Asked) -> None:
    faults.write(tmp_path / "in", "")
    archive.fill(str(tmp_path / "out"), asked, Unwatched())
    other = Asked(asked.inputs, Job(asked.job.model, asked.job.model_folder, ocr=False))
    with pytest.raises(UsageError, match="ocr: True"):
        archive.fill(str(tmp_path / "out"), other, Unwatched(), resume=True)
    with pytest.raises(OutputError, match="other files"):
        archive.fill(str(tmp_path / "in"), asked, Unwatched())
    (tmp_path / "in" / "000-fine.txt").unlink()
    with pytest.raises(UsageError, match="no folder of results"):
        archive.retry(str(tmp_path / "in"), Unwatched())


@pytest.mark.slow
def test_documents_are_kept_beside_their_rows(tmp_path: Path, asked: Asked) -> None:
    files = faults.write(tmp_path / "in", "", "")
    (tmp_path / "in" / "empty.pdf").write_bytes(b"")
    job = Job(asked.job.model, asked.job.model_folder, keep=True)
    out = tmp_path / "out"
    archive.fill(str(out), Asked(asked.inputs, job), Unwatched())
    kept = [
        line
        for part in sorted((out / "documents").iterdir())
        for line in pq.read_table(part).to_pylist()
    ]
    assert {line["file"] for line in kept} == set(map(str, files))
    outcome = unpack(kept[0]["kept"])
    assert outcome.document is not None
    assert outcome.document.sha256 == kept[0]["sha256"]
    names = {path.name for path in (out / "rows").iterdir()}
    assert {path.name for path in (out / "documents").iterdir()} <= names


@pytest.mark.slow
def test_what_a_killed_run_leaves_is_cleared_away(tmp_path: Path, asked: Asked) -> None:
    files = faults.write(tmp_path / "in", *[""] * 6)
    job = Job(asked.job.model, asked.job.model_folder, keep=True)
    asked, out = Asked(asked.inputs, job), tmp_path / "out"
    archive.fill(str(out), asked, Unwatched())
    first, second, third = sorted((out / "rows").iterdir())
    first.rename(first.with_name(f"{first.name}.part"))  # killed while the rows were written
    second.unlink()  # killed between the documents and the rows
    (out / "documents" / third.name).unlink()
    third.unlink()  # killed before anything of the unit was written
    (out / "manifest.json.part").write_text("{")
    watch = Unwatched()
    archive.fill(str(out), asked, watch, resume=True)
    assert watch.first is not None
    assert (watch.first.done, watch.first.waiting) == (0, 6)
    assert_accounted(out, files)
    assert not list(out.rglob("*.part"))
    documents = [pq.read_table(part) for part in (out / "documents").iterdir()]
    assert sorted(file for t in documents for file in t["file"].to_pylist()) == [*map(str, files)]


@pytest.fixture
def no_space() -> Iterator[None]:
    """Files of this process may have a thousand bytes, as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


class FillsTheDisk(Unwatched):
    """After the first unit there is no space any more."""

    def step(self, *seen: object) -> None:
        super().step(*seen)  # type: ignore[arg-type]
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))


@pytest.mark.slow
@pytest.mark.usefixtures("no_space")
def test_a_full_disk_ends_the_run_and_keeps_what_was_done(tmp_path: Path, asked: Asked) -> None:
    files = faults.write(tmp_path / "in", *[""] * 5)
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="--resume"):
        archive.fill(str(out), asked, FillsTheDisk())
    assert len(rows(out)) == 2
    assert not list(out.rglob("*.part"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    watch = Unwatched()
    archive.fill(str(out), asked, watch, resume=True)
    assert watch.first is not None
    assert (watch.first.done, watch.first.waiting) == (2, 3)
    assert_accounted(out, files)


@pytest.mark.slow
@pytest.mark.usefixtures("faulty")
def test_retry_puts_new_rows_in_the_place_of_the_old(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = faults.write(tmp_path / "in", "", faults.DIE, "", faults.CRASH, "")
    job = Job(asked.job.model, asked.job.model_folder, keep=True)
    out = tmp_path / "out"
    counts = archive.fill(str(out), Asked(asked.inputs, job), Unwatched())
    assert (counts.done, counts.failed, counts.quarantined) == (3, 1, 1)
    assert manifest(out)["quarantined"] == [str(files[1])]
    assert_accounted(out, files)
    parts = {path.name for path in (out / "rows").iterdir()}

    monkeypatch.setattr(Order.__init__, "__defaults__", (False, load_tagger))
    counts = archive.retry(str(out), Unwatched())
    assert (counts.done, counts.failed, counts.quarantined) == (5, 0, 0)
    assert_accounted(out, files)
    assert {path.name for path in (out / "rows").iterdir()} == parts
    kept = [pq.read_table(part)["file"].to_pylist() for part in (out / "documents").iterdir()]
    assert sorted(file for part in kept for file in part) == sorted(map(str, files))


@pytest.mark.slow
@pytest.mark.usefixtures("faulty")
def test_retry_shares_out_the_files_of_one_part(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = faults.write(tmp_path / "in", *[faults.CRASH] * 4)
    out, watch = tmp_path / "out", Unwatched()
    with monkeypatch.context() as large_units:
        large_units.setattr("pipeline.batch.units.SMALLEST", 1 << 20)
        counts = archive.fill(str(out), asked, Unwatched())
    assert (counts.failed, len(list((out / "rows").iterdir()))) == (4, 1)

    monkeypatch.setattr(Order.__init__, "__defaults__", (False, load_tagger))
    counts = archive.retry(str(out), watch)
    assert (counts.done, counts.failed) == (4, 0)
    assert len(watch.seen) == 2
    assert all(seen.done + seen.failed + seen.waiting == 4 for seen in watch.seen)
    assert_accounted(out, files)


def test_one_run_at_a_time_writes_a_folder(tmp_path: Path, asked: Asked) -> None:
    faults.write(tmp_path / "in", "")
    with folder.hold(str(tmp_path / "out")), pytest.raises(OutputError, match="another wara"):
        archive.fill(str(tmp_path / "out"), asked, Unwatched())


@pytest.mark.slow
def test_a_folder_behind_a_url(tmp_path: Path, asked: Asked) -> None:
    faults.write(tmp_path / "in", "", "")
    memory = fsspec.filesystem("memory")
    try:
        counts = archive.fill("memory://results/out/", asked, Unwatched())
        assert counts.done == 2
        again = Unwatched()
        archive.fill("memory://results/out/", asked, again, resume=True)
        assert again.first is not None
        assert again.first.waiting == 0
        [name] = Place("memory://results/out").names("rows")
        with memory.open(f"/results/out/rows/{name}", "rb") as part:
            assert pq.read_table(part).num_rows == 2
    finally:
        memory.rm("/results", recursive=True)
