"""HTML of the values that people look at in notebooks. Everything from a document is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.documents import Document, Evidence, Item, Minutes, Span, Tagging
from pipeline.errors import UsageError
from pipeline.search import Hit, Results

if TYPE_CHECKING:
    from corpora import Taxonomy

# Of Brewer's Set2: light enough for black letters, told apart by people with colour blindness.
COLOURS = ("#66c2a5", "#fc8d62", "#8da0cb", "#e78ac3", "#a6d854", "#ffd92f", "#e5c494", "#b3b3b3")
BOX = (
    "border:1px solid #ddd;border-radius:6px;padding:.6em 1em;margin:.4em 0;line-height:1.7;"
    "font-family:Sarabun,'Noto Sans Thai','Leelawadee UI',Thonburi,sans-serif;"
    "color:#222;background:#fff;text-align:left"
)
SCROLL = "max-height:28em;overflow:auto"
CHIP = "background:#eef;border-radius:4px;padding:0 .4em"
LONGEST = 20_000  # letters of a document that are shown


def tagging_html(value: Tagging, text: str | None = None, taxonomy: Taxonomy | None = None) -> str:
    """The labels with their probabilities, why a person should look, and the evidence.

    With `text`, the whole of it with the evidence marked; without, the quotes alone.
    """
    names = _names() if taxonomy is None else _names_of(taxonomy)
    others = "".join(f" + {_name(names, mode)}" for mode in value.modes[1:])
    head = (
        f"{_label(names, value.agenda, value.agenda_probs)} · "
        f"{_label(names, value.mode, value.mode_probs)}{others}"
    )
    if value.award_scaleup:
        head += f" · {_name(names, 'award_scaleup')} {percent(value.award_prob)}"
    review = "".join(f"<div>⚠ {escape(reason)}</div>" for reason in value.reasons)
    quotes = value.evidence
    marked = _quotes(quotes, names) if text is None else _evidence(text, quotes, names)
    return _box(f"<div>{head}</div>{review}{marked}")


def _evidence(text: str, evidence: Sequence[Evidence], names: Mapping[str, str]) -> str:
    """The text with the evidence marked by spaCy's displaCy; where quotes overlap, both labels."""
    for quote in evidence:
        if text[quote.start : quote.end] != quote.text:
            raise UsageError(
                "หลักฐานไม่ตรงกับข้อความ ให้ข้อความเดียวกับที่ให้ tagger.tag",
                "the evidence does not stand in this text: give the text that was tagged",
            )
    from spacy import displacy

    labels = sorted({quote.label for quote in evidence})
    colours = {label: COLOURS[k % len(COLOURS)] for k, label in enumerate(labels)}
    marks = [
        (start, end, " + ".join(_name(names, label) for label in said), colours[said[0]])
        for start, end, said in _segments(evidence)
    ]
    page = displacy.render(
        {
            "text": text,
            "ents": [
                {"start": start, "end": end, "label": label} for start, end, label, _ in marks
            ],
        },
        style="ent",
        manual=True,
        jupyter=False,
        options={"colors": {label.upper(): colour for _, _, label, colour in marks}},
    )
    return f'<div style="{SCROLL}">{page}</div>'


def _segments(evidence: Sequence[Evidence]) -> Iterator[tuple[int, int, list[str]]]:
    """Stretches that do not overlap, in order, each with the labels of the quotes that cover it."""
    bounds = sorted({edge for quote in evidence for edge in (quote.start, quote.end)})
    for start, end in pairwise(bounds):
        said = sorted({q.label for q in evidence if q.start <= start and end <= q.end})
        if said:
            yield start, end, said


def _quotes(evidence: Iterable[Evidence], names: Mapping[str, str]) -> str:
    return "".join(
        f"<div><b>{_name(names, quote.label)}</b> “{escape(quote.text)}”</div>"
        for quote in evidence
    )


def document_html(value: Document) -> str:
    """What was read: the file, how each page was got, warnings, and the text."""
    methods = ", ".join(dict.fromkeys(page.method for page in value.pages))
    damage = max((page.damage for page in value.pages), default=0.0)
    facts = (
        f"{value.kind} · {len(value.pages)} หน้า (pages) · {methods} · {len(value.text):,} ตัวอักษร"
    )
    if damage:
        facts += f" · ซ่อมมากสุด {damage:.1%} ของหน้า (most repaired)"
    warnings = "".join(f"<div>⚠ {escape(warning)}</div>" for warning in value.warnings)
    rest = len(value.text) - LONGEST
    more = f"<p>… อีก {rest:,} ตัวอักษร (more)</p>" if rest > 0 else ""
    body = f'<div style="{SCROLL};white-space:pre-wrap">{escape(value.text[:LONGEST])}{more}</div>'
    return _box(f"<div><b>{escape(value.file)}</b></div><div>{escape(facts)}</div>{warnings}{body}")


