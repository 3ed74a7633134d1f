"""The review queue: which documents, in which order, how many; all of it told and asked in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import (
    ColumnElement,
    Label,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from pipeline.store import Store
from pipeline.store.models import ArrivalRow, RoundRow, StandingRow
from pipeline.web.freshness import kept

PAGE = 50  # documents on one page
STATUSES = ("waiting", "decided", "asked", "disagreed", "all")
FLAGS = ("flagged", "damaged", "late")
LONGEST = 200  # characters of a value of the filter


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents; empty values let all pass. It is kept in the URL, its defaults left out."""

    status: str = "waiting"
    kind: str = ""
    agenda: str = ""
    mode: str = ""
    province: str = ""
    round: str = ""
    flagged: bool = False
    damaged: bool = False
    late: bool = False
    q: str = ""

    @property
    def query(self) -> str:
        """The filter as the query of a URL."""
        return urlencode(
            {
                field.name: _told(value)
                for field in fields(self)
                if (value := getattr(self, field.name)) != field.default
            }
        )

    def but(self, **values: Any) -> str:
        """The query of the same filter with other values."""
        return replace(self, **values).query


def _told(value: object) -> str:
    return "1" if value is True else str(value)


def filter_of(values: Mapping[str, str]) -> Filter:
    """The filter that the parameters of a URL say; what they say wrongly is left out."""
    names = {field.name for field in fields(Filter)}
    given = {name: value.strip()[:LONGEST] for name, value in values.items() if name in names}
    flags = {name: given.pop(name) == "1" for name in FLAGS if name in given}
    if given.get("status") not in STATUSES:
        given.pop("status", None)
    return Filter(**given, **flags)  # type: ignore[arg-type]


def parse(query: str) -> Filter:
    """The filter that the query of a URL says."""
    return filter_of(dict(parse_qsl(query[:4000])))


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the queue, as its reader may see it; confidences are 0 to 1."""

    sha256: str
    kind: str
    title: str | None
    province: str | None
    agenda: str | None
    mode: str | None
    agenda_confidence: float | None
    mode_confidence: float | None
    status: str
    first_by: str | None
    asked: bool
    disagreed: bool
    flagged: bool
    damaged: bool
    late: bool | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents each choice would leave, given all other choices."""

    status: dict[str, int]
    kind: dict[str, int]
    agenda: dict[str, int]
    mode: dict[str, int]
    province: dict[str, int]
    round: dict[str, int]
    flags: dict[str, int]
    total: int = 0
    sure: int = 0


@kept
def counts_of(store: Store, me: str, wanted: Filter, least: float) -> Counts:
    """The counts of a filter as one person sees them; `sure` is how many may be accepted at once.

    Bring standings up to date before.
    """
    with store.read() as session:
        line = Queue(session, me)
        counts = line.counts(wanted)
        return replace(counts, total=line.total(wanted), sure=line.number_sure(wanted, least))


