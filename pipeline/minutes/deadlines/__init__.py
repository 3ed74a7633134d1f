"""The dates by or on which something is to be done."""

from pipeline.minutes.deadlines.reading import read_deadlines

__all__ = ["read_deadlines"]
