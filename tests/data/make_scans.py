"""Make the scans of this folder: letter, two columns, a table, and a page on its side.

Needs the fonts of fonts-thai-tlwg; the tests need none. Usage: python make_scans.py
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/tlwg")
DPI = 200

LETTER = """ที่ นว ๐๐๑๗.๒/๔๑๘๖
๑๕ ธันวาคม ๒๕๖๗
เรื่อง ขออนุมัติเบิกจ่ายงบประมาณ
เรียน ผู้ว่าราชการจังหวัดนครสวรรค์
ตามมติที่ประชุมเมื่อวันที่ ๒๘ กันยายน ๒๕๖๖ ให้จัดซื้อ
เครื่องกรองน้ำ จำนวน ๗๙ เครื่อง เป็นเงิน ๑,๔๓๘,๙๖๕ บาท
ตามเกณฑ์ PMQA และระบบ e-Service นั้น
โทร. ๐-๕๖๘๙-๗๔๓๒ ต่อ ๑๗๘"""
SHORT = "\n".join(LETTER.split("\n")[:5])
LEFT = """หมู่บ้านในตำบลนี้
มีน้ำใช้ตลอดปี
เพราะชาวบ้านช่วยกัน
ดูแลแหล่งน้ำและ
ปลูกป่าต้นน้ำ
ตั้งแต่ปี ๒๕๔๗"""
RIGHT = """โรงเรียนทุกแห่ง
สอนเรื่องการใช้น้ำ
อย่างประหยัดและ
ให้นักเรียนจด
ปริมาณน้ำฝน
รวม ๙๖๘ มิลลิเมตร"""
TABLE = [
    ["ลำดับ", "รายการ", "จำนวน", "รวม (บาท)"],
    ["๑", "ค่าวัสดุสำนักงาน", "๔๖", "๑๘,๙๗๐.๕๐"],
    ["๒", "ค่าจ้างเหมาบริการ", "๗", "๒๔๖,๘๐๐.๐๐"],
    ["๓", "ค่าเช่ารถโดยสาร", "๑๙", "๕๗,๓๔๖.๗๕"],
]


def draw(page: ImageDraw.ImageDraw, text: str, at: tuple[int, int], font: str) -> None:
    face = ImageFont.truetype(str(FONTS / font), 46)
    for number, line in enumerate(text.split("\n")):
        page.text((at[0], at[1] + number * 72), line, fill=30, font=face)


def paper(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (width, height), 245)
    return image, ImageDraw.Draw(image)


def scanned(image: Image.Image, *, turn: float, noise: float, seed: int) -> Image.Image:
    """Turned, blurred, a fifth less light on the right, noisy; 16 greys keep the file small."""
    turned = image.rotate(turn, Image.Resampling.BICUBIC, fillcolor=245)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    pixels = pixels * np.linspace(1, 0.8, pixels.shape[1])
    pixels = pixels + np.random.default_rng(seed).normal(0, noise, pixels.shape)
    return Image.fromarray((np.clip(pixels, 0, 255) // 16 * 17).astype(np.uint8))


def main() -> None:
    letter, page = paper(1240, 680)
    draw(page, LETTER, (60, 40), "Norasi.ttf")
    scanned(letter, turn=0.4, noise=0, seed=1).save(HERE / "scan-letter.png", dpi=(DPI, DPI))
    columns, page = paper(1240, 520)
    draw(page, LEFT, (60, 40), "Laksaman.ttf")
    draw(page, RIGHT, (680, 40), "Laksaman.ttf")
    columns.save(HERE / "scan-columns.png", dpi=(DPI, DPI))
    table, page = paper(1240, 420)
    for y, row in enumerate(TABLE):
        for x, width, cell in zip((40, 220, 640, 840), (180, 420, 200, 340), row, strict=True):
            page.rectangle((x, 30 + y * 85, x + width, 115 + y * 85), outline=40, width=2)
            draw(page, cell, (x + 16, 38 + y * 85), "Garuda.ttf")
    hard = scanned(table, turn=-1.2, noise=14, seed=2)
    hard.save(HERE / "scan-table.jpg", quality=25, dpi=(DPI, DPI))
    short, page = paper(1240, 470)
    draw(page, SHORT, (60, 40), "Norasi.ttf")
    side = scanned(short, turn=0, noise=0, seed=3).rotate(90, expand=True)
    side.quantize(4).save(HERE / "scan-side.png", dpi=(DPI, DPI))
    texts = {
        "scan-letter.png": LETTER,
        "scan-columns.png": f"{LEFT}\n{RIGHT}",
        "scan-table.jpg": "\n".join(" ".join(row) for row in TABLE),
        "scan-side.png": SHORT,
    }
    (HERE / "scans.json").write_text(
        json.dumps(texts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
