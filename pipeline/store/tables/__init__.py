"""The tables. What people decided and what arrived is only ever added to.

Times are UTC; text that no database takes (NUL, half a surrogate pair) is kept as U+FFFD in
columns and as it is, escaped, in JSON, so that offsets hold. A change of the tables is one more
file in `database/migrations/versions/`.
"""

from pipeline.store.tables.base import Base
from pipeline.store.tables.documents import (
    ArrivalRow,
    BandRow,
    DocumentRow,
    PassageRow,
    PredictionRow,
    StoreRow,
)
from pipeline.store.tables.jobs import JobFileRow, JobRow
from pipeline.store.tables.labels import DecisionRow, StandingDueRow, StandingRow
from pipeline.store.tables.people import AttemptRow, AuditRow, LoginRow, TokenRow, UserRow
from pipeline.store.tables.rounds import RoundRow, RoundTermsRow

__all__ = [
    "ArrivalRow",
    "AttemptRow",
    "AuditRow",
    "BandRow",
    "Base",
    "DecisionRow",
    "DocumentRow",
    "JobFileRow",
    "JobRow",
    "LoginRow",
    "PassageRow",
    "PredictionRow",
    "RoundRow",
    "RoundTermsRow",
    "StandingDueRow",
    "StandingRow",
    "StoreRow",
    "TokenRow",
    "UserRow",
]
