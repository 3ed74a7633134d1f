"""How much one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.settings import number_set

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost the process that reads it.

    `memory` is the address space in bytes, `seconds` the time without a sign of progress (a page
    read by OCR is one), `total_seconds` the time in all, `processor_seconds` that of the reader
    itself without the programs it calls. `file_size` in bytes is for any file written on the way.
    A reader process is replaced after `files` files or when it keeps more than `kept` bytes.
    """

    memory: int = 2048 * _MIB
    seconds: float = 90.0
    total_seconds: float = 1800.0
    processor_seconds: int = 120
    file_size: int = 512 * _MIB
    files: int = 500
    kept: int = 512 * _MIB

    @classmethod
    def from_environment(cls) -> Limits:
        """The defaults, or `WARA_READ_SECONDS` and `WARA_READ_MEMORY_MB`. Raises `UsageError`."""
        usual = cls()
        seconds = number_set("WARA_READ_SECONDS", usual.seconds, least=1)
        memory = int(number_set("WARA_READ_MEMORY_MB", usual.memory / _MIB, least=512)) * _MIB
        return cls(memory=memory, seconds=seconds, total_seconds=max(20 * seconds, 60.0))
