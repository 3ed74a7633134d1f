"""What the columns of a row hold and what their codes mean, in Thai and English, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.records import Record
from pipeline.tables import Term

if TYPE_CHECKING:
    from corpora import Label, Taxonomy

MEANINGS: dict[str, tuple[str, str]] = {
    "file": ("ไฟล์ที่อ่าน", "The file that was read."),
    "sha256": (
        "ลายนิ้วมือของไฟล์ ไฟล์ที่เหมือนกันทุกไบต์มีค่าเดียวกัน",
        "The file's digest: the same for the same bytes.",
    ),
    "kind": ("ประเภทของเอกสารที่ดูจากเนื้อหา", "What kind of document it is, told from its content."),
    "title": ("ชื่อเรื่องหรือชื่อการประชุม", "The title of the proposal or meeting."),
    "province": (
        "จังหวัดที่เสนอ รายงานการประชุมมีได้หลายจังหวัด",
        "The province that proposes; minutes name all of theirs.",
    ),
    "document_date": (
        "วันที่ส่งข้อเสนอหรือวันที่ประชุม แสดงเป็น พ.ศ.",
        "The day of submission or of the meeting, shown in the Buddhist Era.",
    ),
    "fiscal_year": ("ปีงบประมาณ (พ.ศ.) เริ่ม 1 ตุลาคม", "Fiscal year (BE), from 1 October."),
    "on_time": (
        "ส่งภายในวันสุดท้ายที่ระบุด้วย --deadline หรือรอบหรือไม่ ว่าง = ไม่ได้ระบุ หรือไม่พบวันที่",
        "Whether it came by the deadline asked for; empty without a deadline or a date.",
    ),
    "agenda": ("ประเด็นของข้อเสนอ มีหนึ่งเดียว", "The proposal's one agenda."),
    "agenda_confidence": (
        "โอกาสที่ประเด็นนี้ถูก เมื่อเทียบกับข้อเสนอที่โมเดลไม่เคยอ่าน ว่าง = คนเป็นผู้ตัดสิน",
        "The probability that the agenda is right, as measured on proposals that the model had not "
        "read; empty where a person decided.",
    ),
    "mode": ("รูปแบบการพัฒนาหลัก", "The primary development mode."),
    "mode_confidence": (
        "โอกาสที่รูปแบบหลักนี้ถูก ว่าง = คนเป็นผู้ตัดสิน",
        "The probability that the primary mode is right; empty where a person decided.",
    ),
    "other_modes": ("รูปแบบการพัฒนาอื่นที่ใช้ร่วมด้วย", "Further development modes."),
    "award_scaleup": (
        "ต่อยอดจากงานที่เคยได้รับรางวัลหรือไม่",
        "Whether it builds on work that has already won an award.",
    ),
    "needs_review": (
        "TRUE = ควรให้คนอ่านก่อนใช้ เหตุผลอยู่ในคอลัมน์ถัดไป กรองด้วยลูกศรที่หัวคอลัมน์",
        "TRUE: a person should look at it first; the next column says why.",
    ),
    "reasons": ("เหตุที่ควรให้คนตรวจ คั่นด้วย |", "Why a person should look, divided by |."),
    "evidence": (
        "ข้อความจากเอกสารเองที่ทำให้ติดป้ายนี้ ไม่เกินสามตอน",
        "Up to three quotes of the document's own text that moved the decision.",
    ),
    "networks": (
        "ภาคส่วนที่เอกสารระบุว่าร่วมทำงาน",
        "The partner sectors that the document names as taking part.",
    ),
    "budget_baht": ("งบประมาณรวมที่ขอ หน่วยบาท", "The total asked for, in baht."),
    "missing_sections": (
        "หัวข้อของแบบข้อเสนอที่ไม่พบหรือเว้นว่างไว้ จดหมายและข่าวมักขาดหลายหัวข้อ",
        "Sections of the form that are absent or left open; a letter or news item lacks most.",
    ),
    "warnings": ("สิ่งที่พบระหว่างอ่านไฟล์", "What was noticed while reading the file."),
    "error": (
        "ไฟล์นี้อ่านไม่ได้เพราะเหตุใด และควรทำอย่างไร",
        "Why this file could not be read, and what to do.",
    ),
    "model": ("โมเดลที่ติดป้าย", "The model that tagged it."),
}
"""Column -> what its cells hold."""

_KINDS = {
    "proposal": ("ข้อเสนอของจังหวัด", "A proposal."),
    "minutes": ("รายงานการประชุม ไม่มีประเด็นและรูปแบบ", "Minutes; they get no agenda and no mode."),
    "other": (
        "ไม่ใช่ทั้งสองอย่าง ป้ายที่ได้ใช้ไม่ได้จนกว่าคนจะตรวจ",
        "Neither: a person has to look before its tags are used.",
    ),
}
_SECTIONS = {
    "title": ("ชื่อเรื่อง", "Title."),
    "rationale": ("หลักการและเหตุผล", "Background and rationale."),
    "objectives": ("วัตถุประสงค์", "Objectives."),
    "indicators": ("ตัวชี้วัดและค่าเป้าหมาย", "Indicators and target values."),
    "mode": (
        "รูปแบบการพัฒนา (เนื้อหาอาจบอกไว้แม้ไม่มีหัวข้อ)",
        "Development mode; the text may tell it without a heading.",
    ),
    "activities": ("วิธีดำเนินการ", "Activities."),
    "networks": ("ภาคีเครือข่าย", "Partners."),
    "budget": ("งบประมาณ", "Budget."),
    "period": ("ระยะเวลา", "Period."),
    "owner": ("ผู้รับผิดชอบ", "Who is responsible."),
}
_REASONS = {
    "… ไม่ชัด": (
        "ความมั่นใจต่ำกว่าเกณฑ์ของโมเดลสำหรับป้ายนั้น เกณฑ์ตั้งไว้สูงเพื่อให้ฉบับที่ผ่านเองแทบไม่ผิด 94% จึงอาจยังไม่พอ",
        "Below the model's own threshold for that label. Thresholds are high, so that what passes "
        "unseen is hardly ever wrong: 94 % may not be enough.",
    ),
    "… ก้ำกึ่ง": (
        "สองป้ายมีโอกาสใกล้กัน ต่ำกว่าเกณฑ์ของโมเดล",
        "Two labels are close; the first is below the model's threshold.",
    ),
    "แบบเลือก … แต่เนื้อหาชี้ไปทาง …": (
        "ช่องที่ขีดไว้ในแบบไม่ตรงกับเนื้อหา",
        "The form's ticked choice and its text disagree.",
    ),
    "ไม่พบข้อความที่บอกว่าทำด้วยวิธีใด": (
        "เนื้อหาไม่บอกรูปแบบการพัฒนา",
        "The text does not say how the work is done.",
    ),
    "เนื้อหาไม่เหมือนข้อเสนอใด …": (
        "ต่างจากข้อเสนอที่โมเดลเรียนมา",
        "Unlike the proposals that the model learned from.",
    ),
    "ข้อความสั้นมาก / ตัวอักษรเสียหาย / ไม่ได้อ่านหน้า …": (
        "อ่านข้อความได้ไม่ครบ ให้เปิดไฟล์ต้นฉบับ",
        "The text is short, damaged or incomplete: open the file itself.",
    ),
}


def terms(taxonomy: Taxonomy, rows: Sequence[Record] = ()) -> tuple[Term, ...]:
    """What the cells of a row may hold, column by column.

    Labels of `rows` that `taxonomy` lacks are a model's own: on such an axis the taxonomy says
    nothing, and they are only listed.
    """
    agendas = {row.agenda for row in rows if row.agenda}
    modes = {code for row in rows for code in (row.mode, *row.other_modes) if code}
    return (
        *_terms("kind", _KINDS),
        *_labels("agenda", taxonomy.agendas, agendas),
        *_labels("mode", taxonomy.modes, modes),
        *_terms("reasons", _REASONS),
        *(
            Term("networks", n.name, f"ภาค{n.name}ร่วมทำงาน", f"{n.name_en}: {n.definition_en}")
            for n in taxonomy.networks
        ),
        *_terms("missing_sections", _SECTIONS),
    )


def _terms(column: str, meanings: dict[str, tuple[str, str]]) -> Iterator[Term]:
    return (Term(column, value, *told) for value, told in meanings.items())


def _labels(column: str, labels: Iterable[Label], used: set[str]) -> Iterator[Term]:
    known = {label.code: label for label in labels}
    if not used <= set(known):
        for code in sorted(used):
            yield Term(column, code, "ป้ายในชุดป้ายของโมเดลนี้", "A label of the model's own taxonomy.")
        return
    for code, label in known.items():
        thai = f"{label.short_th}: {label.definition_th}"
        yield Term(column, code, thai, f"{label.name_en}: {label.definition_en}")
