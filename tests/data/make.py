"""Make the sample files of this folder from texts.json. Needs LibreOffice, Chromium, WeasyPrint,
fpdf2, reportlab, python-docx, the Thai fonts of TLWG and a folder of Sarabun TTFs; the tests need
none of these. Usage: python make.py SARABUN_FOLDER
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TEXTS: dict[str, Any] = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
TLWG = Path("/usr/share/fonts/truetype/tlwg")


def tables() -> list[tuple[str, list[list[str]]]]:
    return [(TEXTS["form_title"], TEXTS["form"]), (TEXTS["budget_title"], TEXTS["budget"])]


def make_docx(path: Path, name: str, font: str) -> None:
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(15)
    properties = style.element.get_or_add_rPr()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        properties.find(qn("w:rFonts")).set(qn(attribute), font)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), "30")
    properties.append(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if name == "flow":
        section.header.paragraphs[0].text = "สำนักงานจังหวัดอุทัยธานี"
        section.footer.paragraphs[0].text = "เอกสารประกอบการประชุม"
    if name == "twocol":
        columns = OxmlElement("w:cols")
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "500")
        for old in section._sectPr.xpath("./w:cols"):
            section._sectPr.remove(old)
        section._sectPr.append(columns)
    if name == "form":
        for title, rows in tables():
            document.add_paragraph(title)
            table = document.add_table(rows=0, cols=len(rows[0]))
            table.style = "Table Grid"
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    else:
        for text in TEXTS[name]:
            document.add_paragraph(text)
    document.save(str(path))


def make_html(path: Path, name: str, font: str, sarabun: Path) -> None:
    face = f"@font-face{{font-family:S;src:url('file://{sarabun}/Sarabun-Regular.ttf')}}"
    family = "S" if font == "Sarabun" else font
    columns = "columns:2;column-gap:1cm" if name == "twocol" else ""
    css = (
        f"{face} @page{{size:A4;margin:2cm}} body{{font:15pt/1.5 '{family}';{columns}}}"
        "table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:4px;"
        "vertical-align:top}"
    )
    paragraphs = [] if name == "form" else [f"<p>{html.escape(t)}</p>" for t in TEXTS[name]]
    if name == "form":
        for title, rows in tables():
            cells = ("".join(f"<td>{html.escape(c)}</td>" for c in row) for row in rows)
            body = "".join(f"<tr>{row}</tr>" for row in cells)
            paragraphs.append(f"<p>{html.escape(title)}</p><table>{body}</table>")
    path.write_text(
        f"<!doctype html><html lang=th><meta charset=utf-8><style>{css}</style>"
        f"<body>{''.join(paragraphs)}</body></html>",
        encoding="utf-8",
    )


def office(source: Path, folder: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip


def chromium(source: Path, target: Path) -> None:
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={target}", f"file://{source}"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def wrapped(text: str, width_of: Any, limit: float) -> list[str]:
    from pythainlp.tokenize import word_tokenize

    lines, line = [], ""
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if width_of(line + word) > limit and line.strip():
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line]


def make_fpdf(path: Path, name: str, font: Path, *, shaping: bool) -> None:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.add_font("T", fname=str(font))
    pdf.set_font("T", size=15)
    if shaping:
        pdf.set_text_shaping(use_shaping_engine=True, script="thai", language="tha")
    for text in TEXTS[name]:
        for line in wrapped(text, pdf.get_string_width, 180):
            pdf.cell(w=0, h=9, text=line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    pdf.output(str(path))


# Glyph codes of old fonts (Angsana, UPC) for marks beside a tall consonant or without a vowel.
LOW_LEFT = dict(zip("่้๊๋์", "\uf705\uf706\uf707\uf708\uf709", strict=True))
LOW = dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
LEFT = dict(zip("ิีึืัํ็", "\uf701\uf702\uf703\uf704\uf710\uf711\uf712", strict=True))


def glyph_codes(text: str) -> str:
    out = []
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        tall = before in "ปฝฟ"
        if char in LOW and (before not in "ิีึืัํ็ุู" and after != "ำ"):
            out.append((LOW_LEFT if tall else LOW)[char])
        else:
            out.append(LEFT[char] if char in LEFT and tall else char)
    return "".join(out)


def make_reportlab(path: Path, name: str, font: Path, *, coded: bool = False) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont(font.stem, str(font)))
    page, y = canvas.Canvas(str(path), pagesize=(595, 842)), 780.0
    for text in TEXTS[name]:
        for line in wrapped(text, lambda s: pdfmetrics.stringWidth(s, font.stem, 15), 480):
            if y < 60:
                page.showPage()
                y = 780
            page.setFont(font.stem, 15)
            page.drawString(56, y, glyph_codes(line) if coded else line)
            y -= 24
        y -= 10
    page.save()


def make_unmapped(path: Path, name: str, font: Path) -> None:
    """A page that looks sound while its font maps every mark to a space, as old fonts do."""
    from unittest.mock import patch

    from reportlab.pdfbase import ttfonts

    sound = ttfonts.makeToUnicodeCMap

    def unmapped(fontname: str, subset: list[int]) -> str:
        return sound(fontname, [0x20 if chr(c) in "ัิีึืุู็่้๊๋์ํ" else c for c in subset])

    with patch.object(ttfonts, "makeToUnicodeCMap", unmapped):
        make_reportlab(path, name, font)


def main(sarabun: Path) -> None:
    from weasyprint import HTML

    fonts = {"flow": "Sarabun", "twocol": "Norasi", "form": "Sarabun"}
    with tempfile.TemporaryDirectory() as folder:
        for name, font in fonts.items():
            make_docx(HERE / f"{name}.docx", name, font)
            office(HERE / f"{name}.docx", Path(folder))
            made = Path(folder) / f"{name}.pdf"
            (HERE / f"libreoffice-{name}.pdf").write_bytes(made.read_bytes())
            source = Path(folder) / f"{name}.html"
            make_html(source, name, font, sarabun)
            chromium(source, HERE / f"chromium-{name}.pdf")
            HTML(filename=str(source)).write_pdf(str(HERE / f"weasyprint-{name}.pdf"))
        source = Path(folder) / "norasi.html"
        make_html(source, "flow", "Norasi", sarabun)
        chromium(source, HERE / "chromium-norasi-flow.pdf")
    regular = sarabun / "Sarabun-Regular.ttf"
    make_fpdf(HERE / "fpdf2-flow.pdf", "flow", regular, shaping=False)
    make_fpdf(HERE / "fpdf2-shaped-flow.pdf", "flow", regular, shaping=True)
    make_reportlab(HERE / "reportlab-flow.pdf", "flow", regular)
    make_reportlab(HERE / "reportlab-coded-flow.pdf", "flow", TLWG / "Norasi.ttf", coded=True)
    make_unmapped(HERE / "reportlab-unmapped-flow.pdf", "flow", TLWG / "Laksaman.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
