"""XLS, the binary workbooks of Excel 97 to 2003 and of programs that still write them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing.cells import Cell, Line, Table, Unfolding, tidied
from kiosk.services.register.importing.workbooks.formats import format_of
from kiosk.services.register.importing.workbooks.merges import Merge, filled, new_merges

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet


def read_xls(content: bytes) -> list[Table]:
    """The sheets of a workbook, hidden ones too.

    Raises:
        ExpectedError: ``register_encrypted``, ``register_not_a_table``.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
        )
        unfolding = Unfolding()
        return [_table(book, sheet, unfolding) for sheet in book.sheets()]
    except Exception as trouble:  # whatever a broken one brings up
        is_encrypted = "encrypted" in str(trouble)
        code = "register_encrypted" if is_encrypted else "register_not_a_table"
        raise ExpectedError(code) from trouble


def _table(book: Book, sheet: Sheet, unfolding: Unfolding) -> Table:
    merges = new_merges()
    for top, bottom, left, _ in sheet.merged_cells:
        merges[top + 1].append(Merge(left, bottom))
    return Table(
        sheet.name,
        filled(_lines(book, sheet), merges, unfolding),
        counts_from_1904=book.datemode == 1,
        hidden=sheet.visibility != 0,
    )


def _lines(book: Book, sheet: Sheet) -> Iterator[Line]:
    for row in range(sheet.nrows):
        cells = [_cell(book, sheet, row, column) for column in range(sheet.row_len(row))]
        info = sheet.rowinfo_map.get(row)
        yield Line(row + 1, tidied(cells), bool(info and info.hidden))


def _cell(book: Book, sheet: Sheet, row: int, column: int) -> Cell:
    from xlrd import biffh

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == biffh.XL_CELL_TEXT:
        return str(value)
    if kind in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        style = book.xf_list[sheet.cell_xf_index(row, column)]
        code = book.format_map[style.format_key].format_str
        return format_of(code).shown(value, counts_from_1904=book.datemode == 1)
    if kind == biffh.XL_CELL_BOOLEAN:
        return str(bool(value))
    return biffh.error_text_from_code.get(value) if kind == biffh.XL_CELL_ERROR else None
