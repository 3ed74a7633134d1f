"""Who was in the chair, told by what stands before their words: "ประธานแจ้งว่า"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.documents import Passage

CHAIR = "ประธาน"
_LED_IN = re.compile(rf"(?:ท่าน)?{CHAIR}")


def chairs(passages: Sequence[Passage]) -> Mapping[str, str]:
    """The speaker in the chair by document: whose turns begin with ประธาน most often.

    Somebody whose own post has the word (ประธานหอการค้า) is led in by that post.
    """
    led_in: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        if passage.kind == "turn" and passage.speaker and CHAIR not in passage.position:
            led_in[passage.document][passage.speaker] += bool(_LED_IN.match(passage.text))
    best = {document: counts.most_common(1)[0] for document, counts in led_in.items()}
    return {document: speaker for document, (speaker, count) in best.items() if count}
