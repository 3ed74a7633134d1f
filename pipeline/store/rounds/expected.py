"""Which provinces a round expects: all 76, or those of a file."""

from __future__ import annotations

from pipeline.errors import UsageError
from pipeline.readers.encodings import decode
from pipeline.readers.loading import load
from pipeline.store.rounds.terms import EXPECTED
from pipeline.thai.names import province_of

ALL = "provinces"


def read_expected(named: str) -> tuple[str, ...]:
    """The 76 provinces for `provinces`, else one a line of that file, comments after `#`.

    Raises UsageError for a line that names no province, ReadError for a file that is not there.
    """
    if named == ALL:
        return EXPECTED
    found: dict[str, None] = {}
    lines = decode(load(named)).text.splitlines()
    for number, line in enumerate(lines, start=1):
        surface = line.partition("#")[0].strip(" \t\ufeff,;")
        if not surface:
            continue
        province = province_of(surface)
        if province is None:
            raise UsageError(
                f"{named} บรรทัด {number}: ไม่รู้จักจังหวัด “{surface[:40]}” เขียนชื่อเต็มบรรทัดละชื่อ",
                f"{named}, line {number}: unknown province: write one full name a line",
            )
        found[province] = None
    if not found:
        raise UsageError(
            f"{named} ไม่มีชื่อจังหวัด เขียนบรรทัดละชื่อ หรือใช้ --expected provinces",
            "the file names no province: write one a line, or use --expected provinces",
        )
    return tuple(found)
