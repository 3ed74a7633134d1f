"""Where someone begins to speak."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.minutes.speakers.roster import Speaker


@dataclass(frozen=True, slots=True)
class Head:
    """Someone begins to speak: the mention begins at `start`, the words at `said`.

    `end` is where the words end, if a quotation mark says so; `told` is False if only a verb, no
    ว่า, colon or quotation mark stands before them, `labelled` is True if they stand behind a
    colon or in a column, `someone` False if the mention begins like none. `guessed` if only
    someone known stands before the words, no verb of speaking.
    """

    start: int
    said: int
    speaker: Speaker
    end: int | None = None
    told: bool = True
    labelled: bool = False
    someone: bool = True
    guessed: bool = False
