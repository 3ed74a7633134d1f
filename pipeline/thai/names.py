"""Names in Thai text: provinces (`pipeline.thai.provinces`) and people (`pipeline.thai.people`)."""

from pipeline.thai.gazetteer import PROVINCES, province_of
from pipeline.thai.people import PersonMention, find_people
from pipeline.thai.provinces import ProvinceMention, find_provinces

__all__ = [
    "PROVINCES",
    "PersonMention",
    "ProvinceMention",
    "find_people",
    "find_provinces",
    "province_of",
]
