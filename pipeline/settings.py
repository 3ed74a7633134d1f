"""Where wara keeps what it must not lose, and the numbers that the environment may set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

DEFAULT_WORKSPACE = Path("wara-data")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command. Folders are made when something is first written to them."""

    workspace: Path

    @classmethod
    def of(cls, workspace: Path | None = None) -> Settings:
        """`--workspace` if given, else `WARA_WORKSPACE`, else `./wara-data`."""
        named = os.environ.get("WARA_WORKSPACE")
        return cls(workspace or (Path(named) if named else DEFAULT_WORKSPACE))

    @property
    def models(self) -> Path:
        """The folder of the workspace's models."""
        return self.workspace / "models"


def number_set(name: str, default: float, *, least: float) -> float:
    """The number that the environment variable `name` sets. Raises UsageError for another value."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not least <= number < float("inf"):
        raise UsageError(
            f"{name}={value} ใช้ไม่ได้ ตั้งเป็นตัวเลขตั้งแต่ {least:g} ขึ้นไป หรือไม่ต้องตั้ง",
            f"{name}={value} cannot be used: set a number of at least {least:g}, or unset it",
        )
    return number
