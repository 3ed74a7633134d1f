"""Formats that LibreOffice reads for us: legacy Word, RTF, legacy PowerPoint.

LibreOffice runs without a window, as a library where that is installed (`libreoffice_kit`), with a
profile of its own in the temporary folder, and ends at its deadline with everything it started.
What it writes is read by our own readers.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.readers.office import libreoffice_kit
from pipeline.readers.office.odt import read_odt
from pipeline.readers.office.rtf_guards import refuse_abnormal
from pipeline.readers.pdf import read_pdf
from pipeline.readers.reading import RawPage, Reading

SECONDS = 60.0
MAX_CONVERTED = 200_000_000

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WRITER, _CALC, _IMPRESS = (
    "libreoffice-writer-nogui",
    "libreoffice-calc-nogui",
    "libreoffice-impress-nogui",
)
_FILTERS = {
    "odt": "odt:writer8",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pdf": "pdf:impress_pdf_Export",
}
_ODD = re.compile("[^\\s!-~\u0e00-\u0e7f\u2000-\u27ff]")
_LANGUAGE = "C.UTF-8"


def read_doc(data: bytes) -> Reading:
    """Read a legacy Word document. Raises `ReadError`, also where LibreOffice is missing."""
    return _through(read_odt(convert(data, "doc", "odt")), "doc")


def read_rtf(data: bytes) -> Reading:
    """Read an RTF document. Raises `ReadError`, also where LibreOffice is missing."""
    refuse_abnormal(data)
    return _through(read_odt(convert(data, "rtf", "odt")), "rtf")


def read_ppt(data: bytes) -> Reading:
    """Read legacy PowerPoint slides. Raises `ReadError`, also where LibreOffice is missing."""
    return _through(read_pdf(convert(data, "ppt", "pdf")), "ppt")


def _through(reading: Reading, suffix: str) -> Reading:
    text = "".join(page.text for page in reading.pages)
    # What LibreOffice cannot make out it shows as text, byte for byte.
    if len(_ODD.findall(text)) > 0.2 * len(text):
        raise _failed(suffix)
    pages = tuple(RawPage(page.text, suffix) for page in reading.pages)
    return Reading(pages, reading.tables, reading.warnings)


def program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    places = (place for place in _PLACES if os.access(place, os.X_OK))
    return next(filter(None, found), None) or next(places, None)


def convert(data: bytes, suffix: str, target: str, *, seconds: float = SECONDS) -> bytes:
    """A document of the format `suffix` as `target`: odt, xlsx or pdf.

    Raises `ReadError` where LibreOffice is missing, fails, or takes longer than `seconds`.
    """
    office = program()
    if office is None:
        raise _missing(suffix, target)
    with tempfile.TemporaryDirectory(prefix="wara-office-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"document.{suffix}"
        source.write_bytes(data)
        _run(_command(office, source, target), Path(folder), seconds)
        converted = source.with_suffix(f".{target}")
        if not converted.is_file() or converted.stat().st_size > MAX_CONVERTED:
            raise _failed(suffix)
        return converted.read_bytes()


def _command(office: str, source: Path, target: str) -> list[str]:
    profile = (source.parent / "profile").as_uri()
    folder = Path(office).resolve().parent
    if target == "odt" and libreoffice_kit.library(folder) is not None:
        urls = (source.as_uri(), source.with_suffix(f".{target}").as_uri())
        script = str(Path(libreoffice_kit.__file__))
        return [sys.executable, "-I", script, str(folder), profile, *urls, target]
    return [
        *(office, f"-env:UserInstallation={profile}", "--headless", "--norestore"),
        *("--nodefault", "--nolockcheck", "--nologo", "--nofirststartwizard"),
        *("--convert-to", _FILTERS[target], "--outdir", str(source.parent), str(source)),
    ]


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run to the end or the deadline; nothing that was started outlives this call.

    It stays in our process group, so that whoever ends this process ends LibreOffice too.
    """
    (folder / "profile").mkdir(exist_ok=True)
    _forbid_macros(folder / "profile")
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(folder))
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _LANGUAGE} | places
    environment["SAL_USE_VCLPLUGIN"] = "svp"  # draws into memory, asks for no display
    environment["UNO_SHARED_PACKAGES_CACHE"] = (folder / "shared").as_uri()  # no extensions
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"LibreOffice แปลงไฟล์ไม่เสร็จใน {seconds:g} วินาที เปิดไฟล์แล้วบันทึกใหม่เป็น PDF หรือ DOCX",
            f"LibreOffice did not convert the file within {seconds:g} seconds. Open it and save it"
            " as PDF or DOCX",
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    family = _with_descendants(process.pid)
    for number in reversed(family):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(number, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 2
    # The kernel takes a moment; until then they may still write into the folder.
    while any(map(_lives, family)) and time.monotonic() < deadline:
        time.sleep(0.01)


def _lives(number: int) -> bool:
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(
            encoding="ascii", errors="replace"
        )
    return False


def _with_descendants(number: int) -> list[int]:
    """A process and all that it started, as far as the system tells."""
    found = [number]
    for parent in found:
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
            found += map(int, children.split())
    return found


_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def _forbid_macros(profile: Path) -> None:
    """Settings of the new profile: no macro runs, no linked content is fetched."""
    (profile / "user").mkdir(exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def _missing(suffix: str, target: str) -> ReadError:
    package = {"odt": _WRITER, "xlsx": _CALC, "pdf": _IMPRESS}[target]
    saved = {"odt": "PDF หรือ DOCX", "xlsx": "XLSX หรือ PDF", "pdf": "PDF"}[target]
    english = saved.replace("หรือ", "or")
    return ReadError(
        f"เป็นไฟล์ .{suffix} ซึ่งอ่านผ่าน LibreOffice แต่ไม่พบโปรแกรมนี้ ติดตั้ง {package}"
        f" หรือบันทึกไฟล์ใหม่เป็น {saved}",
        f"A .{suffix} file is read through LibreOffice, which was not found. Install {package},"
        f" or save the file as {english}",
    )


def _failed(suffix: str) -> ReadError:
    return ReadError(
        f"LibreOffice เปิดไฟล์ .{suffix} นี้ไม่ได้ ไฟล์อาจเสียหายหรือมีรหัสผ่าน"
        " เปิดในโปรแกรมเดิมแล้วบันทึกใหม่เป็น PDF",
        f"LibreOffice cannot open this .{suffix} file; it may be damaged or have a password. Open"
        " it in the program that made it and save it as PDF",
    )
