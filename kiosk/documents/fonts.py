"""The shipped fonts: which one draws which character, how wide it is, and what none can draw.

No shipped font covers everything, so a text is split into runs glyph by glyph. What nobody covers
is named before printing (`unprintable`); a renderer that meets it refuses rather than print a box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from PIL.ImageFont import FreeTypeFont, Layout, truetype

from kiosk.core.days import JOINER
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS
from kiosk.documents.font_tables import font_tables

Face = Literal["text", "strong", "brush"]
FontName = Literal["NotoSansSC-Regular", "NotoSansSC-Bold", "LXGWWenKai-Bold"]

GETA = "〓"  # the printers' old mark for a sort that is not in the case
_ORDER: dict[Face, tuple[FontName, ...]] = {
    "text": ("NotoSansSC-Regular", "LXGWWenKai-Bold"),
    "strong": ("NotoSansSC-Bold", "LXGWWenKai-Bold"),
    "brush": ("LXGWWenKai-Bold", "NotoSansSC-Bold"),
}
_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"'}
_LATIN_MARK = re.compile(r"(?<=[A-Za-z0-9.,!?])[’”]|[‘“](?=[A-Za-z0-9])")


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws."""

    text: str
    font: FontName


def font_file(font: FontName) -> Path:
    """The font's file among the assets."""
    return ASSETS / "fonts" / f"{font}.ttf"


def _covers(font: FontName, character: str) -> bool:
    return font_tables(font_file(font)).draws(character)


@cache
def _font_for(character: str, face: Face) -> FontName | None:
    return next((font for font in _ORDER[face] if _covers(font, character)), None)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that no shipped font covers, each once, in order."""
    missing = [
        ch
        for ch in text.replace(JOINER, "")
        if not ch.isspace() and all(not _font_for(ch, face) for face in _ORDER)
    ]
    return tuple(dict.fromkeys(missing))


def with_geta(text: str) -> str:
    """`text` with 〓 for what cannot be printed, for a person who was told and goes on."""
    missing = set(unprintable(text))
    return "".join(GETA if ch in missing else ch for ch in text)


def typeset(text: str) -> str:
    """`text` with straight marks inside English words.

    Chinese fonts draw ’ “ ” a whole em wide, which tears a word like ``one’s`` apart.
    """
    return _LATIN_MARK.sub(lambda mark: _STRAIGHT[mark[0]], text)


@lru_cache(maxsize=1024)
def runs(text: str, face: Face) -> tuple[Run, ...]:
    """`text` split by the font that draws it.

    Raises:
        ExpectedError: ``unprintable``, naming the characters that no shipped font covers.
    """
    if missing := unprintable(text):
        raise ExpectedError("unprintable", " ".join(missing))
    spaced = "".join(
        " " if ch.isspace() and not _font_for(ch, face) else ch
        for ch in typeset(text.replace(JOINER, ""))
    )
    grouped = groupby(spaced, key=lambda ch: _font_for(ch, face))
    return tuple(Run("".join(characters), font) for font, characters in grouped if font)


@cache
def advance(character: str, face: Face) -> float:
    """The width of one character, in ems; what only joins others has none."""
    if character == JOINER:
        return 0.0
    font = _font_for(character, face) or _ORDER[face][0]
    return font_tables(font_file(font)).advance(character)


@cache
def bearing(character: str, face: Face) -> float:
    """The white, in ems, that the glyph leaves at its left: for optical alignment of large type."""
    drawn = pillow_font(_font_for(character, face) or _ORDER[face][0], 1000)
    ink = drawn.getmask(character, anchor="ls").getbbox()
    return ink[0] / 1000 if ink else 0.0


@lru_cache(maxsize=32)
def pillow_font(font: FontName, size: int) -> FreeTypeFont:
    """The font for drawing on a raster, with an em of `size` pixels."""
    return truetype(font_file(font), size, layout_engine=Layout.BASIC)


def measure(text: str, face: Face, size: float) -> float:
    """The width of `text` in the unit of `size`."""
    return size * sum(advance(character, face) for character in typeset(text))


def largest_size(text: str, face: Face, width: float, largest: float, smallest: float) -> float:
    """The largest size between the two at which `text` is at most `width` wide.

    `smallest` where even that is too wide; it is for the caller to wrap then.
    """
    ems = measure(text, face, 1.0)
    return max(smallest, min(largest, width / ems)) if ems else largest
