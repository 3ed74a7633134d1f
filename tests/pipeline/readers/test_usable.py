"""Which text layers are read from the image instead: none, garbage, another OCR program's."""

from __future__ import annotations

import pytest

from pipeline.readers.usable import needs_ocr
from pipeline.thai import normalize, repair

THAI = "โครงการน้ำดื่มสะอาดของชุมชน งบประมาณ ๔๑๐,๐๐๐ บาท ดำเนินการโดยองค์การบริหารส่วนตำบล"
ENGLISH = "The committee approved the plan and asked each office to report by the end of March."
NAMES = """๑. นางสาวณัฐฑริกา เหล่าแค
๒. นายดุลรอแม จันตะเคียน
๓. นางฮาลีม๊ะห์ ศิริวัฒนาวรากร
๔. นายภูริพัฒ สังข์สำราญสกุล"""


@pytest.mark.parametrize(
    "text",
    [
        THAI,
        ENGLISH,
        NAMES,
        "1,250 3,400 12.50\n2,000 1,800 ๙.๒๕\n",
        "ดูที่ https://www.opdc.go.th/content/view?id=๑๒ หรือ e-Service ของ PMQA 4.0",
        "- ๑๒ -",
        "ภาคผนวก ก",
        "ก. ข. ค. ง. จ. ฉ. ช. ซ. ฌ. ญ. ฎ. ฏ. ฐ.",
    ],
    ids=["Thai", "English", "names", "figures", "addresses", "page number", "annex", "list"],
)
def test_a_clean_text_is_used(text: str) -> None:
    assert not needs_ocr(text, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \n",
        # As pdfwrite of Ghostscript 10 leaves Chromium's and ReportLab's text.
        "1า0�า%(ล�า1�ั&Nคลื�อ%Pค1��า1 <%�า'1ะ'า2ะอา 2ู่#ุ�ค1ั/N1ือ%= �ั�3/ั อุ#ั0$า%ี",
        "1@0ล>เอ?0 �&'1>/@�\nลํ@ ?&\t1@0ก@1\t�ํ@%/%\t1@ค@!ÿอ3%ÿ/0 (&@#)\t1// (&@#)",
        "\ufffd" * 40 + " 12 " + "\ufffd" * 20,
        "(cid:1)(cid:2)(cid:3)(cid:4)(cid:2)(cid:5)(cid:6)(cid:7)(cid:8)(cid:2)(cid:1)(cid:9)",
    ],
    ids=["empty", "blank", "codes", "codes of a table", "unknown glyphs", "glyph numbers"],
)
def test_garbage_is_read_from_the_image(text: str) -> None:
    assert needs_ocr(normalize(repair(text)), text)


def test_another_ocr_programs_layer_is_known_by_its_spaces() -> None:
    raw = "ค น ท ี ่ ท ํ า ง า น ใ น ห น ่ ว ย ง า น ข อ ง ร ั ฐ ป ี ๒ ๕ ๒ ๐"
    assert needs_ocr(normalize(repair(raw)), raw)
