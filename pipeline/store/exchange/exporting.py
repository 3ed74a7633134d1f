"""`wara export`: what the store holds, as rows to open in Excel and to hand on."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from pipeline.records import Record
from pipeline.store.documents.predictions import current_predictions
from pipeline.store.documents.reading import arrivals_of, list_documents
from pipeline.store.documents.values import Arrival, Prediction, Stored
from pipeline.store.exchange.columns import YES, LabelRow
from pipeline.store.labels.fields import FIELDS, plain_values
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.values import Labelling
from pipeline.store.rounds.terms import Round, get_round, is_on_time, list_rounds

_LISTS = ("other_modes", "reasons", "evidence", "networks", "missing_sections", "warnings")


def label_rows(
    session: Session, *, round_name: str | None = None, among: Collection[str] | None = None
) -> list[LabelRow]:
    """A row for every document, or for those of a round, in the order in which they came.

    `among` are the digests of those that are wanted alone.

    Raises StoreError for an unknown round.
    """
    if round_name is not None:
        get_round(session, round_name)
    rounds = {found.name: found for found in list_rounds(session)}
    documents = [d for d in list_documents(session) if among is None or d.sha256 in among]
    arrived = arrivals_of(session, [document.sha256 for document in documents])
    if round_name is not None:
        documents = [d for d in documents if round_name in (a.round for a in arrived[d.sha256])]
    names = [document.sha256 for document in documents]
    said = current_predictions(session, names)
    standing = labels_of(session, names)
    return [
        _row(
            document,
            said.get(document.sha256),
            standing[document.sha256],
            arrived[document.sha256],
            rounds,
            round_name,
        )
        for document in documents
    ]


def _row(
    document: Stored,
    prediction: Prediction | None,
    labels: Labelling,
    arrivals: Sequence[Arrival],
    rounds: Mapping[str, Round],
    round_name: str | None,
) -> LabelRow:
    read = _read_values(document, prediction)
    return LabelRow(
        **read | {"file": arrivals[-1].file} | _label_values(labels),
        **_provenance(labels),
        note=labels.note,
        cluster=document.cluster,
        arrivals=len(arrivals),
        exported=json.dumps(
            plain_values({**labels.values, "note": labels.note, "reviewed": bool(labels.decided)}),
            ensure_ascii=False,
        ),
        **_submission(arrivals, rounds, round_name, labels),
    )


def _read_values(document: Stored, prediction: Prediction | None) -> dict[str, Any]:
    """The columns of `wara classify`, from the current prediction where there is one."""
    if prediction is None:
        known = ("sha256", "kind", "title", "province", "document_date", "fiscal_year", "warnings")
        return {name: getattr(document, name) for name in known}
    columns = {field.name for field in dataclasses.fields(Record)}
    values = {name: value for name, value in prediction.record.items() if name in columns}
    values |= {name: tuple(values.get(name) or ()) for name in _LISTS}
    date = values.get("document_date")
    return values | {"document_date": dt.date.fromisoformat(date) if date else None}


def _label_values(labels: Labelling) -> dict[str, Any]:
    """The labels as they stand; a confidence is the model's in its own label only."""
    values, machine = labels.values, labels.machine
    modes = values["modes"]
    row = {name: values[name] for name in FIELDS if name != "modes"}
    row |= {"mode": modes[0] if modes else None, "other_modes": tuple(modes[1:])}
    if values["agenda"] != machine["agenda"]:
        row["agenda_confidence"] = None
    if modes[:1] != machine["modes"][:1]:
        row["mode_confidence"] = None
    return row


def _provenance(labels: Labelling) -> dict[str, Any]:
    decision = labels.decision
    found: dict[str, Any] = {
        "label_source": labels.source,
        "machine_agenda": labels.machine["agenda"],
        "machine_modes": labels.machine["modes"],
    }
    if decision is None:
        return found
    return found | {
        "reviewed": YES,
        "decided_by": decision.by,
        "decided_at": decision.at,
        "previous": tuple(
            f"{name}: {_shown(old)}"
            for name, old in decision.before.items()
            if old != decision.after[name]
        ),
    }


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _submission(
    arrivals: Sequence[Arrival],
    rounds: Mapping[str, Round],
    round_name: str | None,
    labels: Labelling,
) -> dict[str, Any]:
    """The first arrival in the round asked for, else in the last round, else of all.

    Only a proposal is on time or late in it.
    """
    name = round_name or next((a.round for a in reversed(arrivals) if a.round), None)
    received = [arrival.received_at for arrival in arrivals if name in (None, arrival.round)]
    status = None
    if name is not None and labels.values["kind"] == "proposal":
        status = "on_time" if is_on_time(min(received), rounds[name].deadline) else "late"
    return {"round": name, "received_at": min(received), "round_status": status}
