"""Names in Thai text: provinces (`pipeline.thai.provinces`) and people (`pipeline.thai.people`)."""

from pipeline.thai.people import PersonMention, find_people
from pipeline.thai.provinces import PROVINCES, ProvinceMention, find_provinces, province_of

__all__ = [
    "PROVINCES",
    "PersonMention",
    "ProvinceMention",
    "find_people",
    "find_provinces",
    "province_of",
]
