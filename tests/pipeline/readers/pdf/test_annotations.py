"""What is shown over a page: fields of a form with their values, typed notes, stamps."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen import canvas

from pipeline.readers.pdf import read_pdf
from tests.pipeline.readers.raw_pdf import stream, thai_pdf

# กน is painted at the left of a line, ก below it.
LABELS = b"BT /F 15 Tf 60 700 Td (AC) Tj 0 -40 Td (A) Tj ET"
THAI = "สมชาย ใจดี".encode("utf-16-be").hex().encode()


def form(*fields: bytes, content: bytes = LABELS, entries: bytes = b"", more: bytes = b"") -> bytes:
    """A page with annotations; object 8 is their appearance, `more` stands in the catalog."""
    annots = b" ".join(b"<</Subtype/Widget %s>>" % field for field in fields)
    extra = stream(b"BT /F 12 Tf 2 4 Td (ABC) Tj ET", entries)
    return thai_pdf(content, extra=extra, page=b"/Annots[%s]" % annots, catalog=more)


def text_of(data: bytes) -> str:
    return read_pdf(data).pages[0].text


RECT = b"/Rect[120 696 300 716]"
APPEARANCE = b"/BBox[0 0 180 20]/Subtype/Form/Resources<</Font<</F 3 0 R>>>>"
TEXT = RECT + b"/FT/Tx/V<feff%s>" % THAI


def test_value_of_a_field_stands_beside_its_label() -> None:
    assert text_of(form(TEXT)) == "กน\tสมชาย ใจดี\nก"


def test_appearance_is_read_where_it_is_painted() -> None:
    field = RECT + b"/FT/Tx/AP<</N 8 0 R>>"
    assert text_of(form(field, entries=APPEARANCE)) == "กน\tกาน\nก"


def test_value_goes_before_an_appearance_that_cannot_show_it() -> None:
    assert text_of(form(TEXT + b"/AP<</N 8 0 R>>", entries=APPEARANCE)) == "กน\tสมชาย ใจดี\nก"


def test_appearance_that_viewers_are_to_renew_is_not_read() -> None:
    field = RECT + b"/FT/Tx/V(27)/AP<</N 8 0 R>>"
    stale = b"/AcroForm<</NeedAppearances true>>"
    assert text_of(form(field, entries=APPEARANCE)) == "กน\tกาน\nก"
    assert text_of(form(field, entries=APPEARANCE, more=stale)) == "กน\t27\nก"


@pytest.mark.parametrize("unseen", [b"/F 2", b"/F 32", b"/Ff 8192", b"/FT/Btn/Ff 65536"])
def test_hidden_fields_passwords_and_push_buttons_are_not_shown(unseen: bytes) -> None:
    assert text_of(form(TEXT.replace(b"/FT/Tx", b"") + unseen)) == "กน\nก"


def test_ticked_and_empty_boxes() -> None:
    ticked, empty = (
        b"/Rect[%d 697 %d 711]/FT/Btn/AS/%s" % (x, x + 14, state)
        for x, state in ((100, b"Yes"), (130, b"Off"))
    )
    assert text_of(form(ticked, empty)) == "กน ☑ ☐\nก"


def test_choice_shows_its_name_not_its_code() -> None:
    field = RECT + b"/FT/Ch/V(2)/Opt[[(1)(one)][(2)(two)]]"
    assert text_of(form(field)) == "กน\ttwo\nก"


def test_field_inherits_from_the_fields_above_it() -> None:
    field = RECT + b"/Parent<</V(27)/Parent<</FT/Tx>>>>"
    assert text_of(form(field)) == "กน\t27\nก"


def test_value_without_a_label_follows_the_text_above_it() -> None:
    field = b"/Rect[60 670 300 690]/FT/Tx/V(27)"
    assert text_of(form(field)) == "กน\n27\nก"


def test_lines_of_a_long_value_stay_in_order() -> None:
    field = b"/Rect[60 600 300 650]/FT/Tx/Ff 4096/V(one 1\\rtwo 2\\rlast one)"
    assert text_of(form(field)).split() == ["กน", "ก", "one", "1", "two", "2", "last", "one"]


def test_broken_annotation_costs_no_other_text() -> None:
    assert text_of(form(b"/Rect[(a)]", b"/Rect 5/V 6", TEXT)) == "กน\tสมชาย ใจดี\nก"


def test_endless_appearance_costs_no_other_field() -> None:
    itself = APPEARANCE.replace(b"<</Font", b"<</XObject<</X 8 0 R>>/Font")
    fields = [b"/Rect[120 %d 300 %d]/FT/Tx/AP<</N 8 0 R>>" % (y, y + 20) for y in (696, 656)]
    assert text_of(form(*fields, TEXT, entries=itself)).count("กาน") == 2


def filled_form() -> bytes:
    """A form as reportlab makes it: labels with dots, and fields on the dots."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.setFont("Helvetica", 14)
    page.drawString(60, 750, "Name " + "." * 30 + " Surname " + "." * 30)
    page.acroForm.textfield(name="a", value="Somchai", x=100, y=745, width=90, height=18)
    page.acroForm.textfield(name="b", value="Jaidee", x=290, y=745, width=90, height=18)
    page.acroForm.checkbox(name="c", checked=True, x=60, y=718, size=14)
    page.drawString(80, 720, "official")
    page.acroForm.checkbox(name="d", checked=False, x=160, y=718, size=14)
    page.drawString(180, 720, "other")
    page.save()
    return buffer.getvalue()


def test_values_stand_in_place_of_their_dots_and_boxes_before_their_labels() -> None:
    lines = text_of(filled_form()).split("\n")
    assert [" ".join(line.split()) for line in lines] == [
        "Name Somchai Surname Jaidee",
        "☑ official ☐ other",
    ]


def test_frames_of_fields_are_no_table() -> None:
    assert read_pdf(filled_form()).tables == ()


def test_form_that_only_one_viewer_shows_is_told_with_the_remedy() -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.drawString(60, 700, "Please wait... your PDF viewer may not show this document.")
    page.save()
    data = buffer.getvalue().replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm <</XFA []>>")
    assert any("XFA" in warning for warning in read_pdf(data).warnings)
    assert read_pdf(form(TEXT, more=b"/AcroForm<</XFA[]>>")).warnings == ()


def test_typed_notes_and_stamps_are_shown_remarks_are_not() -> None:
    note = b"<</Subtype/FreeText/Rect[120 690 300 716]/DA(/Helv 12 Tf)/Contents(approved)>>"
    remark = b"<</Subtype/Text/Rect[120 650 140 670]/Contents(remark)>>"
    stamp = b"<</Subtype/Stamp/Rect[60 600 240 620]/Contents(remark)/AP<</N 8 0 R>>>>"
    painted = stream(b"BT /F 12 Tf 2 4 Td (ABC) Tj ET", APPEARANCE)
    page = b"/Annots[%s%s%s]" % (note, remark, stamp)
    assert text_of(thai_pdf(LABELS, extra=painted, page=page)) == "กน\tapproved\nก\nกาน"


def test_field_of_a_turned_page_stands_beside_its_label() -> None:
    field = b"<</Subtype/Widget/Rect[85 100 105 300]/FT/Tx/V(27)>>"
    content = b"BT /F 15 Tf 0 1 -1 0 100 60 Tm (AC) Tj ET"
    assert text_of(thai_pdf(content, page=b"/Rotate 90/Annots[%s]" % field)) == "กน 27"
