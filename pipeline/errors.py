"""The error family. Every error knows its exit code, names the culprit and ends with the remedy.

Messages are Thai first, English beside it. Exit codes: 0 done; 1 a defect of wara itself;
2 wrong usage; 3 nothing could be read; 4 done, but some files failed; 5 a model or taxonomy
that cannot be used; 6 the output could not be written; 7 the workspace cannot be used;
8 the cluster cannot be reached or cannot work.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_SOME_FAILED = 4


class WaraError(Exception):
    """What the user is told: `thai` and `english` say the same, each ending with what to do."""

    exit_code = 1

    def __init__(self, thai: str, english: str) -> None:
        super().__init__(thai, english)
        self.thai = thai
        self.english = english

    def __str__(self) -> str:
        return f"{self.thai} ({self.english})"


class UsageError(WaraError):
    """The call itself is wrong: an option, a date, a combination of both."""

    exit_code = 2


class ReadError(WaraError):
    """One file cannot be read. In a batch this is one failed row."""

    exit_code = 3


class NothingReadError(ReadError):
    """No input of a batch could be read."""


class ModelError(WaraError):
    """A model, corpus or taxonomy is missing, damaged or does not fit."""

    exit_code = 5


class OutputError(WaraError):
    """The result cannot be written where it was asked for."""

    exit_code = 6


class WorkspaceError(WaraError):
    """The workspace cannot be used: its database, its index or its original files."""

    exit_code = 7


class ClusterError(WaraError):
    """The Dask cluster cannot be reached, was lost, or cannot do the work."""

    exit_code = 8
