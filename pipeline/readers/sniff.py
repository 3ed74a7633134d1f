"""The media type of a file's bytes. The content decides; a file's name is never asked."""

from __future__ import annotations

import io
import re
import zipfile

TEXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODF = "application/vnd.oasis.opendocument"
EPUB = "application/epub+zip"
ZIP = "application/zip"
BROKEN_ZIP = "application/x-broken-zip"
DOC = "application/msword"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
RTF = "application/rtf"
IMAGE = "image/*"
MHTML = "multipart/related"
BINARY = "application/octet-stream"
EMPTY = "inode/x-empty"

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_OTHER_BINARIES = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ", b"SQLite format 3\0")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_ZIP_FOLDERS = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
_ZIP_MIMETYPES = ((ODT.encode(), ODT), (ODF.encode(), ODF), (EPUB.encode(), EPUB))

_HTML_START = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*<(?:!doctype\s+html|html|head|body)\b", re.S
)
_TAG = re.compile(
    r"</?(?:a|b|br|center|div|font|h[1-6]|head|html|body|i|img|li|link|meta|ol|p|script|span|style"
    r"|strong|table|tbody|td|th|title|tr|u|ul|section|article|main|header|footer|nav)\b[^<>]{0,400}>"
)


def media_type(data: bytes) -> str:
    """The media type of `data`, one of this module's constants.

    Text is what nothing else claimed; whether it decodes is for the text reader to say.
    """
    if not data.strip(b" \t\r\n\f\v\0\xa0\xef\xbb\xbf\xfe\xff"):
        return EMPTY
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK"):
        return _zip_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_type(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return IMAGE
    if data.startswith(_OTHER_BINARIES):
        return BINARY
    return _markup_type(data)


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            declared = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except Exception:  # a hostile archive fails in a dozen ways; all of them mean "broken"
        return BROKEN_ZIP
    for start, kind in _ZIP_MIMETYPES:
        if declared.startswith(start):
            return kind
    for folder, kind in _ZIP_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return kind
    return ZIP


def _ole_type(data: bytes) -> str:
    if _ENCRYPTED_STREAM in data:
        return ENCRYPTED_OFFICE
    return DOC if _WORD_STREAM in data else OLE


def _markup_type(data: bytes) -> str:
    head = _ascii_head(data).lower()
    if "mime-version:" in head and "multipart/related" in head:
        return MHTML
    if _HTML_START.match(head):
        return HTML
    tags = _TAG.findall(head)
    return HTML if len(tags) >= 5 and len("".join(tags)) * 4 >= len(head.strip()) / 4 else TEXT


def _ascii_head(data: bytes) -> str:
    """The first 2,048 characters with ASCII legible, whatever the encoding of the rest."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe")
    if head.count(b"<\0") + head.count(b"\0<") > 2 * head.count(b"<") / 3:
        head = head.replace(b"\0", b"")
    return head[:2048].decode("latin-1")
