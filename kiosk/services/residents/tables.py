"""A file as a table of cells: XLSX, or text in the encodings and with the delimiters in use."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.residents.dates import Cell
from kiosk.services.residents.vocabulary import meanings, plain

LARGEST_FILE = 256 * 2**20
LARGEST_UNPACKED = 2**30
_SUSPECT_UNPACKED = 64 * 2**20
_SUSPECT_RATIO = 200
"""A sheet of names packs about 10 to 1, an empty one that was formatted through about 100 to 1."""
MOST_COLUMNS = 60
_SNIFFED_LINES = 30
_DELIMITERS = ",;\t|"
_LONGEST_RECORD = 10
"""More line breaks than this within one record mean a quotation mark that was never closed."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MERGED = re.compile(rb"""mergeCell\s[^>]*ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")

Line = tuple[int, list[Cell]]


@dataclass(frozen=True)
class Table:
    """The lines of one sheet, numbered as the office sees them, from 1."""

    sheet: str
    lines: Iterator[Line]
    counts_from_1904: bool = False


def read_tables(file: Path) -> list[Table]:
    """The tables in `file`, one for each visible sheet.

    Raises:
        ExpectedError: ``register_missing``, ``register_empty``, ``register_not_a_table``,
            ``register_too_large``, ``register_encrypted``, ``register_old_format``,
            ``register_quotes`` with a line number.
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
        code = "register_encrypted" if _ENCRYPTED_STREAM in content else "register_old_format"
        raise ExpectedError(code)
    return _sheets(content) if content.startswith(_ZIP) else [_delimited(content)]


# --- XLSX ---------------------------------------------------------------------------------------


def _sheets(content: bytes) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            if "xl/workbook.xml" not in archive.namelist():
                raise ExpectedError("register_not_a_table")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that we do not need
            return _open_workbook(content)
    except ExpectedError:
        raise
    except Exception as trouble:  # whatever a broken archive or XML brings up
        raise ExpectedError("register_not_a_table") from trouble


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    packed = sum(each.compress_size for each in archive.infolist())
    unpacked = sum(each.file_size for each in archive.infolist())
    suspect = unpacked > _SUSPECT_UNPACKED and unpacked > packed * _SUSPECT_RATIO
    if unpacked > LARGEST_UNPACKED or suspect:
        raise ExpectedError("register_too_large")
    if any(each.flag_bits & 1 for each in archive.infolist()):
        raise ExpectedError("register_encrypted")


def _open_workbook(content: bytes) -> list[Table]:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import MAC_EPOCH

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    tables = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # some programs write wrong ones
        merged = _vertical_merges(content, sheet._worksheet_path)  # type: ignore[attr-defined]
        lines = _filled(_sheet_lines(sheet), merged)
        tables.append(Table(sheet.title, lines, counts_from_1904=book.epoch == MAC_EPOCH))
    return tables


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    """The rows of a sheet; a broken one is not a table."""
    rows = enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while True:
            try:
                line, row = next(rows)
            except StopIteration:
                return
            except Exception as trouble:
                raise ExpectedError("register_not_a_table") from trouble
            yield line, [str(cell) if isinstance(cell, bool) else cell for cell in row]


@dataclass(frozen=True)
class _Merge:
    """Cells of one column that were made one; only the first of them holds the value."""

    column: int
    first: int
    last: int


def _vertical_merges(content: bytes, sheet_path: str) -> list[_Merge]:
    """The merged cells of a sheet, which stand behind its rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet_path) as stream:
        tail = b""
        while block := stream.read(2**20):
            tail = (tail[-20:] if b"</sheetData>" not in tail else tail) + block
    behind_rows = tail.partition(b"</sheetData>")[2]
    return [
        _Merge(_column_index(column.decode()), int(first), int(last))
        for column, first, _, last in _MERGED.findall(behind_rows)
        if first != last
    ]


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _filled(lines: Iterator[Line], merges: list[_Merge]) -> Iterator[Line]:
    """`lines` with the value of merged cells in each of their rows."""
    starting: dict[int, list[_Merge]] = {}
    for merge in merges:
        starting.setdefault(merge.first, []).append(merge)
    running: dict[int, tuple[int, Cell]] = {}
    for line, cells in lines:
        for merge in starting.get(line, ()):
            if merge.column < len(cells):
                running[merge.column] = (merge.last, cells[merge.column])
        for column, (last, value) in list(running.items()):
            if line > last:
                del running[column]
            else:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
        yield line, cells


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
    first = text.splitlines()[:_SNIFFED_LINES]
    known = meanings("headings")

    def quality(delimiter: str) -> tuple[int, int]:
        rows = [row.split(delimiter) for row in first]
        headings = max(sum(plain(cell) in known for cell in row) for row in rows)
        return headings, sum(map(len, rows))

    return max(_DELIMITERS, key=quality)


def _records(text: str, delimiter: str) -> Iterator[Line]:
    """The records of `text`, each under the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as trouble:
            raise ExpectedError("register_quotes", line) from trouble
        if reader.line_num - line >= _LONGEST_RECORD:
            raise ExpectedError("register_quotes", line)
        yield line, list(cells[:MOST_COLUMNS])
