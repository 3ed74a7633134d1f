"""How closely a passage says the query together: the second look at the best passages.

BM25 counts words anywhere in a passage. What answers a question stands close together, so the
distinct sub-word units of the query are counted in the best window of the text, by their rarity.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.thai import arabic_digits

WINDOW = 80  # code points
DEPTH = 20  # passages looked at


def closeness(text: str, rarity: Mapping[str, float]) -> float:
    """The greatest sum of the rarities of distinct units within `WINDOW` code points of `text`.

    `rarity` maps the units of the query to their weights.
    """
    inside: dict[str, int] = {}
    best = total = 0.0
    places = _units(text, rarity)
    first = 0
    for place, unit in places:
        while places[first][0] <= place - WINDOW:
            gone = places[first][1]
            first += 1
            inside[gone] -= 1
            total -= 0.0 if inside[gone] else rarity[gone]
        inside[unit] = inside.get(unit, 0) + 1
        if inside[unit] == 1:
            total += rarity[unit]
            best = max(best, total)
    return best


def _units(text: str, rarity: Mapping[str, float]) -> list[tuple[int, str]]:
    """The units of the query in `text`, with their places, in order."""
    with_digits = any(unit[0].isdigit() or unit[-1].isdigit() for unit in rarity)
    folded = (arabic_digits(text) if with_digits else text).lower()
    found = []
    for unit in rarity:
        place = folded.find(unit)
        while place >= 0:
            found.append((place, unit))
            place = folded.find(unit, place + 1)
    return sorted(found)
