"""Where a line of Chinese or English may end (行首行尾禁则, after Unicode UAX 14 and GB/T 15834).

Words, Chinese ones too, and numbers stay whole; closing marks never begin a line and opening ones
never end it. Nothing is ever cut off: a word wider than the line is broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kiosk.core.days import JOINER
from kiosk.documents.chinese_words import within_words
from kiosk.documents.fonts import Face, advance, typeset

NEVER_FIRST = frozenset("、。，．；：？！·•・…—～％‰℃°）】》〉」』〕〗”’,.;:?!%)]}>々")
NEVER_LAST = frozenset("（【《〈「『〔〖“‘￥¥$([{<№")
_JOINS = frozenset({JOINER, "\u00a0"})  # no line ends beside them (UAX 14: WJ, GL)
_DATE = re.compile(
    r"(?:\d+ ?[年月日号天点分颗次元] ?)*\d+ ?[年月日号天点分颗次元](?:（周.）)?"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}"
)
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,9}(?:[·•・][\u3400-\u9fff]{1,9})+")
"""A name of several parts, as 买买提·艾力: it breaks behind a dot and nowhere else."""
_SHORTEST_LAST_LINE = 0.22  # of the width: a lone 日。 looks forgotten
_BALANCED = 0.9
_NARROWING = 0.5  # em, by which a paragraph is narrowed to feed its last line


@dataclass(frozen=True)
class Span:
    """Some words in one face."""

    text: str
    face: Face = "text"


@dataclass(frozen=True)
class Glyph:
    """One character in its face."""

    character: str
    face: Face

    @property
    def ems(self) -> float:
        """Its width in ems."""
        return advance(self.character, self.face)


Token = tuple[Glyph, ...]


def lines(
    spans: tuple[Span, ...], size: float, width: float, *, balanced: bool = False
) -> list[tuple[Span, ...]]:
    """`spans` as lines no wider than `width`; a newline in the text starts a new line.

    `balanced` lines are about equally long, as centred ones should be.
    """
    shortest = _BALANCED if balanced else _SHORTEST_LAST_LINE
    glyphs = [Glyph(character, span.face) for span in spans for character in typeset(span.text)]
    broken: list[tuple[Span, ...]] = []
    for paragraph in _paragraphs(glyphs):
        broken.extend(_spans(line) for line in _paragraph_lines(paragraph, width / size, shortest))
    return broken


def _paragraphs(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    start = 0
    for place, glyph in enumerate(glyphs):
        if glyph.character == "\n":
            yield glyphs[start:place]
            start = place + 1
    yield glyphs[start:]


def _paragraph_lines(glyphs: list[Glyph], width: float, shortest: float) -> list[list[Glyph]]:
    """The lines, narrower where the last one would be left with a crumb, but never more lines."""
    tokens = list(_tokens(glyphs))
    filled = best = _fill(tokens, width)
    narrower = width
    while len(filled) > 1 and _ems(best[-1]) < narrower * shortest and narrower > width * 0.5:
        narrower -= _NARROWING
        tried = _fill(tokens, narrower)
        if len(tried) > len(filled):
            break
        best = tried
    return best


def _fill(tokens: list[Token], width: float) -> list[list[Glyph]]:
    filled: list[list[Glyph]] = [[]]
    for token in tokens:
        for piece in _pieces(token, width):
            if filled[-1] and sum(glyph.ems for glyph in filled[-1]) + _ems(piece) > width:
                filled.append([])
            if filled[-1] or not _is_space(piece) or len(filled) == 1:
                filled[-1].extend(piece)
    return [_stripped(line) for line in filled if len(filled) == 1 or _stripped(line)]


def _pieces(token: Token, width: float) -> Iterator[Token]:
    """`token` whole, or broken between characters if it is wider than a line."""
    if _is_space(token) or _ems(token) <= width:
        yield token
        return
    piece: list[Glyph] = []
    for glyph in token:
        if piece and _ems(piece) + glyph.ems > width:
            clings = glyph.character in NEVER_FIRST and len(piece) > 1
            carried = [piece.pop()] if clings else []
            yield tuple(piece)
            piece = carried
        piece.append(glyph)
    yield tuple(piece)


def _tokens(glyphs: list[Glyph]) -> Iterator[Token]:
    """What must stay together: words, numbers, and marks with what they cling to."""
    text = "".join(glyph.character for glyph in glyphs)
    inside = set(_inside(text))
    token: list[Glyph] = []
    for place, glyph in enumerate(glyphs):
        if token and place not in inside and _may_break(token[-1].character, glyph.character):
            yield tuple(token)
            token = []
        token.append(glyph)
    if token:
        yield tuple(token)


def _inside(text: str) -> Iterator[int]:
    """Where no line may end: within a word, a date, and each part of a name."""
    yield from within_words(text)
    for date in _DATE.finditer(text):
        yield from range(*date.span())[1:]
    for name in _DOTTED.finditer(text):
        yield from (at for at in range(*name.span())[1:] if text[at - 1] not in "·•・")


def _may_break(before: str, after: str) -> bool:
    if _JOINS & {before, after}:
        return False
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == "-":
        return after.isalpha()  # Smith-|Jones, but never 2026-|0417
    return _is_ideograph(before) or _is_ideograph(after)


def _is_ideograph(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _is_space(token: Token) -> bool:
    return token[0].character.isspace()


def _ems(glyphs: Token | list[Glyph]) -> float:
    """The width without white space at the end, which may hang over."""
    return sum(glyph.ems for glyph in _stripped(list(glyphs)))


def _stripped(line: list[Glyph]) -> list[Glyph]:
    end = len(line)
    while end and line[end - 1].character.isspace():
        end -= 1
    return line[:end]


def _spans(line: list[Glyph]) -> tuple[Span, ...]:
    seen = (glyph for glyph in line if glyph.character != JOINER)
    grouped = groupby(seen, key=lambda glyph: glyph.face)
    return tuple(Span("".join(glyph.character for glyph in run), face) for face, run in grouped)
