"""Hostile XLSX files."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile
from tests.hostile.office_parts import MAIN, REL, RELS, THAI, laughs
from tests.hostile.packing import Member, archive

_XLSX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(sheet: str | Member, *members: Member, sheets: int = 1) -> bytes:
    """A workbook whose only sheet, named `sheets` times, has `sheet` as its inner XML."""
    names = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r1"/>' for i in range(1, sheets + 1))
    book = f'<workbook xmlns="{_S}" xmlns:r="{REL}"><sheets>{names}</sheets></workbook>'
    inner = (
        f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts = {
        "[Content_Types].xml": _XLSX_TYPES,
        "_rels/.rels": RELS % MAIN.replace("word/document", "xl/workbook"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELS % inner,
    }
    if isinstance(sheet, str):
        xml = f'<worksheet xmlns="{_S}">{sheet}</worksheet>'
        sheet = Member.of("xl/worksheets/sheet1.xml", xml.encode())
    own = [Member.of(name, text.encode()) for name, text in parts.items()]
    strings = [Member.of("xl/sharedStrings.xml", f'<sst xmlns="{_S}"/>'.encode())]
    return archive([*own, sheet, *(members or strings)])


_ROW = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{THAI}</t></is></c></row>'


@hostile("ordinary-least.xlsx")
def _least_sheet() -> bytes:
    return xlsx(f"<sheetData>{_ROW}</sheetData>")


@hostile("dimension-of-17-billion-cells.xlsx")
def _dimension() -> bytes:
    return xlsx(f'<dimension ref="A1:XFD1048576"/><sheetData>{_ROW}</sheetData>')


@hostile("cell-in-the-last-corner.xlsx")
def _corner() -> bytes:
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return xlsx(f"<sheetData>{_ROW}{last}</sheetData>")


@hostile("rows-all-with-a-last-column.xlsx", slow=True)
def _wide_rows() -> bytes:
    row = '<row r="%d"><c r="XFD%d"><v>1</v></c></row>'
    rows = "".join(row % (i, i) for i in range(1, 20_001))
    return xlsx(f"<sheetData>{rows}</sheetData>")


@hostile("cell-beyond-the-sheet.xlsx")
def _beyond() -> bytes:
    last = '<row r="999999999999"><c r="ZZZZZZZZ9999999999"><v>1</v></c></row>'
    return xlsx(f"<sheetData>{_ROW}{last}</sheetData>")


@hostile("merged-17-billion-cells.xlsx")
def _merged() -> bytes:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return xlsx(f"<sheetData>{_ROW}</sheetData>{merged}")


@hostile("bomb-of-shared-strings.xlsx", slow=True)
def _strings() -> bytes:
    cell = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return xlsx(cell, Member.bomb("xl/sharedStrings.xml", b"<si><t>a</t></si>" * 9999, 3000))


@hostile("bomb-of-rows.xlsx", slow=True)
def _rows() -> bytes:
    return xlsx(Member.bomb("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * 9999, 900))


@hostile("one-string-in-300k-cells.xlsx", slow=True)
def _repeated_string() -> bytes:
    dice = random.Random(1)  # rows all alike would pack so well that they were taken for a bomb
    cells = '<c t="s"><v>0</v></c>' * 100
    rows = "".join(f'<row ht="{dice.random()}">{cells}</row>' for _ in range(3000))
    strings = f'<sst xmlns="{_S}"><si><t>{"ก" * 30_000}</t></si></sst>'
    return xlsx(
        f"<sheetData>{rows}</sheetData>", Member.of("xl/sharedStrings.xml", strings.encode())
    )


@hostile("10k-sheets-of-one-part.xlsx", slow=True)
def _sheets() -> bytes:
    return xlsx(f"<sheetData>{_ROW * 50}</sheetData>", sheets=10_000)


@hostile("entities.xlsx", refused="")
def _sheet_entities() -> bytes:
    xml = laughs("worksheet") + f'<worksheet xmlns="{_S}"><sheetData>&j;</sheetData></worksheet>'
    return xlsx(Member.of("xl/worksheets/sheet1.xml", xml.encode()))


@hostile("without-workbook.xlsx", refused="")
def _no_workbook() -> bytes:
    return archive([Member.of("xl/styles.xml", b"<x/>")])


@hostile("formulas-that-act.xlsx")
def _formulas() -> bytes:
    cells = "".join(
        f'<c r="A{i}" t="str"><f>{f}</f><v>=cmd|\' /C calc\'!A0</v></c>'
        for i, f in enumerate(('WEBSERVICE("http://127.0.0.1:9/")', "A1", "1e999"), 1)
    )
    return xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>')


@hostile("odd-values.xlsx")
def _values() -> bytes:
    odd = [
        ("n", "1e999"),
        ("n", "x"),
        ("d", "99999-99-99"),
        ("s", "-5"),
        ("s", "7"),
        ("b", "q"),
        ("?", "1"),
    ]
    cells = "".join(f'<c t="{kind}" s="9999"><v>{value}</v></c>' for kind, value in odd)
    return xlsx(f'<sheetData><row r="1">{cells}</row>{_ROW}</sheetData>')
