"""Verbs of speaking in running text, and the ว่า or quotation mark that leads in the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.minutes.text.wording import any_pattern, any_word, words
from pipeline.thai import tokenize
from pipeline.thai.alternation import Begun

VERB = re.compile(any_word("speech", "verbs"))
BARE = re.compile(any_word("speech", "bare"))
PROCEDURE = re.compile(any_pattern("speech", "procedure"))
PREDICATE = re.compile(any_pattern("speech", "predicates"))
THAT = re.compile(r"(?<!ผู้)(?<!ไม่)ว่า(?!ที่(?:ร|พ|[ ])|การ(?:ก|อำ)|ราชการ|จ้าง|ด้วย(?:ก|คว|ร|สภ|ข้อ))")
OPEN = tuple('“"«‘')
_NOUN = re.compile(any_pattern("speech", "no_verbs"))
_DIRECT = Begun.of(
    re.compile(rf"(?!{any_word('speech', 'thinking')}){VERB.pattern}ว่า(?P<blank>[ \n“\"])?"),
    words("speech", "verbs"),
)
_KNOWING = re.compile(rf"{any_word('speech', 'knowing')}(?:ได้|กัน)?\Z")
_TIED = re.compile("(?:ด้วย|เพิ่ม|เพิ่มเติม|กัน|ไว้|ต่อ|อีก|ทราบ|ฟัง|กลับ|ประชุม)\\Z")
_TO_KNOW = re.compile("ให้[^ ]{0,30}(?:ทราบ|เข้าใจ)\\Z")
_OPENING = re.compile(f"[{''.join(OPEN)}]")
_OPENING_OR_BLANK = re.compile(f"[ {''.join(OPEN)}]")
_JOINED = re.compile(r"(?:และ|พร้อม|พร้อมทั้ง|โดย)[ ]?(?:ได้|ยัง)*\Z")
_ATTENDING = re.compile(
    "เป็น(?:ประธาน|เลขา|กรรมการ|อนุกรรมการ|ผู้)|เข้าร่วม|ร่วมประชุม|ทำหน้าที่|พร้อมด้วย|พร้อมคณะ"
    "|นำคณะ|ลงพื้นที่|เดินทาง|ให้การต้อนรับ|เรียกประชุม"
)
_BLANK = re.compile("[ ]?")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_FEWEST_SPACED, _SPACED_SHARE = 3, 0.8


def is_attending(between: str) -> bool:
    """Whether a stretch tells who came or presided, not who spoke."""
    return _ATTENDING.search(between) is not None


def is_spaced(text: str) -> bool:
    """Whether the text keeps to a blank behind ว่า where words of someone begin."""
    if text.count("ว่า") < _FEWEST_SPACED:
        return False
    blanks = [match["blank"] is not None for match in _DIRECT.finditer(text)]
    return len(blanks) >= _FEWEST_SPACED and sum(blanks) >= _SPACED_SHARE * len(blanks)


class Verbs:
    """The verbs of one text without line breaks."""

    def __init__(self, flat: str) -> None:
        self._flat = flat
        self._phrase = (0, 0)
        self._begun: frozenset[int] = frozenset()

    def is_word(self, position: int) -> bool:
        """Whether a word begins at `position`, by the tokenizer, in the phrase around it."""
        left = self._flat.rfind(" ", max(0, position - 90), position) + 1 or position
        right = self._flat.find(" ", position, position + 60)
        return position in self._beginnings(left, right if right > 0 else position + 60)

    def skip(self, position: int) -> int:
        """The next position that is no blank."""
        blank = _BLANKS.match(self._flat, position)
        return blank.end() if blank else position

    def _beginnings(self, left: int, right: int) -> frozenset[int]:
        """Where the words of a phrase begin; of the last phrase asked about they are known."""
        if self._phrase != (left, right):
            tokens = tokenize(self._flat[left:right])
            self._phrase = left, right
            self._begun = frozenset(left + token.start for token in tokens)
        return self._begun

    def speaking(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Verbs of speaking that begin with a word, or end right at `end`."""
        verb = VERB.search(self._flat, start, end)
        while verb:
            noun = _NOUN.match(self._flat, verb.start())
            edge = verb.start() == start or verb.end() == end
            found = not noun and (edge or self.is_word(verb.start()))
            if found:
                yield verb
            verb = VERB.search(self._flat, verb.end() if found else verb.start() + 1, end)

    def complementizers(self, core: int, limit: int) -> Iterator[re.Match[str]]:
        """Where words of someone may begin: ว่า, or a quotation mark behind a verb."""
        quotation = self._before_quotation(core, limit)
        for that in self._thats(core, limit):
            if quotation and quotation.start() < that.start():
                yield quotation
                quotation = None
            if self._leads_in(core, that.start()):
                yield that
        if quotation:
            yield quotation

    def _thats(self, start: int, end: int) -> Iterator[re.Match[str]]:
        at = self._flat.find("ว่า", start, end)
        while at >= 0:
            if that := THAT.match(self._flat, at, end):
                yield that
            at = self._flat.find("ว่า", at + 1, end)

    def _leads_in(self, core: int, that: int) -> bool:
        """Whether ว่า at `that` reports speech, not what is known, and is no part of a word."""
        near = VERB.finditer(self._flat, max(core, that - 16), that)
        if any(verb.end() == that for verb in near):
            return True
        known = _KNOWING.search(self._flat, max(core, that - 14), that)
        told = known and _TO_KNOW.search(self._flat, max(core, that - 40), that)
        if known and known.start() > core + 3 and not told:
            return False
        return self._apart(core, that)

    def _apart(self, core: int, that: int) -> bool:
        """Whether ว่า at `that` stands by itself: behind ด้วย, before a blank, as a word."""
        more = self._flat.startswith("ก", that - 1)  # กว่า
        blank = not more and _OPENING_OR_BLANK.match(self._flat, that + len("ว่า")) is not None
        tied = blank or _TIED.search(self._flat, max(core, that - 12), that) is not None
        return tied or self.is_word(that)

    def _before_quotation(self, core: int, limit: int) -> re.Match[str] | None:
        opening = _OPENING.search(self._flat, core, limit)
        if opening is None:
            return None
        start = core + len(self._flat[core : opening.start()].rstrip(" "))
        for verb in self.speaking(core, start):
            if start - verb.end() <= 1:
                return _BLANK.match(self._flat, start)
        return None

    def bare(
        self, core: int, limit: int, *, far: bool, fits: Callable[[re.Match[str]], bool]
    ) -> re.Match[str] | None:
        """The first verb behind a mention that reports speech without ว่า.

        `far`: blanks may stand before it. A verb of procedure (กล่าวเปิด) counts for nothing, and
        only a verb joined to it (และให้นโยบาย) behind it. `fits` may refuse a verb.
        """
        past = False
        for verb in BARE.finditer(self._flat, core, limit):
            between = self._flat[core : verb.start()]
            if is_attending(between) or "“" in between or (not far and " " in between.strip()):
                return None
            if PROCEDURE.match(self._flat, verb.start()):
                past = True
            elif (not past or _JOINED.search(between)) and fits(verb) and self._counts(verb, core):
                return None if PREDICATE.search(between) else verb
        return None

    def _counts(self, verb: re.Match[str], core: int) -> bool:
        word = verb.start() == core or self.is_word(verb.start())
        return word and not _NOUN.match(self._flat, verb.start())