class Queue:
    """The queue as one person sees it.

    Where somebody was asked for a second opinion, all but the first reviewer see, filter and count
    the machine's labels, not the first reviewer's.
    """

    def __init__(self, session: Session, me: str) -> None:
        self.session = session
        self.me = me
        hidden = and_(
            StandingRow.asked, StandingRow.first_by.is_not(None), StandingRow.first_by != me
        )
        self._agenda = case((hidden, StandingRow.machine_agenda), else_=StandingRow.agenda).label(
            "seen_agenda"
        )
        self._mode = case((hidden, StandingRow.machine_mode), else_=StandingRow.mode).label(
            "seen_mode"
        )

    def page(self, wanted: Filter, number: int) -> list[Row]:
        """The documents of a page (from 1), the most uncertain first."""
        columns = (
            StandingRow.sha256, StandingRow.kind, StandingRow.title, StandingRow.province,
            self._agenda, self._mode, StandingRow.agenda_confidence, StandingRow.mode_confidence,
            StandingRow.status, StandingRow.first_by, StandingRow.asked, StandingRow.disagreed,
            StandingRow.flagged, StandingRow.damaged, StandingRow.late,
        )  # fmt: skip
        query = self._filtered(select(*columns), wanted)
        query = query.order_by(*_order())
        found = self.session.execute(query.limit(PAGE).offset((number - 1) * PAGE))
        return [Row(*row) for row in found]

    def total(self, wanted: Filter) -> int:
        """How many documents there are."""
        return self._number(wanted)

    def place(self, wanted: Filter, sha256: str) -> int:
        """The place of a document in the queue, from 1; also where it would stand, was it there."""
        return self._number(wanted, _before(self._key(sha256))) + 1

    def after(self, wanted: Filter, sha256: str) -> str | None:
        """The document that comes after another one, from the start again after the last.

        None where there is no other. What one asked oneself is for others to answer.
        """
        query = self._filtered(select(StandingRow.sha256), wanted).where(
            StandingRow.sha256 != sha256
        )
        if wanted.status == "asked":
            query = query.where(
                or_(StandingRow.first_by.is_(None), StandingRow.first_by != self.me)
            )
        query = query.order_by(*_order()).limit(1)
        following = self.session.scalars(query.where(_behind(self._key(sha256)))).one_or_none()
        return following or self.session.scalars(query).one_or_none()

    def counts(self, wanted: Filter) -> Counts:
        """What each choice of the filter would leave."""
        columns = {
            "kind": StandingRow.kind,
            "agenda": self._agenda,
            "mode": self._mode,
            "province": StandingRow.province,
        }
        free = [name for name in columns if not getattr(wanted, name)]
        found = self._grouped([columns[name] for name in free], wanted)
        by_value: dict[str, Any] = {name: _summed(found, at) for at, name in enumerate(free)}
        for name in columns.keys() - free:
            without: Any = {name: ""}
            alone = self._grouped([columns[name]], replace(wanted, **without))
            by_value[name] = _summed(alone, 0)
        return Counts(
            status=self._statuses(wanted),
            round=self._rounds(replace(wanted, round="")),
            flags=self._flags(wanted),
            **by_value,
        )

    def sure(self, wanted: Filter, least: float) -> list[tuple[str, int]]:
        """What may be accepted at once, by digest, with the last decision on each.

        It waits for a decision and nothing about it asks for a person, and both labels are at
        least so probable.
        """
        query = self._filtered(select(StandingRow.sha256, StandingRow.last), wanted)
        query = query.where(*_sure(least))
        return [tuple(row) for row in self.session.execute(query.order_by(StandingRow.document_id))]

    def number_sure(self, wanted: Filter, least: float) -> int:
        """How many documents `sure` names."""
        return self._number(wanted, *_sure(least))

    def _key(self, sha256: str) -> tuple[float, int]:
        query = select(StandingRow.uncertainty, StandingRow.document_id)
        found = self.session.execute(query.where(StandingRow.sha256 == sha256)).one_or_none()
        return (2.0, 0) if found is None else (found[0], found[1])

    def _number(self, wanted: Filter, *more: ColumnElement[bool]) -> int:
        query = self._filtered(select(func.count()).select_from(StandingRow), wanted)
        return self.session.scalar(query.where(*more)) or 0

    def _filtered(self, query: Any, wanted: Filter) -> Select[Any]:
        pairs = (
            (wanted.kind, StandingRow.kind),
            (wanted.agenda, self._agenda),
            (wanted.mode, self._mode),
            (wanted.province, StandingRow.province),
        )
        found: Select[Any] = query.where(
            _status(wanted.status), *(column == value for value, column in pairs if value)
        )
        found = found.where(*(_flag(name) for name in FLAGS if getattr(wanted, name)))
        if wanted.round:
            found = found.where(_in_round(wanted.round))
        if wanted.q:
            found = found.where(StandingRow.title.icontains(wanted.q, autoescape=True))
        return found

    def _grouped(self, columns: Sequence[Any], wanted: Filter) -> list[Sequence[Any]]:
        """How many documents have which values, the number last; one reading for all columns."""
        if not columns:
            return []
        query = self._filtered(select(*columns, func.count()).select_from(StandingRow), wanted)
        # By name: to PostgreSQL the same expression with parameters of its own is another one.
        names = [literal_column(one.name) if isinstance(one, Label) else one for one in columns]
        return list(self.session.execute(query.group_by(*names)))

    def _statuses(self, wanted: Filter) -> dict[str, int]:
        sums = (func.sum(case((_status(name), 1), else_=0)) for name in STATUSES)
        query = self._filtered(
            select(*sums).select_from(StandingRow), replace(wanted, status="all")
        )
        return dict(zip(STATUSES, map(_whole, self.session.execute(query).one()), strict=True))

    def _flags(self, wanted: Filter) -> dict[str, int]:
        sums = (func.sum(case((_flag(name), 1), else_=0)) for name in FLAGS)
        query = self._filtered(select(*sums).select_from(StandingRow), wanted)
        return dict(zip(FLAGS, map(_whole, self.session.execute(query).one()), strict=True))

    def _rounds(self, wanted: Filter) -> dict[str, int]:
        query = (
            select(RoundRow.name, func.count(StandingRow.document_id.distinct()))
            .select_from(StandingRow)
            .join(ArrivalRow, ArrivalRow.document_id == StandingRow.document_id)
            .join(RoundRow, RoundRow.id == ArrivalRow.round_id)
        )
        found = self.session.execute(self._filtered(query, wanted).group_by(RoundRow.name))
        return {row[0]: row[1] for row in found}


def _summed(found: Sequence[Sequence[Any]], at: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for row in found:
        if row[at] is not None:
            sums[row[at]] += row[-1]
    return dict(sums)


def _whole(value: Any) -> int:
    return int(value or 0)


def _sure(least: float) -> tuple[ColumnElement[bool], ...]:
    return (
        StandingRow.status == "waiting",
        StandingRow.asked.is_(False),
        StandingRow.flagged.is_(False),
        StandingRow.agenda_confidence >= least,
        StandingRow.mode_confidence >= least,
    )


def _before(key: Sequence[Any]) -> ColumnElement[bool]:
    # A comparison of rows, which the index of the queue answers.
    return tuple_(StandingRow.uncertainty, StandingRow.document_id) > tuple_(*map(literal, key))


def _behind(key: Sequence[Any]) -> ColumnElement[bool]:
    return tuple_(StandingRow.uncertainty, StandingRow.document_id) < tuple_(*map(literal, key))


def _order() -> tuple[ColumnElement[Any], ...]:
    """The most uncertain first, of the same the latest; what the model did not tag comes last."""
    return StandingRow.uncertainty.desc(), StandingRow.document_id.desc()


def _status(name: str) -> ColumnElement[bool]:
    return {
        "waiting": StandingRow.status == "waiting",
        "decided": StandingRow.status == "decided",
        "asked": StandingRow.asked.is_(True),
        "disagreed": StandingRow.disagreed.is_(True),
        "all": true(),
    }.get(name, false())


def _flag(name: str) -> ColumnElement[bool]:
    return getattr(StandingRow, name).is_(True)  # type: ignore[no-any-return]


def _in_round(name: str) -> ColumnElement[bool]:
    query = select(ArrivalRow.document_id).join(RoundRow, RoundRow.id == ArrivalRow.round_id)
    return StandingRow.document_id.in_(query.where(RoundRow.name == name))
