"""Hits as the terminal shows them."""

import pytest

from pipeline.terminal.search import show_hits

ANSWER = {
    "suggestion": None,
    "total": 1,
    "took_ms": 1.0,
    "facets": {
        "topic": {"environment": 20, "procedure": 17, "ของเราเอง": 1},
        "fiscal_year": {"2568": 38},
    },
    "hits": [
        {
            "title": "รายงานการประชุม", "file": "ก.txt", "page": 1, "start": 0, "end": 8,
            "date": None, "speaker": "", "position": "", "heading": "", "kind": "text",
            "text": "ขุดลอกคลอง", "highlights": [[0, 5]],
        }
    ],
}  # fmt: skip


def test_topics_of_the_facets_go_by_their_thai_names(capsys: pytest.CaptureFixture[str]) -> None:
    show_hits(ANSWER)
    shown = capsys.readouterr().out
    assert "หัวข้อ: สิ่งแวดล้อม 20 · เรื่องประจำ 17 · ของเราเอง 1" in " ".join(shown.split())
    assert "ปีงบ: 2568 38" in shown
    assert "environment" not in shown