def minutes_html(value: Minutes) -> str:
    """The outline of a meeting: header, items with their resolutions, speakers, deadlines."""
    chair = value.chair.name if value.chair else None
    when = thai_date(value.date)
    facts = [value.meeting_no and f"ครั้งที่ {value.meeting_no}", when, value.place_or_medium]
    facts += [chair and f"ประธาน {chair}"]
    facts += [f"มา {sum(a.group == 'present' for a in value.attendees)} คน"]
    head = " · ".join(escape(str(fact)) for fact in facts if fact)
    items = "".join(f"<li>{_item(item)}</li>" for item in value.items)
    due = "".join(
        f"<li>{escape(thai_date(d.date))} {escape(d.who or '')} {escape(d.what)}</li>"
        for d in value.deadlines
    )
    deadlines = f"<div><b>กำหนดเวลา (deadlines)</b><ul>{due}</ul></div>" if due else ""
    title = escape(value.title or "รายงานการประชุม (minutes)")
    outline = f'<ul style="list-style:none;padding-left:.5em">{items}</ul>'
    return _box(
        f"<div><b>{title}</b></div><div>{head}</div>"
        f'<div style="{SCROLL}">{outline}{deadlines}</div>'
    )


def _item(item: Item) -> str:
    heading = " ".join(filter(None, (item.no, item.heading))) or "–"
    speakers = dict.fromkeys(turn.speaker for turn in item.turns if turn.speaker)
    parts = [f"<b>{escape(heading)}</b>"]
    if speakers:
        parts.append(f'<span style="color:#555">{escape(", ".join(speakers))}</span>')
    if item.resolution:
        parts.append(f"มติ: {escape(item.resolution)}")
    parts += [f"มอบ {escape(order.who or '')}: {escape(order.text)}" for order in item.orders]
    return "<br>".join(parts)


def results_html(value: Results) -> str:
    """One page of an answer."""
    hint = f" · หมายถึง “{escape(value.suggestion)}” หรือไม่" if value.suggestion else ""
    head = f"<b>{escape(value.query)}</b> · พบ {value.total:,} · {value.took_ms:.1f} ms{hint}"
    return _box(f"<div>{head}</div>") + "".join(map(hit_html, value.hits))


def hit_html(value: Hit) -> str:
    """A passage found: where it stands, and its text with the words found marked."""
    passage = value.passage
    where = [passage.title, passage.heading, passage.speaker, thai_date(passage.date)]
    names = _names()
    topics = " ".join(
        f'<span style="{CHIP}">{_name(names, topic)}</span>' for topic in passage.topics
    )
    head = " · ".join(escape(part) for part in where if part)
    body = "".join(_marked(passage.text, value.highlights))
    return _box(
        f'<div style="color:#555">{head} {topics} · {value.score:.2f}</div>'
        f'<div style="{SCROLL};white-space:pre-wrap">{body}</div>'
    )


def _marked(text: str, spans: Sequence[Span]) -> Iterator[str]:
    at = 0
    for span in spans:
        yield f"{escape(text[at : span.start])}<mark>{escape(span.of(text))}</mark>"
        at = span.end
    yield escape(text[at:])


def thai_date(date: dt.date | None) -> str:
    """A day of the Buddhist Era in short, empty for None: `17 ธ.ค. 2564`."""
    if date is None:
        return ""
    from pythainlp.util import thai_strftime

    return str(thai_strftime(dt.datetime.combine(date, dt.time()), "%-d %b %Y"))


@cache
def _names() -> Mapping[str, str]:
    from corpora import load_taxonomy

    return _names_of(load_taxonomy())


def _names_of(taxonomy: Taxonomy) -> Mapping[str, str]:
    labels = (*taxonomy.passage_topics, *taxonomy.flags)
    return {label.code: label.short_th for label in labels}


def _name(names: Mapping[str, str], code: str) -> str:
    return escape(names.get(code, code))


def _label(names: Mapping[str, str], code: str, probabilities: Mapping[str, float]) -> str:
    return f"<b>{_name(names, code)}</b> {percent(probabilities.get(code, 0.0))}"


def percent(probability: float) -> str:
    """Never 100 %: no text is beyond doubt."""
    return "&gt; 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def _box(content: str) -> str:
    return f'<div style="{BOX}">{content}</div>'
