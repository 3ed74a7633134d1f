"""The provinces as tiles of one size, placed roughly as on the map of Thailand.

Each tile bears the two letters by which offices write the province.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_ROWS = """
.. .. ชร .. .. .. .. .. ..
มส ชม พย นน .. .. .. .. ..
.. ลพ ลป พร อต .. นค บก ..
.. ตก สท พล ลย นภ อด สน นพ
.. .. กพ พจ พช ขก กส มห ..
.. .. อน นว ชย มค รอ ยส อจ
.. ชน สห ลบ นม บร สร ศก อบ
กจ สพ อท สบ นย ปจ สก .. ..
รบ นฐ อย ปท ฉช .. .. .. ..
สส สค นบ กท ชบ .. .. .. ..
พบ .. .. สป รย จบ ตร .. ..
ปข .. .. .. .. .. .. .. ..
ชพ .. .. .. .. .. .. .. ..
รน สฎ .. .. .. .. .. .. ..
พง กบ นศ .. .. .. .. .. ..
ภก ตง พท .. .. .. .. .. ..
.. สต สข ปน .. .. .. .. ..
.. .. .. ยล นธ .. .. .. ..
"""
_NAMES = """
กบ กระบี่ กท กรุงเทพมหานคร กจ กาญจนบุรี กส กาฬสินธุ์ กพ กำแพงเพชร ขก ขอนแก่น จบ จันทบุรี ฉช ฉะเชิงเทรา
ชบ ชลบุรี ชน ชัยนาท ชย ชัยภูมิ ชพ ชุมพร ชร เชียงราย ชม เชียงใหม่ ตง ตรัง ตร ตราด ตก ตาก นย นครนายก
นฐ นครปฐม นพ นครพนม นม นครราชสีมา นศ นครศรีธรรมราช นว นครสวรรค์ นบ นนทบุรี นธ นราธิวาส นน น่าน
บก บึงกาฬ บร บุรีรัมย์ ปท ปทุมธานี ปข ประจวบคีรีขันธ์ ปจ ปราจีนบุรี ปน ปัตตานี อย พระนครศรีอยุธยา พย พะเยา
พง พังงา พท พัทลุง พจ พิจิตร พล พิษณุโลก พบ เพชรบุรี พช เพชรบูรณ์ พร แพร่ ภก ภูเก็ต มค มหาสารคาม มห มุกดาหาร
มส แม่ฮ่องสอน ยส ยโสธร ยล ยะลา รอ ร้อยเอ็ด รน ระนอง รย ระยอง รบ ราชบุรี ลบ ลพบุรี ลป ลำปาง ลพ ลำพูน
ลย เลย ศก ศรีสะเกษ สน สกลนคร สข สงขลา สต สตูล สป สมุทรปราการ สส สมุทรสงคราม สค สมุทรสาคร สก สระแก้ว
สบ สระบุรี สห สิงห์บุรี สท สุโขทัย สพ สุพรรณบุรี สฎ สุราษฎร์ธานี สร สุรินทร์ นค หนองคาย นภ หนองบัวลำภู อท อ่างทอง
อจ อำนาจเจริญ อด อุดรธานี อต อุตรดิตถ์ อน อุทัยธานี อบ อุบลราชธานี
"""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province at a column and row, both from 0."""

    province: str
    letters: str
    column: int
    row: int


def _tiles() -> Iterator[Tile]:
    listed = _NAMES.split()
    names = dict(zip(listed[::2], listed[1::2], strict=True))
    for row, line in enumerate(_ROWS.split("\n")[1:-1]):
        for column, letters in enumerate(line.split()):
            if letters != "..":
                yield Tile(names[letters], letters, column, row)


TILES = tuple(_tiles())
COLUMNS = 1 + max(tile.column for tile in TILES)
ROWS = 1 + max(tile.row for tile in TILES)
