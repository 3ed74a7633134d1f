"""What the API takes and gives. Names and shapes are a contract: fields are added, never changed.

Dates are ISO 8601, moments in UTC; fiscal years BE; offsets count code points, `end` exclusive.
"""

from pipeline.web.api.values.documents import (
    After,
    Came,
    Deciding,
    Details,
    Labels,
    Listed,
    Made,
    Part,
    Text,
    TextPage,
)
from pipeline.web.api.values.jobs import FileValue, JobValue, Refused, Sent
from pipeline.web.api.values.models import ModelValue, RolledBack
from pipeline.web.api.values.rounds import ProvinceValue, RoundState, RoundValue
from pipeline.web.api.values.search import Answer, Found
from pipeline.web.api.values.shared import Failed, Id, Kind, Page, Problem, Sha256, Value

__all__ = [
    "After",
    "Answer",
    "Came",
    "Deciding",
    "Details",
    "Failed",
    "FileValue",
    "Found",
    "Id",
    "JobValue",
    "Kind",
    "Labels",
    "Listed",
    "Made",
    "ModelValue",
    "Page",
    "Part",
    "Problem",
    "ProvinceValue",
    "Refused",
    "RolledBack",
    "RoundState",
    "RoundValue",
    "Sent",
    "Sha256",
    "Text",
    "TextPage",
    "Value",
]
