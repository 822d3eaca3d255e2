"""A text made plain before it is searched: folded, without what is invisible or strewn into it.

Full-width, accented, traditional and look-alike characters become one; each reading knows where in
what was typed its characters stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kiosk.core.catalogue import CHINESE, Language

Span = tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """Folded text, and for each of its characters the place in what was typed."""

    text: str
    places: tuple[int, ...]

    def typed_span(self, span: Span) -> Span:
        """Where `span` lies in what was typed."""
        return self.places[span[0]], self.places[span[1] - 1] + 1

    def typed(self, original: str, span: Span) -> str:
        """What was typed where `span` lies in the folded text."""
        start, end = self.typed_span(span)
        return original[start:end]


def letters_of(text: str, simplified: dict[int, str]) -> Plain:
    """Each character folded by itself: width, case, accents, traditional forms, look-alikes."""
    folded = [_folded(typed) for typed in text]
    places = tuple(place for place, each in enumerate(folded) for _ in each)
    return Plain("".join(folded).translate(simplified), places)


@lru_cache(maxsize=8192)
def _folded(typed: str) -> str:
    whole = unicodedata.normalize("NFKD", typed).casefold()
    kept = (ch for ch in whole if ch.isspace() or unicodedata.category(ch) not in _INVISIBLE)
    return "".join(kept).translate(_LOOKALIKES)


_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Cn", "Co", "Cs"})
_LOOKALIKES = str.maketrans(
    "аесорхуіјѕԁһӏκοραεινυτ‘’ʼ′`´‐‑‒–—−〇○",
    "aecopxyijsdhlkopaeivut''''''------零零",
)
"""Cyrillic and Greek letters that pass for Latin ones; apostrophes, hyphens, zeros."""

_SENTENCE_ENDS = frozenset(";!?。；！？\n\r.")
_SENTENCE_MARKS = frozenset(",;:!?。、，；：！？\n\r…")


def without_marks(letters: Plain) -> Plain:
    """Letters and digits only; a sentence mark ends a search, unless it cuts off one character."""
    pieces: list[list[tuple[str, int]]] = [[]]
    for ch, place in zip(letters.text, letters.places, strict=True):
        if ch.isalnum():
            pieces[-1].append((ch, place))
        elif ch in _SENTENCE_MARKS and pieces[-1]:
            pieces.append([])
    return _joined(pieces)


def sentences(letters: Plain, language: Language) -> Plain:
    """Sentences parted by a line feed, their words by one blank; in Chinese there are no blanks."""
    kept: list[tuple[str, int]] = []
    for ch, place in zip(letters.text, letters.places, strict=True):
        own = ch.isalnum() if language == CHINESE else _is_latin(ch) or ch == "'"
        if own:
            kept.append((ch, place))
        elif ch in _SENTENCE_ENDS:
            kept.append(("\n", place))
        elif language != CHINESE and kept and not kept[-1][0].isspace():
            kept.append((" ", place))
    return Plain("".join(ch for ch, _ in kept), tuple(place for _, place in kept))


def _joined(pieces: list[list[tuple[str, int]]]) -> Plain:
    joined: list[tuple[str, int]] = []
    before = 0
    for piece in pieces:
        if joined and piece and before > 1 and len(piece) > 1:
            joined.append(("\n", piece[0][1]))
        joined += piece
        before = len(piece)
    return Plain("".join(ch for ch, _ in joined), tuple(place for _, place in joined))


def spelt_readings(letters: Plain) -> Iterator[Plain]:
    """The text as words, and once more with what is strewn into a word taken out."""
    spaced = "".join(ch if _is_latin(ch) or ch in "'\n" else " " for ch in letters.text)
    yield Plain(spaced, letters.places)
    if _STREWN.search(letters.text):
        yield _closed_up(letters)


_STREWN = re.compile(
    r"[a-z][-._*~+|/\\·•=^#]+[a-z]|(?<![a-z0-9])[a-z](?:[^a-z0-9]{1,3}[a-z](?![a-z0-9])){3,}|[a-z][0-9@$]|[0-9@$][a-z]"
)
_MARKS_IN_WORDS = frozenset("-._*~+|/\\·•=^#")
_LONE_LETTERS = re.compile(r"(?<![a-z0-9])[a-z](?:[^a-z0-9]{1,3}[a-z](?![a-z0-9])){3,}")
_DIGIT_LETTERS = str.maketrans("013457@$", "oieastas")


def _closed_up(letters: Plain) -> Plain:
    kept = [
        (ch, place)
        for ch, place in zip(letters.text, letters.places, strict=True)
        if ch not in _MARKS_IN_WORDS
    ]
    text = "".join(ch for ch, _ in kept)
    drop = {
        place
        for run in _LONE_LETTERS.finditer(text)
        for place in range(run.start(), run.end())
        if not text[place].isalnum()
    }
    kept = [pair for at, pair in enumerate(kept) if at not in drop]
    closed = "".join(ch for ch, _ in kept).translate(_DIGIT_LETTERS)
    words = "".join(ch if _is_latin(ch) or ch in "'\n" else " " for ch in closed)
    return Plain(words, tuple(place for _, place in kept))


def _is_latin(ch: str) -> bool:
    return "a" <= ch <= "z" or "0" <= ch <= "9"


def with_digits(letters: Plain) -> Plain:
    """The same with Chinese digits as Arabic ones: numbers hide in them."""
    return Plain(letters.text.translate(_CHINESE_DIGITS), letters.places)


_CHINESE_DIGITS = str.maketrans("零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "01234567891123456789")
