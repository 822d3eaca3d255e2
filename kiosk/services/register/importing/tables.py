"""A file as tables of cells: a workbook, or text in the encodings and delimiters in use."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.register.importing.cells import LAST_COLUMN, LAST_LINE, Line, Table, tidied
from kiosk.services.register.importing.workbooks.ods import is_ods, read_ods
from kiosk.services.register.importing.workbooks.xls import read_xls
from kiosk.services.register.importing.workbooks.xlsx import read_xlsx
from kiosk.services.register.vocabulary import meanings, plain

LARGEST_FILE = 256 * 2**20
LARGEST_UNPACKED = 2**30
_SUSPECT_UNPACKED = 64 * 2**20
_SUSPECT_RATIO = 200
"""A sheet of names packs about 10 to 1, an empty one that was formatted through about 100 to 1."""
MOST_RECORDS = 2 * LAST_LINE
"""Lines of a text; twice those of a sheet, for a county's register."""
_MOST_CELLS = 1_000_000
"""A line of a text with more is none of a register; what is beyond a sheet's width is left out."""
_SNIFFED_LINES = 30
_SNIFFED_CHARACTERS = 10_000
_DELIMITERS = ",;\t|"
_LONGEST_RECORD = 10
"""More line breaks than this within one record mean a quotation mark that was never closed."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_tables(file: Path) -> list[Table]:
    """The tables in `file`, one for each sheet, those that the office hid too.

    Raises:
        ExpectedError: ``register_missing``, ``register_empty``, ``register_not_a_table``,
            ``register_too_large``, ``register_encrypted``, ``register_quotes`` with a line number.
        EnvironmentFault: ``register_unreadable``.
    """
    if not file.is_file():
        raise ExpectedError("register_missing", file.name)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ExpectedError("register_too_large")
        content = file.read_bytes()
    except OSError as trouble:
        raise EnvironmentFault("register_unreadable", file.name) from trouble
    if not content.strip():
        raise ExpectedError("register_empty")
    if content.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            raise ExpectedError("register_encrypted")
        return read_xls(content)
    return _sheets(content) if content.startswith(_ZIP) else [_delimited(content)]


# --- Workbooks ----------------------------------------------------------------------------------


def _sheets(content: bytes) -> list[Table]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _refuse_bomb(archive)
        tables = read_ods(archive) if is_ods(archive) else read_xlsx(archive)
    except ExpectedError:
        raise
    except Exception as trouble:  # whatever a broken archive or XML brings up
        raise ExpectedError("register_not_a_table") from trouble
    return [replace(each, lines=_whole(each.lines)) for each in tables]


def _whole(lines: Iterator[Line]) -> Iterator[Line]:
    """`lines` of a workbook; one that breaks off among them is not a table."""
    try:
        yield from lines
    except ExpectedError:
        raise
    except Exception as trouble:
        raise ExpectedError("register_not_a_table") from trouble


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    packed = sum(each.compress_size for each in archive.infolist())
    unpacked = sum(each.file_size for each in archive.infolist())
    suspect = unpacked > _SUSPECT_UNPACKED and unpacked > packed * _SUSPECT_RATIO
    if unpacked > LARGEST_UNPACKED or suspect:
        raise ExpectedError("register_too_large")
    if any(each.flag_bits & 1 for each in archive.infolist()):
        raise ExpectedError("register_encrypted")


# --- Text ---------------------------------------------------------------------------------------


def _delimited(content: bytes) -> Table:
    text = _decoded(content)
    if _CONTROLS.search(text[:4096]) or text.startswith(("%PDF", "{\\rtf", "<")):
        raise ExpectedError("register_not_a_table")
    return Table("", _records(text, _delimiter(text)))


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExpectedError("register_not_a_table")


def _encodings(content: bytes) -> tuple[str, ...]:
    """What `content` may be written in, the likeliest first.

    UTF-16 without a mark shows in line ends and delimiters, which have a zero byte; GB18030 takes
    in GBK and GB2312.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    if b"\x00" in content[:4096]:
        even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
        return ("utf-16-be",) if even > odd else ("utf-16-le",)
    return ("utf-8", "gb18030")


def _delimiter(text: str) -> str:
    """The delimiter with which the first lines show most headings, then most cells."""
    lines = islice(io.StringIO(text, newline=""), _SNIFFED_LINES)
    first = [line[:_SNIFFED_CHARACTERS].rstrip("\r\n") for line in lines]
    known = meanings("headings")

    def quality(delimiter: str) -> tuple[int, int]:
        rows = [row.split(delimiter) for row in first]
        headings = max(sum(plain(cell) in known for cell in row) for row in rows)
        return headings, sum(map(len, rows))

    return max(_DELIMITERS, key=quality)


def _records(text: str, delimiter: str) -> Iterator[Line]:
    """The records of `text`, each under the number of the line on which it begins.

    Raises:
        ExpectedError: ``register_quotes`` with the line of a quotation mark without a partner;
            ``register_too_large`` for more lines, or more cells in one, than a register has.
    """
    told = _Told(text, delimiter)
    reader = csv.reader(told, delimiter=delimiter)
    widest = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as trouble:
            raise ExpectedError("register_quotes", line) from trouble
        lines = told.taken()
        if len(lines) >= _LONGEST_RECORD or _swallows(lines, delimiter, widest):
            raise ExpectedError("register_quotes", line)
        widest = max(widest, len(cells))
        yield Line(line, tidied(cells[:LAST_COLUMN]))


class _Told:
    """The lines of a text, and those that the last record took."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._delimiter = delimiter
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._lines):
            if number >= MOST_RECORDS or line.count(self._delimiter) >= _MOST_CELLS:
                raise ExpectedError("register_too_large")
            self._taken.append(line)
            yield line

    def taken(self) -> list[str]:
        taken, self._taken = self._taken, []
        return taken


def _swallows(lines: list[str], delimiter: str, columns: int) -> bool:
    """Whether a quotation mark without a partner made one record of several, or of the rest.

    A cell may hold line breaks, but none of its lines then looks like a whole record.
    """
    if len(lines) > 1 and columns > 1:
        return any(line.count(delimiter) >= columns - 1 for line in lines)
    return bool(lines) and _is_open(lines[-1], delimiter)


def _is_open(line: str, delimiter: str) -> bool:
    """Whether a quotation mark that begins a cell is not closed in its line."""
    if line.count('"') % 2 == 0:
        return False
    return bool(re.search(rf'(?:^|{re.escape(delimiter)})"(?:[^"]|"")*$', line.rstrip("\r\n")))
