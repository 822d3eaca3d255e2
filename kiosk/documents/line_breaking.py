"""Where a line of Chinese or English may end (行首行尾禁则, after Unicode UAX 14 and GB/T 15834).

Ideographs break anywhere; words and numbers stay whole; closing marks never begin a line and
opening ones never end it. Nothing is ever cut off: a word wider than the line is broken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kiosk.documents.fonts import Face, advance, typeset

NEVER_FIRST = frozenset("、。，．；：？！·•・…—～％‰℃°）】》〉」』〕〗”’,.;:?!%)]}>+々")
NEVER_LAST = frozenset("（【《〈「『〔〖“‘￥¥$([{<№")
_SHORTEST_LAST_LINE = 0.22  # of the width: a lone 日。 looks forgotten
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


def lines(spans: tuple[Span, ...], size: float, width: float) -> list[tuple[Span, ...]]:
    """`spans` as lines no wider than `width`; a newline in the text starts a new line."""
    glyphs = [Glyph(character, span.face) for span in spans for character in typeset(span.text)]
    broken: list[tuple[Span, ...]] = []
    for paragraph in _paragraphs(glyphs):
        broken.extend(_spans(line) for line in _paragraph_lines(paragraph, width / size))
    return broken


def _paragraphs(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    start = 0
    for place, glyph in enumerate(glyphs):
        if glyph.character == "\n":
            yield glyphs[start:place]
            start = place + 1
    yield glyphs[start:]


def _paragraph_lines(glyphs: list[Glyph], width: float) -> list[list[Glyph]]:
    tokens = list(_tokens(glyphs))
    filled = _fill(tokens, width)
    if len(filled) < 2 or _ems(filled[-1]) >= width * _SHORTEST_LAST_LINE:
        return filled
    return _fed(tokens, width, filled)


def _fed(tokens: list[Token], width: float, filled: list[list[Glyph]]) -> list[list[Glyph]]:
    """The same number of lines, narrower, so that the last one is not left with a crumb."""
    narrower = width - _NARROWING
    while narrower > width * 0.6:
        tried = _fill(tokens, narrower)
        if len(tried) > len(filled):
            break
        if _ems(tried[-1]) >= width * _SHORTEST_LAST_LINE:
            return tried
        narrower -= _NARROWING
    return filled


def _fill(tokens: list[Token], width: float) -> list[list[Glyph]]:
    filled: list[list[Glyph]] = [[]]
    for token in tokens:
        for piece in _pieces(token, width):
            if filled[-1] and _ems(filled[-1]) + _ems(piece) > width:
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
            yield tuple(piece)
            piece = []
        piece.append(glyph)
    yield tuple(piece)


def _tokens(glyphs: list[Glyph]) -> Iterator[Token]:
    """What must stay together: words, numbers, and marks with what they cling to."""
    token: list[Glyph] = []
    for glyph in glyphs:
        if token and _may_break(token[-1].character, glyph.character):
            yield tuple(token)
            token = []
        token.append(glyph)
    if token:
        yield tuple(token)


def _may_break(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    if after in NEVER_FIRST or before in NEVER_LAST:
        return after == "+" and _is_ideograph(before)
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
    grouped = groupby(line, key=lambda glyph: glyph.face)
    return tuple(Span("".join(glyph.character for glyph in run), face) for face, run in grouped)
