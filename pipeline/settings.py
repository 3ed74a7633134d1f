"""Where wara keeps what it must not lose: the workspace folder with its models."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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
