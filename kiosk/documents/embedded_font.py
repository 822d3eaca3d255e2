"""A font as it is put into a PDF: which characters its codes mean, and the work kept for the next.

Two papers of a kind differ by names, seldom by characters: what was made of a font for one is what
the next one needs.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from mmap import PROT_READ, mmap
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from kiosk.documents.font_tables import FontTables, font_tables
from kiosk.documents.fonts import FontName, font_file

_CHARACTERS_PER_BLOCK = 100  # PDF 32000-1, 9.7.6.2: at most 100 lines in a bfchar block


_LOADING = Lock()


@cache
def loaded(font: FontName) -> EmbeddedFont:
    """The font, read and registered with reportlab once (about 0.15 s each)."""
    with _LOADING:
        read = EmbeddedFont(font, font_file(font))
        pdfmetrics.registerFont(read)
        return read


class EmbeddedFont(ttfonts.TTFont):
    """A font of which a PDF gets the characters that it uses, in subsets of at most 256."""

    def __init__(self, name: str, file: Path) -> None:
        """Read `file`, about 0.15 s."""
        super().__init__(name, _Mapped(file))
        _made_small(self.face, font_tables(file))
        self.face.get_table = _read_by_glyph(self.face)  # type: ignore[method-assign]
        self.face.makeSubset = _keeping(self.face.makeSubset)  # type: ignore[assignment]

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (reportlab's name)
        """Put the subsets into `doc`, a PDFDocument; called by it when it is written."""
        subsets = {
            self.getSubsetInternalName(number, doc)[1:]: subset
            for number, subset in enumerate(self.state[doc].subsets)
        }
        super().addObjects(doc)
        for named, subset in subsets.items():
            base = doc.idToObject["BasicFonts"].dict[named].BaseFont
            meaning = doc.idToObject[f"toUnicodeCMap:{base}"]
            meaning.content = _to_unicode(base, subset)
            for stream in (meaning, doc.idToObject[f"fontFile:{self.face.filename}({base})"]):
                if stream.filters:
                    stream.filters = [_KEEPING_DEFLATE]


class _Mapped:
    """A file for reportlab, which reads and keeps it whole: pages of the disk's cache do."""

    def __init__(self, file: Path) -> None:
        self.name, self._file = str(file), file

    def read(self) -> mmap:
        """The file's bytes, each read when it is asked for."""
        with self._file.open("rb") as opened:
            return mmap(opened.fileno(), 0, prot=PROT_READ)


@dataclass(frozen=True)
class _Outlines:
    """The table of all glyphs, of which reportlab takes a slice for each that it puts in."""

    data: mmap
    begin: int

    def __getitem__(self, glyph: slice) -> bytes:
        return self.data[self.begin + glyph.start : self.begin + glyph.stop]


def _read_by_glyph(face: Any) -> Callable[[str], bytes | _Outlines]:
    """`get_table` that does not copy 10 to 15 MB of outlines for each subset."""
    copied = face.get_table

    def table(tag: str) -> bytes | _Outlines:
        if tag == "glyf":
            return _Outlines(face._ttf_data, face.get_table_pos(tag)[0])
        found: bytes = copied(tag)
        return found

    return table


class _Glyphs(dict[int, int]):
    """The glyph of each character, found in the font's own ranges when it is asked for."""

    def __init__(self, tables: FontTables) -> None:
        self._tables = tables

    def __bool__(self) -> bool:
        return True

    def __contains__(self, code: object) -> bool:
        return isinstance(code, int) and self._tables.glyph(code) is not None

    def __missing__(self, code: int) -> int:
        glyph = self._tables.glyph(code)
        if glyph is None:
            raise KeyError(code)
        return glyph


class _Widths(dict[int, float]):
    """The width of each character in thousandths of the em, found in the same way."""

    def __init__(self, tables: FontTables) -> None:
        self._tables, self._scale = tables, 1000 / tables.em

    def get(self, code: int, otherwise: Any = None) -> Any:
        """As reportlab asks for it."""
        glyph = self._tables.glyph(code)
        return otherwise if glyph is None else self._tables.width(glyph) * self._scale


def _made_small(face: Any, tables: FontTables) -> None:
    """Let go of what reportlab read of a font and has no need of: most of what it takes.

    Only shaping asks for the characters of a glyph; places are small numbers; most glyphs are as
    wide as others; what stands in the font's own tables is looked up there.
    """
    face.glyphToChar = {}
    face.glyphPos = array("L", face.glyphPos)
    known: dict[Any, Any] = {}
    face.hmetrics = [known.setdefault(each, each) for each in face.hmetrics]
    face.charToGlyph, face.charWidths = _Glyphs(tables), _Widths(tables)


class _KeepingDeflate(pdfdoc.PDFStreamFilterZCompress):
    """The PDF's own compression, with what was made last."""

    @staticmethod
    @lru_cache(maxsize=32)
    def encode(stream: str | bytes) -> bytes:
        return zlib.compress(stream.encode() if isinstance(stream, str) else stream)


_KEEPING_DEFLATE = _KeepingDeflate()


def _keeping(make: Callable[[tuple[int, ...]], bytes]) -> Callable[[Sequence[int]], bytes]:
    """`make`, with what it made last."""
    kept = lru_cache(maxsize=16)(make)
    return lambda characters: kept(tuple(characters))


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
