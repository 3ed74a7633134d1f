"""Which reader reads which media type."""

from __future__ import annotations

from itertools import count

from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.html import read_html
from pipeline.readers.mail import read_mail, read_mhtml
from pipeline.readers.ocr import read_image
from pipeline.readers.office.docx import read_docx
from pipeline.readers.office.libreoffice import read_doc, read_ppt, read_rtf
from pipeline.readers.office.odf import read_odp, read_ods
from pipeline.readers.office.odt import read_odt
from pipeline.readers.office.pptx import read_pptx
from pipeline.readers.office.sheet import read_xlsx
from pipeline.readers.office.sheet_legacy import read_xls
from pipeline.readers.pdf import read_pdf
from pipeline.readers.reading import Reader, Reading
from pipeline.readers.refusals import REFUSALS
from pipeline.readers.sandbox.process import OnPage
from pipeline.readers.scans import with_scans
from pipeline.readers.text import read_text


def read_raw(data: bytes, media_type: str, *, ocr: bool, on_page: OnPage) -> Reading:
    """Read a file's bytes by the reader of its media type. Raises `ReadError` where there is none.

    An e-mail's attachments are read the same way.
    """
    if media_type == sniff.EML:
        return read_mail(
            data,
            read=lambda part: read_raw(part, sniff.media_type(part), ocr=ocr, on_page=on_page),
        )
    if media_type == sniff.IMAGE:
        return _image(data, ocr=ocr, on_page=on_page)
    if media_type not in READERS:
        raise ReadError(*REFUSALS[media_type])
    reading = READERS[media_type](data)
    if media_type == sniff.PDF:
        return with_scans(data, reading, ocr=ocr, on_page=on_page)
    return reading


def _image(data: bytes, *, ocr: bool, on_page: OnPage) -> Reading:
    if not ocr:
        raise ReadError(
            "เป็นไฟล์ภาพ ต้องอ่านด้วย OCR อ่านอีกครั้งโดยไม่ใส่ --no-ocr",
            "This is an image, which only OCR can read. Read it without --no-ocr",
        )
    done = count(1)
    return read_image(data, report=lambda: on_page(page := next(done), page))


READERS: dict[str, Reader] = {
    sniff.TEXT: read_text,
    sniff.HTML: read_html,
    sniff.MHTML: read_mhtml,
    sniff.PDF: read_pdf,
    sniff.DOCX: read_docx,
    sniff.ODT: read_odt,
    sniff.RTF: read_rtf,
    sniff.DOC: read_doc,
    sniff.XLSX: read_xlsx,
    sniff.XLS: read_xls,
    sniff.ODS: read_ods,
    sniff.PPTX: read_pptx,
    sniff.PPT: read_ppt,
    sniff.ODP: read_odp,
}
