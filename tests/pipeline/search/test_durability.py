"""An index is old or new, never half; readers never wait; damage is one clear error."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.search import Index, IndexUnusableError, Passage
from tests.pipeline.search.conftest import PASSAGES, found

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pipeline.search import Index, Passage
index = Index.open(sys.argv[1])
def passages():
    yield Passage("turn", "ใหม่ทั้งหมด", document="d1")
    for number in range(int(sys.argv[2])):
        yield Passage(f"n{number}", f"ข้อความใหม่ที่ {number}", document="new")
        if number == 200:
            print("writing", flush=True)
index.update(remove=["d4"], add=passages(), mark=2)
print("done", flush=True)
"""


def test_what_is_added_is_seen_and_replaced_by_id(index: Index) -> None:
    assert len(index) == len(PASSAGES)
    index.add([Passage("white", "เปลี่ยนแล้ว", document="d4")], mark=2)
    assert len(index) == len(PASSAGES)
    assert found(index, "ขาว") == set()
    assert found(index, "เปลี่ยน") == {"white"}
    assert index.mark == 2
    index.remove("d4")
    assert len(index) == len(PASSAGES) - 3
    assert index.mark == 2


@pytest.mark.usefixtures("index")
def test_an_index_is_opened_again(tmp_path: Path) -> None:
    again = Index.open(tmp_path / "index")
    assert again.mark == 1
    assert [hit.passage for hit in again.search("ข้าว")] == [PASSAGES[4]]


def test_other_readers_see_what_a_writer_adds(index: Index, tmp_path: Path) -> None:
    reader = Index.open(tmp_path / "index")
    index.add([Passage("later", "เพิ่มภายหลัง")])
    for _ in range(600):
        if found(reader, "ภายหลัง"):
            break
        time.sleep(0.1)
    assert found(reader, "ภายหลัง") == {"later"}


def test_an_error_in_the_middle_leaves_the_old_state(index: Index) -> None:
    def broken() -> object:
        yield Passage("turn", "ใหม่")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        index.update(remove=["d4"], add=broken(), mark=9)  # type: ignore[arg-type]
    assert (len(index), index.mark) == (len(PASSAGES), 1)
    index.add([Passage("next", "ทำต่อได้")])
    assert found(index, "ข้าว") == {"rice"}


@pytest.mark.slow
@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.5, 1.0])
def test_a_writer_killed_in_the_middle_leaves_old_or_new(tmp_path: Path, delay: float) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "index"), "4000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"writing\n"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
    after = Index.open(tmp_path / "index")
    if after.mark == 1:
        assert len(after) == len(PASSAGES)
        assert found(after, "ข้าว") == {"rice"}
    else:
        assert after.mark == 2
        assert len(after) == len(PASSAGES) - 3 + 4000
        assert found(after, "ข้าว") == set()
    after.add([Passage("next", "เขียนต่อได้")], mark=3)
    assert found(after, "เขียน") == {"next"}


def test_readers_do_not_wait_for_the_writer(index: Index) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def passages() -> object:
        yield Passage("slow", "กำลังเขียน")
        reached.set()
        assert go_on.wait(30)

    writer = threading.Thread(target=index.add, args=(passages(),))
    writer.start()
    assert reached.wait(30)
    assert found(index, "ข้าว") == {"rice"}  # while the writer holds its lock
    assert found(index, "กำลังเขียน") == set()
    go_on.set()
    writer.join()
    assert found(index, "กำลังเขียน") == {"slow"}


def test_a_second_writer_waits_its_turn(index: Index) -> None:
    writers = [
        threading.Thread(target=index.add, args=([Passage(f"w{n}", f"ผู้เขียนคนที่ {n}")],))
        for n in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert found(index, "ผู้เขียน") == {"w0", "w1", "w2", "w3"}


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="wara reindex"):
        Index.open(tmp_path / "nothing")


def damages(folder: Path) -> list[tuple[str, Path]]:
    return [(how, path) for path in sorted(folder.iterdir()) for how in ("cut", "zeros", "gone")]


def answer_or_refusal(folder: Path) -> set[str] | str:
    try:
        return {hit.passage.id for hit in Index.open(folder).find("ข้าว จังหวัด").hits}
    except IndexUnusableError as error:
        return str(error)


@pytest.mark.usefixtures("index")
def test_a_damaged_index_is_one_error_or_still_right(tmp_path: Path) -> None:
    whole = tmp_path / "index"
    refused = 0
    for number, (how, path) in enumerate(damages(whole)):
        broken = tmp_path / f"broken{number}"
        shutil.copytree(whole, broken)
        target = broken / path.name
        content = target.read_bytes()
        if how == "gone":
            target.unlink()
        else:
            half = len(content) // 2
            target.write_bytes(content[:half] if how == "cut" else bytes(len(content)))
        answer = answer_or_refusal(broken)
        assert answer == {"rice", "turn", "resolution"} or "wara reindex" in str(answer)
        refused += isinstance(answer, str)
        Index.create(broken).add(PASSAGES)
        assert found(Index.open(broken), "ข้าว") == {"rice"}
    assert refused > 10


@pytest.mark.usefixtures("index")
def test_an_index_of_another_analysis_is_refused(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline.search import schema; schema._ANALYSIS = -1\n"
        "from pipeline.search import Index, IndexUnusableError\n"
        "try: Index.open(sys.argv[1])\n"
        "except IndexUnusableError as error: print(error.english)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "index")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "another version" in done.stdout
    assert done.stdout.strip().endswith("wara reindex")
