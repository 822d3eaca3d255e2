"""Which column of a register is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from kiosk.core.errors import ExpectedError
from kiosk.services.residents.cells import Cell, Line, Table
from kiosk.services.residents.vocabulary import plain, words

_SEARCHED_LINES = 30
_BRACKETS = re.compile(r"[(\[{\u3010\u3014].*?[)\]}\u3011\u3015]")
_HOUSE = {"code", "number", "address", "lane"}
_WITHOUT_NAMES = ("register_empty", "register_not_a_table", "register_no_name")
"""What a file without a name column is, by the number of its columns."""


@dataclass(frozen=True)
class HeadedTable:
    """A table whose columns are known: field name to column index."""

    sheet: str
    columns: dict[str, int]
    lines: Iterator[Line]
    counts_from_1904: bool


def with_headings(tables: list[Table]) -> list[HeadedTable]:
    """The tables that have a name column, standing behind their heading row.

    Raises:
        ExpectedError: ``register_empty``, ``register_not_a_table`` (one column throughout),
            ``register_no_name``, ``register_no_house``.
    """
    headed, widest = [], 0
    for table in tables:
        if table.hidden:
            continue
        first = list(islice(table.lines, _SEARCHED_LINES))
        widest = max([widest, *(_width(cells) for _, cells, _ in first)])
        place = max(range(len(first)), key=lambda at: _quality(first[at].cells), default=None)
        if place is None or "name" not in (columns := recognise(first[place].cells)):
            continue
        rest = chain(first[place + 1 :], table.lines)
        headed.append(HeadedTable(table.sheet, columns, rest, table.counts_from_1904))
    if not headed:
        raise ExpectedError(_WITHOUT_NAMES[min(widest, len(_WITHOUT_NAMES) - 1)])
    if not any(_HOUSE & each.columns.keys() for each in headed):
        raise ExpectedError("register_no_house")
    return headed


def recognise(cells: list[Cell]) -> dict[str, int]:
    """The columns that a heading row names; the usual heading wins where two mean the same."""
    best: dict[str, tuple[int, int]] = {}
    for column, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        heading = plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", cell)))
        field, rank = _ranked_headings().get(heading, ("", 0))
        if field and (rank, column) < best.get(field, (rank, column + 1)):
            best[field] = (rank, column)
    return {field: column for field, (_, column) in best.items()}


@cache
def _ranked_headings() -> dict[str, tuple[str, int]]:
    """What each heading means, and how usual it is for that (0 is the most usual)."""
    return {
        plain(word): (field, rank)
        for field, all_ in words()["headings"].items()
        for rank, word in enumerate(all_)
    }


def _quality(cells: list[Cell]) -> tuple[bool, int]:
    columns = recognise(cells)
    return "name" in columns, len(columns)


def _width(cells: list[Cell]) -> int:
    return sum(cell is not None and str(cell).strip() != "" for cell in cells)
