"""The word lists: PyThaiNLP's, our dictionary of public administration, and abbreviations.

Everything is read on first use and kept.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import tomllib
from functools import cache
from pathlib import Path

from pipeline.errors import OutputError

DATA = Path(__file__).parent / "data"
# What the segmenter is given: letters, vowels, marks and ฯ; not ๆ, ฿ or digits.
RUN = "ก-ฺเ-ๅ็-๎"
_RUN = re.compile(f"[{RUN}]+")
_ABBREVIATION = re.compile(f"[{RUN}]{{1,5}}\\.(?:[ก-ฮ]{{1,4}}\\.)*")


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _pythainlp_words() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())


@cache
def _province_names() -> frozenset[str]:
    rows = tomllib.loads((DATA / "provinces.toml").read_text(encoding="utf-8"))["province"]
    return frozenset(name for row in rows for name in (row["name"], *row.get("aliases", ())))


@cache
def domain_words() -> frozenset[str]:
    """Words of Thai public administration (`data/words.txt`)."""
    return frozenset(_lines("words.txt"))


@cache
def dictionary() -> frozenset[str]:
    """What the segmenter knows: PyThaiNLP's words, provinces with aliases, `domain_words`."""
    words = _pythainlp_words() | domain_words() | _province_names()
    return frozenset(filter(_RUN.fullmatch, words))


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations with dots (`data/abbreviations.txt` and PyThaiNLP's): 'อ.ก.พ.ร.', 'น.'."""
    return frozenset(filter(_ABBREVIATION.fullmatch, _pythainlp_words())) | frozenset(
        _lines("abbreviations.txt")
    )


@cache
def dictionary_name() -> str:
    """Load `dictionary` into nlpo3 and return the name it is known by there.

    Raises OutputError where no temporary file can be written.
    """
    import nlpo3

    content = ("\n".join(sorted(dictionary())) + "\n").encode()
    # nlpo3 never replaces a dictionary of the same name, so the name is the content's.
    name = f"wara-{hashlib.sha256(content).hexdigest()[:16]}"
    try:
        with tempfile.TemporaryDirectory(prefix="wara-") as folder:
            path = Path(folder) / "dictionary.txt"
            path.write_bytes(content)
            nlpo3.load_dict(str(path), name)
    except OSError as error:
        raise OutputError(
            f"เขียนพจนานุกรมชั่วคราวไม่ได้: {error} โปรดตั้ง TMPDIR เป็นโฟลเดอร์ที่เขียนได้และมีที่ว่าง",
            f"cannot write the temporary dictionary: {error}. Set TMPDIR to a folder with space",
        ) from error
    return name
