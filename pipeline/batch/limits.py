"""What a worker process may cost."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.sandbox.limits import Limits
from pipeline.settings import number_set

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """`row_seconds` to parse and tag one document, `read_seconds` to read it in all.

    `memory` is the address space in bytes of the process, that of its reader apart; `files` is
    how many it does before a new one takes its place.
    """

    row_seconds: float = 300.0
    read_seconds: float = Limits().total_seconds
    memory: int = 6144 * _MIB
    files: int = 20_000

    @classmethod
    def from_environment(cls) -> WorkerLimits:
        """The defaults, or `WARA_ROW_SECONDS` and `WARA_WORKER_MEMORY_MB`. Raises UsageError."""
        usual = cls()
        return cls(
            row_seconds=number_set("WARA_ROW_SECONDS", usual.row_seconds, least=1),
            read_seconds=Limits.from_environment().total_seconds + 30,
            memory=int(number_set("WARA_WORKER_MEMORY_MB", usual.memory / _MIB, least=2048)) * _MIB,
        )
