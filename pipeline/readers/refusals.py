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
    sniff.ODF: _convert("OpenDocument", "an OpenDocument file"),
    sniff.EPUB: _convert("EPUB", "an EPUB book"),
    sniff.DOC: _convert("Word รุ่นเก่า (.doc)", "a legacy Word file (.doc)"),
    sniff.OLE: _convert("Office รุ่นเก่า (.xls, .ppt หรือ .msg)", "a legacy Office file"),
    sniff.RTF: _convert("RTF", "an RTF file"),
    sniff.MHTML: (
        "เป็นเว็บเพจแบบไฟล์เดียว (MHTML) ซึ่งยังอ่านไม่ได้ บันทึกใหม่เป็น HTML หรือ PDF แล้วลองอีกครั้ง",
        "This is a single-file web page (MHTML). Save it as HTML or PDF and try again",
    ),
    sniff.ZIP: (
        "เป็นไฟล์บีบอัด (zip) แตกไฟล์ออกก่อน แล้วอ่านเอกสารข้างในทีละไฟล์",
        "This is a zip archive. Unpack it and read the documents in it",
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
