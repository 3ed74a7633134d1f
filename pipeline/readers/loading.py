"""The bytes of a path or URL."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ReadError
from pipeline.readers.archive import open_member

MAX_BYTES = 200_000_000


def load(file: str) -> bytes:
    """Every byte of a file, no more than `MAX_BYTES`. Raises `ReadError`."""
    try:
        data = _fetch(file)
    except ReadError as error:  # of an archive
        raise ReadError(f"{file}: {error.thai}", f"{file}: {error.english}") from error
    except FileNotFoundError as error:
        raise ReadError(
            f"{file}: ไม่พบไฟล์ ตรวจชื่อและโฟลเดอร์", f"{file}: not found. Check the name and folder"
        ) from error
    except IsADirectoryError as error:
        raise ReadError(
            f"{file}: เป็นโฟลเดอร์ ไม่ใช่ไฟล์ ระบุไฟล์ข้างใน", f"{file}: is a folder. Name a file in it"
        ) from error
    except PermissionError as error:
        raise ReadError(
            f"{file}: ไม่มีสิทธิ์เปิดไฟล์ ขอสิทธิ์หรือคัดลอกไฟล์มาไว้ในโฟลเดอร์ของตน",
            f"{file}: permission denied. Ask for access or copy the file",
        ) from error
    except Exception as error:  # fsspec's back ends raise their own kinds: network, credentials
        raise ReadError(
            f"{file}: เปิดไฟล์ไม่ได้ ({_cause(error)}) ตรวจที่อยู่และการเชื่อมต่อ",
            f"{file}: cannot be opened. Check the address and the connection",
        ) from error
    if len(data) > MAX_BYTES:
        raise too_large(file)
    return data


def _fetch(file: str) -> bytes:
    if ".zip" in file.lower() and (member := open_member(file)) is not None:
        return member
    if "://" in file:
        import fsspec

        with fsspec.open(file, "rb") as stream:
            return bytes(stream.read(MAX_BYTES + 1))
    path = Path(file)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError("not a regular file")  # a pipe would keep the batch waiting for ever
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def too_large(file: str) -> ReadError:
    """The error for a file of more than `MAX_BYTES`."""
    limit = MAX_BYTES // 1_000_000
    return ReadError(
        f"{file}: ไฟล์ใหญ่เกิน {limit} MB แบ่งไฟล์หรือลดขนาดภาพแล้วลองอีกครั้ง",
        f"{file}: larger than {limit} MB. Split it or reduce its images and try again",
    )


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")
