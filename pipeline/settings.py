"""Where wara keeps what it must not lose, and the numbers that the environment may set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError, WorkspaceError

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

    def begun(self) -> Settings:
        """The same, for commands that only read: a workspace that is not there is not made.

        Where `WARA_DATABASE_URL` says what it holds, its folder may be new on this machine.
        Raises WorkspaceError.
        """
        there = os.path.exists(self.workspace)  # noqa: PTH110 - no error where one may not look
        if there or os.environ.get("WARA_DATABASE_URL"):
            return self
        place = self.workspace.absolute()
        raise WorkspaceError(
            f"ไม่มีโฟลเดอร์งานที่ {place} เริ่มใหม่ด้วย wara ingest หรือตรวจ --workspace / WARA_WORKSPACE",
            f"no workspace at {place}: begin one with wara ingest, or check --workspace / "
            "WARA_WORKSPACE",
        )

    def begin(self) -> Settings:
        """The same, the folder of the workspace made if need be. Raises WorkspaceError."""
        make_private(self.workspace)
        return self

    @property
    def models(self) -> Path:
        """The folder of the workspace's models."""
        return self.workspace / "models"


def make_private(folder: Path) -> None:
    """Make a workspace's folder, for its owner alone: people's names and papers lie in it.

    One that is there stays as it is. Raises WorkspaceError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"สร้างโฟลเดอร์งาน {folder} ไม่ได้ ({error.strerror}) เลือกที่อื่นด้วย --workspace",
            f"the workspace folder {folder} cannot be made: choose another with --workspace",
        ) from error


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
