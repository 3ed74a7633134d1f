"""One conversion by LibreOffice's library interface, run as a program of its own by `office`.

    python libreoffice_kit.py PROGRAM_FOLDER PROFILE_URL SOURCE_URL TARGET_URL FORMAT

The office program itself needs a socket in /tmp, which a confined reader may not make (LibreOffice
7.4 offers no other place); the library needs none. The names and the order of the functions are
those of LibreOfficeKit.h, which only ever grows at its end.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")

_LOAD, _ERROR = 2, 3
_SAVE_AS = 2


def library(program: Path) -> Path | None:
    """The library in LibreOffice's program folder, or None where there is none."""
    return next((program / name for name in LIBRARIES if (program / name).is_file()), None)


def convert(program: Path, profile: str, source: str, target: str, form: str) -> bool:
    """Load the URL `source` and save it at `target` in the format `form`: odt, xlsx, pdf."""
    start = ctypes.CDLL(str(library(program)), mode=ctypes.RTLD_GLOBAL).libreofficekit_hook_2
    start.restype, start.argtypes = ctypes.c_void_p, [ctypes.c_char_p] * 2
    kit = start(os.fsencode(program), profile.encode())
    if not kit:
        return False
    document = _method(kit, _LOAD, ctypes.c_void_p, 1)(kit, source.encode())
    if not document:
        reason = _method(kit, _ERROR, ctypes.c_char_p, 0)(kit)
        sys.stderr.write((reason or b"").decode("utf-8", "replace"))
        return False
    save = _method(document, _SAVE_AS, ctypes.c_int, 3)
    return bool(save(document, target.encode(), form.encode(), None))


def _method(instance: int, place: int, result: Any, arguments: int) -> Any:
    """The function at `place` in an object's table; all arguments but the object are strings."""
    table = ctypes.cast(instance, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    kind = ctypes.CFUNCTYPE(result, ctypes.c_void_p, *[ctypes.c_char_p] * arguments)
    return kind(table[place])


if __name__ == "__main__":
    done = convert(Path(sys.argv[1]), *sys.argv[2:])
    sys.stderr.flush()
    os._exit(0 if done else 1)  # the library's own way out waits for its threads
