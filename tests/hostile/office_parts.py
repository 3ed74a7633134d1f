"""What the hostile Office files are made of."""

from __future__ import annotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s'
    "</Relationships>"
)
MAIN = f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
THAI = "โครงการน้ำดื่มสะอาด"


def laughs(root: str) -> str:
    """A document type whose entity &j; stands for ten to the tenth letters."""
    levels = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "aaaaaaaaaa">{levels}]>'
