"""Office files that are zip archives: looked over before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile

from pipeline.errors import ReadError

MAX_UNPACKED = 200_000_000
MAX_XML = 100_000_000
MAX_RATIO = 200


def refuse_bomb(data: bytes, name: str) -> None:
    """Raise `ReadError` for a package that unpacks to an abnormal size; `name` is its format."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    markup = [m for m in members if m.filename.endswith((".xml", ".rels"))]
    # Written documents pack to a tenth or less; a sheet of equal empty cells to a hundredth.
    bomb = any(m.file_size > max(5_000_000, MAX_RATIO * m.compress_size) for m in markup)
    unpacked = sum(member.file_size for member in members)
    if bomb or unpacked > MAX_UNPACKED or any(m.file_size > MAX_XML for m in markup):
        raise ReadError(
            f"ไฟล์ {name} ขยายแล้วใหญ่ผิดปกติ อาจเป็นไฟล์อันตราย ขอไฟล์ใหม่จากผู้ส่งเป็น PDF",
            f"The {name} file unpacks to an abnormal size and may be malicious. Ask the sender for"
            " a PDF",
        )
