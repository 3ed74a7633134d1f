"""Work in the background, and the files of an upload."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import ConfigDict

from pipeline.web.api.values.shared import Id, Value


class JobValue(Value):
    """Work in the background; `done` of `steps` says how far it is."""

    model_config = ConfigDict(from_attributes=True, title="Job")

    id: Id
    kind: Literal["upload", "train", "promote"]
    state: Literal["waiting", "running", "done", "failed"]
    by: str
    round: str | None
    stage: str
    error: str
    done: int
    steps: int
    details: dict[str, Any]
    made_at: dt.datetime
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None


class FileValue(Value):
    """A file of an upload; `sha256` once it is in the store, `error` with the remedy if not."""

    model_config = ConfigDict(from_attributes=True, title="JobFile")

    id: Id
    name: str
    size: int
    state: Literal["waiting", "working", "stored", "known", "failed"]
    sha256: str | None
    kind: str | None
    title: str | None
    error: str | None


class Refused(Value):
    """A file that was not accepted, and why."""

    name: str
    th: str
    en: str


class Sent(Value):
    """What became of the files of a request: the job that reads them, and those refused."""

    job: JobValue
    files: list[FileValue]
    refused: list[Refused]
