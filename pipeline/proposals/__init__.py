"""Proposals: `parse_proposal` reads a document's title, province, dates, sections, partners."""

from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.parsing import parse_proposal

__all__ = ["SECTIONS", "parse_proposal"]
