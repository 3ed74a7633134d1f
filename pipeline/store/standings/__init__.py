"""How documents and rounds stand, for lists of many: derived from all else, and counted in SQL.

`follow` brings the rows up to date; what reads them asks for that first.
"""

from pipeline.store.standings.following import follow, refresh
from pipeline.store.standings.rounds import ProvinceStatus, Received, RoundStatus, round_status

__all__ = ["ProvinceStatus", "Received", "RoundStatus", "follow", "refresh", "round_status"]
