"""Hostile HTML."""

from __future__ import annotations

from tests.hostile.catalogue import hostile

THAI = "ประกาศโครงการน้ำดื่มสะอาดของชุมชน"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@hostile("divs-a-million-deep.html", slow=True)
def _deep() -> bytes:
    return page("<div>" * 1_000_000 + THAI)


@hostile("lists-200k-deep.html", slow=True)
def _lists() -> bytes:
    return page("<ul><li>" * 200_000 + THAI)


@hostile("tables-20k-deep.html")
def _tables() -> bytes:
    return page("<table><tr><td>" * 20_000 + THAI)


@hostile("tables-in-tables-100-deep.html", slow=True)
def _tables_allowed() -> bytes:
    return page(("<table><tr><td>x" * 60 + "</td></tr></table>" * 60) * 200 + THAI)


@hostile("formatting-misnested.html", slow=True)
def _misnested() -> bytes:
    return page("<p><b><i><u><a><font>x</p>" * 3000 + THAI)


@hostile("attributes-a-million.html", slow=True)
def _attributes() -> bytes:
    return page(f"<p {' '.join(f'a{i}={i}' for i in range(1_000_000))}>{THAI}</p>")


@hostile("attribute-of-10-mb.html", slow=True)
def _attribute() -> bytes:
    return page(f'<p title="{"x" * 10_000_000}">{THAI}</p>')


@hostile("table-of-a-million-cells.html", slow=True)
def _giant_table() -> bytes:
    return page("<table>" + ("<tr>" + "<td>1" * 10) * 100_000 + f"</table>{THAI}")


@hostile("cells-that-span-a-billion.html", read="น้ำดื่ม", slow=True)
def _spans() -> bytes:
    cell = '<td colspan="1000000000" rowspan="999999999">ก</td><td colspan=-1 rowspan=0>ข</td>'
    return page(f"<table>{f'<tr>{cell}</tr>' * 200}</table><p>{THAI}</p>")


@hostile("cells-that-span-a-thousand.html", slow=True)
def _many_spans() -> bytes:
    row = "<tr>" + '<td colspan="1000" rowspan="65534">ก</td>' * 50 + "</tr>"
    return page(f"<table>{row * 500}</table><p>{THAI}</p>")


@hostile("entities-a-million.html", slow=True)
def _entities() -> bytes:
    return page("<p>" + "&#3585;&nbsp;&#xFFFFFFFFF;&#0;&bogus;&" * 200_000)


@hostile("document-type-with-entities.html", slow=True)
def _document_type() -> bytes:
    levels = "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    return f"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>{levels}]><html><p>&j;{THAI}".encode()


@hostile("entity-of-a-file.html")
def _external() -> bytes:
    head = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return f"{head}<html><body><p>&a;{THAI}</p></body></html>".encode()


@hostile("fetches-from-a-server.html", read="น้ำดื่ม")
def _fetches() -> bytes:
    place = "http://127.0.0.1:9/"
    head = f'<base href="{place}"><meta http-equiv=refresh content="0;url={place}">'
    head += f'<link rel=stylesheet href="{place}"><script src="{place}"></script>'
    return page(f'<iframe src="file:///etc/passwd"></iframe><img src="{place}"><p>{THAI}</p>', head)


@hostile("script-without-end.html", slow=True)
def _script() -> bytes:
    return page(f"<p>{THAI}</p><script>" + "var x='</'+'p>';" * 600_000)


@hostile("comments-without-end.html", slow=True)
def _comments() -> bytes:
    return page(f"<p>{THAI}</p>" + "<!--" * 1_000_000)


@hostile("tags-without-end.html", slow=True)
def _open_tags() -> bytes:
    return page(f"<p>{THAI}</p>" + "<a " * 1_000_000)


@hostile("angle-brackets-5-mb.html", slow=True)
def _brackets() -> bytes:
    return page(f"<p>{THAI}</p>" + "<" * 5_000_000)


@hostile("spaces-before-html.html")
def _blank_head() -> bytes:
    return b" \n" * 2_000_000 + page(THAI)


@hostile("comments-before-html.html", slow=True)
def _comment_head() -> bytes:
    return b"<!-->-->" * 500 + b"<!---->" * 100_000 + page(THAI)


@hostile("main-content-of-270k-blocks.html", slow=True)
def _blocks() -> bytes:
    return page("<p>ก" * 330_000)


@hostile("blocks-all-alike-below-2-mb.html", slow=True)
def _alike() -> bytes:
    block = f"<p>{THAI} เพื่อประชาชนในพื้นที่จังหวัดน่านและพื้นที่ใกล้เคียง</p>"
    return page(block * (1_900_000 // len(block.encode())))


@hostile("links-100k.html", slow=True)
def _links() -> bytes:
    return page(
        "<div><a href=x>ก</a><ul><li><a href=y>ข</a></ul></div>" * 30_000 + f"<p>{THAI}</p>"
    )


@hostile("page-of-19-mb.html", slow=True)
def _large() -> bytes:
    return page(f"<p>{THAI}</p>\n" * (19_000_000 // len(f"<p>{THAI}</p>\n".encode())))


@hostile("page-of-25-mb.html", refused="ใหญ่", slow=True)
def _too_large() -> bytes:
    return page("<p>กา</p>" * 2_000_000)


@hostile("title-that-hurts-patterns.html", slow=True)
def _title() -> bytes:
    return page(f"<p>{THAI}</p>", f"<title>{' - ' * 200_000}{THAI}{' |' * 200_000}</title>")


@hostile("title-of-5-mb.html", slow=True)
def _long_title() -> bytes:
    return page(f"<h1>{'ก' * 1_600_000}</h1><p>{THAI}</p>")


@hostile("dates-that-hurt-patterns.html")
def _published() -> bytes:
    return page("".join(f"<p>เผยแพร่วันที่{'๑' * 3000} </p>" for _ in range(300)) + THAI)


@hostile("unknown-charset.html", read="น้ำดื่ม")
def _charset() -> bytes:
    return page(f"<p>{THAI * 9}</p>", '<meta charset="x-no-such-charset">')


@hostile("charset-that-is-a-codec.html", read="น้ำดื่ม")
def _codec() -> bytes:
    return page(f"<p>{THAI * 9}</p>", '<meta charset="zlib_codec">')


@hostile("charset-idna.html", slow=True)
def _idna() -> bytes:
    body = f"<p>{THAI * 9}</p>".encode("cp874")
    return b'<html><head><meta charset="idna"></head><body>' + body * 2000


@hostile("charset-utf-7.html")
def _utf7() -> bytes:
    return b'<html><head><meta charset="utf-7"></head><body>' + b"+ADw-p+AD4-" * 9999 + b"\xc0\xc1"


@hostile("charset-that-lies.html")
def _lying_charset() -> bytes:
    return page(f"<p>{THAI * 9}</p>", '<meta charset="utf-16">')


@hostile("cut-inside-a-letter.html", read="น้ำดื่ม")
def _cut() -> bytes:
    return page(f"<p>{THAI * 50}")[:-16][:-1]


@hostile("nul-between-letters.html")
def _nul() -> bytes:
    return page("\0".join(f"<p>{THAI}</p>" * 50))


@hostile("no-text.html", refused="ว่าง|ไม่มี")
def _no_text() -> bytes:
    return page("<div></div>" * 1000 + "<img src=x>" * 100)


@hostile("xml-include.html")
def _include() -> bytes:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    )
    return page(f"{include}<svg><use href='file:///etc/passwd'/></svg><p>{THAI}</p>")
