"""The shipped fonts: which one draws which character, how wide it is, and what none can draw.

No shipped font covers everything, so a text is split into runs glyph by glyph. What nobody covers
is named before printing (`unprintable`); a renderer that meets it refuses rather than print a box.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from mmap import PROT_READ, mmap
from pathlib import Path
from threading import Lock
from typing import Literal

from PIL.ImageFont import FreeTypeFont, Layout, truetype
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from kiosk.core.days import JOINER
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS

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
_LOADING = Lock()
_CHARACTERS_PER_BLOCK = 100  # PDF 32000-1, 9.7.6.2: at most 100 lines in a bfchar block


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws."""

    text: str
    font: FontName


def font_file(font: FontName) -> Path:
    """The font's file among the assets."""
    return ASSETS / "fonts" / f"{font}.ttf"


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """The ToUnicode map of a subset, with characters beyond U+FFFF as UTF-16 surrogate pairs.

    WORKAROUND(reportlab 5.1 writes them as five hex digits, so that 𬭎 is read back as two other
    characters when a PDF is searched, copied or read aloud).
    """
    pairs = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(subset)
    ]
    blocks = [
        pairs[start : start + _CHARACTERS_PER_BLOCK]
        for start in range(0, len(pairs), _CHARACTERS_PER_BLOCK)
    ]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def loaded(font: FontName) -> ttfonts.TTFont:
    """The font, read and registered with reportlab once (about 0.15 s each)."""
    with _LOADING:
        ttfonts.makeToUnicodeCMap = _to_unicode
        pdfdoc.PDFZCompress.encode = _deflated  # type: ignore[method-assign]
        read = ttfonts.TTFont(font, str(font_file(font)))
        # It keeps the whole file in memory, 35 MiB for the three: pages of the disk's cache do.
        with font_file(font).open("rb") as file:
            read.face._ttf_data = mmap(file.fileno(), 0, prot=PROT_READ)  # type: ignore[attr-defined]
        read.face.makeSubset = _keeping(read.face.makeSubset)  # type: ignore[assignment]
        pdfmetrics.registerFont(read)
        return read


@lru_cache(maxsize=32)
def _deflated(stream: str | bytes) -> bytes:
    """As reportlab does it, with what was made last: the fonts of a paper are those of the next."""
    return zlib.compress(stream.encode() if isinstance(stream, str) else stream)


def _keeping(make: Callable[[tuple[int, ...]], bytes]) -> Callable[[Sequence[int]], bytes]:
    """`make`, with what it made last: papers of a kind differ by names, seldom by characters."""
    kept = lru_cache(maxsize=16)(make)
    return lambda characters: kept(tuple(characters))


def _covers(font: FontName, character: str) -> bool:
    return ord(character) in loaded(font).face.charToGlyph


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
    metrics = loaded(font).face
    return float(metrics.charWidths.get(ord(character), metrics.defaultWidth)) / 1000


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
