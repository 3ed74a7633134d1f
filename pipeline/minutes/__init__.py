"""Minutes of meetings and posts about meetings: header, attendance, items, turns, deadlines."""

from pipeline.minutes.parsing import parse_minutes

__all__ = ["parse_minutes"]
