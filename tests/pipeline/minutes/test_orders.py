"""Orders: who is told to do what."""

import pytest

from pipeline.documents import Span, Turn
from pipeline.minutes.items.orders import MEETING, orders_in, tasks_in
from pipeline.minutes.text.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("resolution", "orders"),
    [
        (
            "รับทราบ และให้สำนักงานเกษตรจังหวัดเลยส่งแผนภายใน ๓๐ วัน",
            [("สำนักงานเกษตรจังหวัดเลย", "ให้สำนักงานเกษตรจังหวัดเลยส่งแผนภายใน ๓๐ วัน")],
        ),
        (
            "มอบกลุ่มงานปกครองดำเนินการ โดยให้ทุกอำเภอรายงานทุกสิ้นเดือน",
            [("กลุ่มงานปกครอง", "มอบกลุ่มงานปกครองดำเนินการ"), ("ทุกอำเภอ", "ให้ทุกอำเภอรายงานทุกสิ้นเดือน")],
        ),
        ("รับทราบ", []),
        ("ให้แล้วเสร็จภายใน ๗ วัน", []),
    ],
)
def test_a_resolution_orders_someone(resolution: str, orders: list[tuple[str, str]]) -> None:
    found = orders_in(resolution, Span(0, len(resolution)), ())
    assert [(order.who, order.text) for order in found] == orders
    assert {order.speaker for order in found} <= {MEETING}


def test_a_speaker_orders_in_a_turn() -> None:
    text = "ขอให้ฝ่ายเลขานุการหารือกรมบัญชีกลาง"
    (order,) = orders_in(text, None, [Turn("นายปล้อง พรมโสภา", None, text, 0, len(text))])
    assert (order.speaker, order.who) == ("นายปล้อง พรมโสภา", "ฝ่ายเลขานุการ")


def test_every_point_of_a_list_of_tasks_is_an_order() -> None:
    text = "[ ] แขวงทางหลวงติดไฟที่ทางโค้ง\n[ ] ซ้อมแผนก่อนสงกรานต์"
    found = tasks_in(text, paragraphs(text, 0, len(text)))
    assert [(order.who, order.text) for order in found] == [
        ("แขวงทางหลวง", "แขวงทางหลวงติดไฟที่ทางโค้ง"),
        (None, "ซ้อมแผนก่อนสงกรานต์"),
    ]
