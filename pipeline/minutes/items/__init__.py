"""The agenda items of minutes with what was said, resolved and ordered under each."""

from pipeline.minutes.items.reading import read_items

__all__ = ["read_items"]
