"""What a person should know about how a file was read: Thai sentences for `Document.warnings`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.readers import sniff
from pipeline.readers.scans import listed
from pipeline.thai.repair import CLASSES, Diagnosis

_NAMES = {
    ".pdf": ("PDF", sniff.PDF),
    ".docx": ("DOCX", sniff.DOCX),
    ".doc": ("DOC", sniff.DOC),
    ".xlsx": ("XLSX", sniff.XLSX),
    ".xls": ("XLS", sniff.XLS),
    ".odt": ("ODT", sniff.ODT),
    ".rtf": ("RTF", sniff.RTF),
    ".eml": ("อีเมล", sniff.EML),
    ".html": ("HTML", sniff.HTML),
    ".htm": ("HTML", sniff.HTML),
    ".txt": ("ข้อความ", sniff.TEXT),
    ".png": ("ภาพ", sniff.IMAGE),
    ".jpg": ("ภาพ", sniff.IMAGE),
    ".jpeg": ("ภาพ", sniff.IMAGE),
    ".tif": ("ภาพ", sniff.IMAGE),
    ".tiff": ("ภาพ", sniff.IMAGE),
}
_BY_TYPE = {media_type: name for name, media_type in _NAMES.values()}
# Other ways to write the same text: common in sound documents, and nothing to check.
_SPELLINGS = {"split_sara_am", "mark_order"}


def on_suffix(file: str, media_type: str) -> tuple[str, ...]:
    """Whether the file's name says something else than its content."""
    suffix = PurePosixPath(file).suffix.lower()
    expected = _NAMES.get(suffix)
    if expected is None or expected[1] == media_type or media_type not in _BY_TYPE:
        return ()
    return (f"นามสกุลไฟล์เป็น {suffix} แต่เนื้อไฟล์เป็น {_BY_TYPE[media_type]} อ่านตามเนื้อไฟล์",)


def on_damage(found: Mapping[int, Diagnosis]) -> tuple[str, ...]:
    """What was repaired, by the form of damage, with the numbers of its pages (1-based)."""
    places: Counter[str] = Counter()
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, diagnosis in found.items():
        for code, count in diagnosis.classes.items():
            places[code] += count
            numbers[code].append(number)
    said = [
        f"{CLASSES[code].thai}: ซ่อมแล้ว {count:,} แห่ง{_on(numbers[code], len(found))}"
        for code, count in places.most_common()
        if code not in _SPELLINGS
    ]
    lost = {number: d.text.count("\ufffd") for number, d in found.items() if "\ufffd" in d.text}
    if lost:
        said.append(f"อ่านไม่ออก {sum(lost.values()):,} ตัวอักษร{_on(list(lost), len(found))}")
    return tuple(said)


def _on(numbers: Sequence[int], pages: int) -> str:
    return f" (หน้า {listed(numbers)})" if pages > 1 else ""
