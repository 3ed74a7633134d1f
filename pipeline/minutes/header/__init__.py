"""The header of minutes and of posts about meetings, each value with its place in the text."""

from pipeline.minutes.header.reading import Header, read_header

__all__ = ["Header", "read_header"]
