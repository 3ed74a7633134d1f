"""Fuzz the readers: `python -m tests.hostile.fuzz MINUTES [--seed N] [--keep FOLDER]`.

Seeds are the test documents, the samples and the smaller hostile files; each turn cuts, flips,
swaps, repeats or replaces bytes, for PDFs also inside their unpacked streams, for zips also inside
their members, for markup also whole tags. Every result is read in a sandbox under tight limits. A
document or a refusal is right; so is a refusal by the limits, counted apart; a message that shows
our insides, a reader that died, and anything else that is raised is kept as a finding.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import io
import random
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.readers.sandbox import Sandbox
from pipeline.readers.sandbox.limits import Limits
from tests.hostile.files import HOSTILE

ROOT = Path(__file__).parents[2]
LARGEST_SEED = 400_000
LIMITS = Limits(seconds=10.0, total_seconds=15.0, processor_seconds=10)

Mutation = Callable[[bytes, random.Random], bytes]

_ODD = (b"\0", b"\xff" * 4, b"-1", b"0", b"2147483648", b"99999999999", b"1e999", b"%s%n", b"\n")
_PDF_WORDS = (
    *(b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"R", b"<<"),
    *(b">>", b"[", b"]", b"(", b")", b"/Length", b"/Kids", b"/Parent", b"/Filter", b"/Contents"),
    *(b"/Font", b"/W", b"/ToUnicode", b"/ActualText", b"BT", b"ET", b"Tf", b"Tj", b"TJ", b"Do"),
    *(b"BDC", b"EMC", b"cm", b"Td", b"Tm", b"null", b"beginbfrange", b"endbfrange", b"1 0 R"),
)
_STREAM = re.compile(rb"(<<[^\x00]{0,400}?)stream\r?\n(.*?)\r?\nendstream", re.S)
_NUMBER = re.compile(rb"[0-9]+")
_TAG = re.compile(rb"<[^<>]{1,200}>")


def cut(data: bytes, dice: random.Random) -> bytes:
    """Lose the end, the start or a stretch."""
    a, b = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
    return dice.choice((data[:b], data[a:], data[:a] + data[b:]))


def flip(data: bytes, dice: random.Random) -> bytes:
    """Flip up to a few hundred bits."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 3, 30, 300))):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def swap(data: bytes, dice: random.Random) -> bytes:
    """Let two stretches change places."""
    a, b, c = sorted(dice.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """Write a short stretch many times."""
    at = dice.randrange(len(data))
    piece = data[at : at + dice.choice((1, 8, 64, 512))]
    return data[:at] + piece * dice.choice((2, 20, 2000)) + data[at:]


def insert(data: bytes, dice: random.Random) -> bytes:
    """Write something odd somewhere."""
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice((*_ODD, *_PDF_WORDS)) + data[at:]


def renumber(data: bytes, dice: random.Random) -> bytes:
    """Give some numbers other values."""
    odds = dice.choice((0.3, 0.03, 0.003))
    values = (b"0", b"1", b"2", b"7", b"65535", b"4294967295", b"-1", b"99999999999999999999")

    def other(found: re.Match[bytes]) -> bytes:
        return dice.choice(values) if dice.random() < odds else found[0]

    return _NUMBER.sub(other, data)


PLAIN: tuple[Mutation, ...] = (cut, flip, swap, repeat, insert, renumber)


def inside_streams(data: bytes, dice: random.Random) -> bytes:
    """Change what the streams of a PDF hold, unpacked; their lengths stay as they were."""

    def changed(found: re.Match[bytes]) -> bytes:
        if dice.random() < 0.6:
            return found[0]
        try:
            held = zlib.decompress(found[2])
        except zlib.error:
            return found[0]
        packed = zlib.compress(dice.choice(PLAIN)(held or b" ", dice), 1)
        return found[1] + b"stream\n" + packed + b"\nendstream"

    return _STREAM.sub(changed, data)


def inside_members(data: bytes, dice: random.Random) -> bytes:
    """Change some members of a zip and pack it again."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", 8) as target:
            for member in source.infolist()[:60]:
                held = source.read(member)
                if held and dice.random() < 0.4:
                    held = dice.choice((*PLAIN, tags))(held, dice)
                target.writestr(member.filename, held)
    except Exception:  # the seed itself may be broken
        return flip(data, dice)
    return out.getvalue()


def tags(data: bytes, dice: random.Random) -> bytes:
    """Drop, double and move tags."""
    pieces = [piece for piece in re.split(rb"(<[^<>]{1,300}>)", data) if piece]
    for _ in range(dice.choice((1, 5, 50))):
        a, b = dice.randrange(len(pieces)), dice.randrange(len(pieces))
        pieces[a] = dice.choice((b"", pieces[b], pieces[a] * 3, pieces[a] + pieces[b]))
    return b"".join(pieces)


def mutated(data: bytes, dice: random.Random) -> bytes:
    """One to four changes that fit what the file is."""
    own: tuple[Mutation, ...] = PLAIN
    if data.startswith(b"PK"):
        own = (inside_members, inside_members, inside_members, *PLAIN)
    elif b"%PDF" in data[:1024]:
        own = (inside_streams, inside_streams, *PLAIN)
    elif _TAG.search(data[:4096]):
        own = (tags, tags, *PLAIN)
    for _ in range(dice.randrange(1, 5)):
        data = dice.choice(own)(data or b" ", dice)[: 4 * LARGEST_SEED]
    return data


def seeds() -> Iterator[tuple[str, bytes]]:
    """The documents to start from, by name."""
    for folder in (ROOT / "tests/data", ROOT / "corpora/samples"):
        for path in sorted(folder.iterdir()):
            if path.suffix in {".pdf", ".docx", ".html", ".txt"}:
                yield path.name, path.read_bytes()
    for file in HOSTILE:
        if not file.slow and 0 < len(data := file.make()) <= LARGEST_SEED // 10:
            yield file.name, data


@dataclass(slots=True)
class Tally:
    """What came of the files so far, and where findings are kept."""

    keep: Path | None
    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, name: str, data: bytes, outcome: str, seconds: float) -> None:
        """Count one file; keep its bytes when it is a finding."""
        label = f"{name} {hashlib.sha256(data).hexdigest()[:12]}"
        self.outcomes[outcome] += 1
        self.slowest = sorted([*self.slowest, (seconds, f"{label} {outcome}")])[-10:]
        if self.keep and outcome not in ("document", "refused"):
            self.keep.mkdir(parents=True, exist_ok=True)
            digest = label.rpartition(" ")[2]
            (self.keep / f"{outcome.replace(' ', '-')}-{digest}-{name}").write_bytes(data)


# OCR of a broken page takes seconds and finds what it finds in a picture alone.
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"RIFF")
_BY_LIMITS = re.compile(r"ไม่เสร็จใน|หน่วยความจำ")
_DIED = re.compile(r"หยุดทำงานกลางคัน")
_INTERNAL = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")


def outcome_of(sandbox: Sandbox, name: str, data: bytes) -> str:
    """In a word: document, refused, refused by limits, reader died, insides shown, raised ..."""
    try:
        document = sandbox.read(data, file=name, ocr=data.startswith(_IMAGES))
    except ReadError as error:
        if _DIED.search(error.thai):
            return "reader died"
        if found := _INTERNAL.search(error.english):
            return f"insides shown {found[0]}"
        return "refused by limits" if _BY_LIMITS.search(error.thai) else "refused"
    except Exception as error:  # whatever else comes out of `read` is a finding
        return f"raised {type(error).__name__}"
    return "document" if document.text.strip() else "document without text"


def fuzz(minutes: float, seed: int, keep: Path | None) -> Tally:
    """Read mutated seeds until the time is over."""
    dice, tally, start = random.Random(seed), Tally(keep), list(seeds())
    sandbox, end = Sandbox(LIMITS), time.monotonic() + 60 * minutes
    try:
        while time.monotonic() < end:
            name, data = dice.choice(start)
            changed, began = mutated(data, dice), time.monotonic()
            tally.add(name, changed, outcome_of(sandbox, name, changed), time.monotonic() - began)
    finally:
        sandbox.close()
    return tally


def main() -> None:
    """Run from the command line and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("minutes", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that are findings")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # zipfile's about names that stand twice
    tally = fuzz(options.minutes, options.seed, options.keep)
    print(f"{tally.outcomes.total()} files")
    for outcome, count in tally.outcomes.most_common():
        print(f"{count:8,}  {outcome}")
    for seconds, label in reversed(tally.slowest):
        print(f"{seconds:7.1f} s  {label}")


if __name__ == "__main__":
    main()
