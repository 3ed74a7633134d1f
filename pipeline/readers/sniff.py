"""The media type of a file's bytes. The content decides; a file's name is never asked."""

from __future__ import annotations

import email.utils
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
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
ODF = "application/vnd.oasis.opendocument"
EPUB = "application/epub+zip"
ZIP = "application/zip"
BROKEN_ZIP = "application/x-broken-zip"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
MSG = "application/vnd.ms-outlook"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
RTF = "application/rtf"
JSON = "application/json"
IMAGE = "image/*"
EML = "message/rfc822"
MHTML = "multipart/related"
BINARY = "application/octet-stream"
EMPTY = "inode/x-empty"

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_OTHER_BINARIES = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ", b"SQLite format 3\0")
# Streams of a compound file; the one whose name comes first is the file's own, later ones are of
# files embedded in it.
_STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
    "PowerPoint Document": PPT,
    "__substg1.0_": MSG,
}
_STREAM = re.compile(
    b"|".join(
        b"(?<!\\w\0)"
        + re.escape(name.encode("utf-16-le"))
        + (b"" if "_" in name else b"(?:\0\0|\\Z)")
        for name in _STREAMS
    )
)
# What Office wrote as XML before it had packages.
_FLAT_XML = {'progid="word.document"': DOC, 'progid="excel.sheet"': XLS}

_ZIP_FOLDERS = (("word/", DOCX), ("xl/workbook.bin", XLS), ("xl/", XLSX), ("ppt/", PPTX))
_ZIP_MIMETYPES = tuple((kind.encode(), kind) for kind in (ODT, ODS, ODP, ODF, EPUB))

_HTML_START = re.compile(
    r"(?:\s++|<\?xml[^>]{0,200}\?>|(?><!--.*?-->))*+<(?:!doctype\s++html|html|head|body)\b", re.S
)
_TAG = re.compile(
    r"</?(?:a|b|br|center|div|font|h[1-6]|head|html|body|i|img|li|link|meta|ol|p|script|span|style"
    r"|strong|table|tbody|td|th|title|tr|u|ul|section|article|main|header|footer|nav)\b[^<>]{0,400}>"
)

_JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*+(?:\[\s*+)?\{\s*+"[^"\n]{0,200}"\s*+:')

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)")
_SURE_HEADERS = {"received", "mime-version", "message-id", "return-path", "delivered-to"}
_MAIL_HEADERS = _SURE_HEADERS | {
    *("from", "to", "cc", "date", "subject", "reply-to", "sender", "content-type"),
    *("content-transfer-encoding", "dkim-signature", "x-mailer", "thread-index", "in-reply-to"),
}


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
    return JSON if _JSON_START.match(data) else _markup_type(data)


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
    found = _STREAM.search(data)
    return _STREAMS[found[0].decode("utf-16-le").rstrip("\0")] if found else OLE


def _markup_type(data: bytes) -> str:
    head = _ascii_head(data).lower()
    if mail := _mail_type(data):
        return mail
    if _HTML_START.match(head):
        return HTML
    for mark, kind in _FLAT_XML.items():
        if "<?mso-application" in head and mark in head:
            return kind
    tags = _TAG.findall(head)
    return HTML if len(tags) >= 5 and len("".join(tags)) * 4 >= len(head.strip()) / 4 else TEXT


def _mail_type(data: bytes) -> str | None:
    """EML or MHTML, where every line at the top is a header and they say so beyond doubt.

    "From:", "To:" and "Subject:" alone may be a memo, or a letter copied into a text file.
    """
    headers = _headers(data[:16_384])
    if headers is None:
        return None
    if "multipart/related" in headers.get("content-type", "") and (
        "snapshot-content-location" in headers or not headers.keys() & {"to", "received", "cc"}
    ):
        return MHTML
    named = len(headers.keys() & _MAIL_HEADERS)
    sent = {"from", "date", "subject"} <= headers.keys() and bool(
        email.utils.parsedate_tz(headers["date"])
    )
    return EML if named >= 3 and (sent or headers.keys() & _SURE_HEADERS) else None


def _headers(head: bytes) -> dict[str, str] | None:
    """The headers at the top of a mail by lower-case name; None where any line is no header."""
    lines = head.lstrip(b"\xef\xbb\xbf\r\n").decode("latin-1").splitlines()
    if lines and lines[0].startswith("From "):  # the separator of a mailbox file
        del lines[0]
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        header = _HEADER.match(line)
        if not line.strip():
            break
        if header:
            name = header[1].lower()
            found.setdefault(name, header[2].lower())
        elif name and line[0] in " \t":
            found[name] = f"{found[name]} {line.strip().lower()}"[:2000]
        else:
            return found if line is lines[-1] and len(head) >= 16_384 else None
    return found


def _ascii_head(data: bytes) -> str:
    """The first 2,048 characters with ASCII legible, whatever the encoding of the rest."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe")
    if head.count(b"<\0") + head.count(b"\0<") > 2 * head.count(b"<") / 3:
        head = head.replace(b"\0", b"")
    return head[:2048].decode("latin-1")
