"""The forms of damage by their codes, with their names for messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DamageClass:
    """The names of a form of damage."""

    thai: str
    english: str


CLASSES = {
    "glyph_code": DamageClass("รหัสอักขระเฉพาะฟอนต์", "glyph codes of one font"),
    "split_sara_am": DamageClass("สระอำแยกเป็นสองตัว", "sara am in two characters"),
    "double_sara_am": DamageClass("สระอำมีสระอาเกิน", "sara am with another sara aa"),
    "mark_order": DamageClass("สระและวรรณยุกต์สลับลำดับ", "marks in the wrong order or twice"),
    "gap": DamageClass("ช่องว่างหน้าสระหรือวรรณยุกต์", "space or line break before a mark"),
    "moved": DamageClass("วรรณยุกต์เลื่อนตำแหน่ง", "marks moved to another letter"),
    "spaced": DamageClass("สระหรือวรรณยุกต์กลายเป็นช่องว่าง", "marks turned into spaces"),
    "dropped": DamageClass("สระหรือวรรณยุกต์หาย", "marks lost"),
    "unread": DamageClass("อักขระอ่านไม่ออก", "unreadable glyphs"),
    "lost_sara_am": DamageClass("สระอำกลายเป็นสระอา", "sara am became sara aa"),
    "extra_sara_am": DamageClass("สระอากลายเป็นสระอำ", "sara aa became sara am"),
    "early_mark": DamageClass("สระหรือวรรณยุกต์มาก่อนพยัญชนะ", "marks before their letter"),
    "early_upper_mark": DamageClass(
        "สระบนหรือวรรณยุกต์มาก่อนพยัญชนะ", "marks above before their letter"
    ),
    "late_vowel": DamageClass("สระหน้าอยู่หลังพยัญชนะ", "leading vowels behind their letter"),
    "double_letter": DamageClass("ตัวอักษรพิมพ์ซ้อน", "letters printed twice"),
    "double_cluster": DamageClass("พยางค์ซ้ำ", "letters with their marks twice"),
    "broken_line": DamageClass("ขึ้นบรรทัดใหม่กลางคำ", "lines that end inside words"),
    "split_word": DamageClass("ช่องว่างกลางคำ", "spaces inside words"),
}
