"""The user's cache folder: derived files only, safe to delete at any time."""

from __future__ import annotations

import getpass
import os
import tempfile
from functools import cache
from pathlib import Path


@cache
def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/wara` (if absolute), else `~/.cache/wara`.

    Where that cannot be written, a temporary folder of the user's own.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = home if Path(home).is_absolute() else "~/.cache"
    spare = Path(tempfile.gettempdir()) / f"wara-{getpass.getuser()}"
    for folder in (Path(os.path.expanduser(base)) / "wara", spare):  # noqa: PTH111 - no HOME is fine
        if _usable(folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="wara-"))


def _usable(folder: Path) -> bool:
    """Whether the folder, made if need be, is the user's own and can be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False
