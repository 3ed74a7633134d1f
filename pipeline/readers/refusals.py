"""What is not read by this version, and what to do about it: media type to (Thai, English)."""

from __future__ import annotations

from pipeline.readers import sniff

_AS_PDF = ("แปลงเป็น PDF หรือ DOCX แล้วลองอีกครั้ง", "Convert it to PDF or DOCX and try again")


def _convert(thai: str, english: str) -> tuple[str, str]:
    return f"เป็นไฟล์ {thai} ซึ่งยังอ่านไม่ได้ {_AS_PDF[0]}", f"This is {english}. {_AS_PDF[1]}"


REFUSALS: dict[str, tuple[str, str]] = {
    sniff.EMPTY: (
        "ไฟล์ว่างเปล่า ขอไฟล์ใหม่จากผู้ส่ง",
        "The file is empty. Ask the sender for it again",
    ),
    sniff.XLSX: _convert("Excel (.xlsx)", "an Excel workbook (.xlsx)"),
    sniff.PPTX: _convert("PowerPoint (.pptx)", "a PowerPoint file (.pptx)"),
    sniff.ODT: _convert("OpenDocument (.odt)", "an OpenDocument text (.odt)"),
    sniff.ODS: _convert("OpenDocument ตาราง (.ods)", "an OpenDocument sheet (.ods)"),
    sniff.ODP: _convert("OpenDocument สไลด์ (.odp)", "OpenDocument slides (.odp)"),
    sniff.ODF: _convert("OpenDocument", "an OpenDocument file"),
    sniff.EPUB: _convert("EPUB", "an EPUB book"),
    sniff.DOC: _convert("Word รุ่นเก่า (.doc)", "a legacy Word file (.doc)"),
    sniff.XLS: _convert("Excel รุ่นเก่า (.xls)", "a legacy Excel file (.xls)"),
    sniff.PPT: _convert("PowerPoint รุ่นเก่า (.ppt)", "a legacy PowerPoint file (.ppt)"),
    sniff.MSG: (
        "เป็นอีเมลของ Outlook (.msg) เปิดใน Outlook แล้วบันทึกเป็น .eml หรือบันทึกไฟล์แนบแล้วอ่านไฟล์แนบ",
        "This is an Outlook message (.msg). Save it as .eml, or read its attachments one by one",
    ),
    sniff.OLE: _convert("Office รุ่นเก่า", "a legacy Office file"),
    sniff.EML: _convert("อีเมล (.eml)", "an e-mail (.eml)"),
    sniff.RTF: _convert("RTF", "an RTF file"),
    sniff.MHTML: (
        "เป็นเว็บเพจแบบไฟล์เดียว (MHTML) ซึ่งยังอ่านไม่ได้ บันทึกใหม่เป็น HTML หรือ PDF แล้วลองอีกครั้ง",
        "This is a single-file web page (MHTML). Save it as HTML or PDF and try again",
    ),
    sniff.ZIP: (
        "เป็นไฟล์บีบอัด (zip) ซึ่งมีได้หลายเอกสาร ใช้ wara classify ที่อ่านทุกไฟล์ข้างใน"
        " หรือระบุชื่อไฟล์ข้างในต่อท้าย เช่น archive.zip/เอกสาร.pdf",
        "This is a zip archive, which may hold many documents. Use wara classify, which reads each"
        " of them, or name one in it: archive.zip/document.pdf",
    ),
    sniff.BROKEN_ZIP: (
        "ไฟล์ DOCX หรือ zip เสียหายหรือมาไม่ครบ ขอไฟล์ใหม่จากผู้ส่ง",
        "The DOCX or zip file is damaged or cut off. Ask the sender for it again",
    ),
    sniff.ENCRYPTED_OFFICE: (
        "ไฟล์ถูกล็อกด้วยรหัสผ่าน เปิดใน Word แล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
        "The file is locked with a password. Open it in Word and save it without one",
    ),
    sniff.IMAGE: (
        "เป็นไฟล์ภาพ รุ่นนี้ยังอ่านภาพสแกนไม่ได้ ขอ PDF ที่มีตัวอักษรหรือพิมพ์ข้อความเป็นไฟล์ใหม่",
        "This is an image; scans are not read by this version. Supply a PDF with text, or type it",
    ),
    sniff.BINARY: (
        "ไม่ใช่ไฟล์เอกสาร ใช้ไฟล์ PDF, DOCX, HTML หรือข้อความ",
        "This is no document. Use a PDF, DOCX, HTML or text file",
    ),
}
