"""Which column of a register is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Literal

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing.cells import Cell, Line, Table
from kiosk.services.register.vocabulary import pattern, plain, words

_SEARCHED_LINES = 30
_BRACKETS = re.compile(r"[(\[{\u3010\u3014].*?[)\]}\u3011\u3015]")
_HOUSE = ("code", "number", "address", "lane@", "room@")
_PLACES = ("lane", "room")
"""What several columns may say parts of: a hamlet, a group and a street; a building and a room."""
_MANY = (*_PLACES, "status", "left")
"""Fields that several columns may have."""
_WITHOUT_NAMES = ("register_empty", "register_not_a_table", "register_no_name")
"""What a file without a name column is, by the number of its columns."""


@dataclass(frozen=True, kw_only=True)
class HeadedTable:
    """A table whose columns are known: field name to column index."""

    sheet: str
    columns: dict[str, int]
    """Field to column; ``lane@<column>`` and ``room@<column>`` where several are of a kind."""
    lines: Iterator[Line]
    counts_from_1904: bool
    headings: tuple[str, ...] = ()
    """The heading line as it stands."""
    above: int = 0
    """How many lines there are up to the headings, with them."""
    titles: tuple[str, ...] = ()
    """What stands above the headings."""

    @property
    def units(self) -> dict[str, str]:
        """What a bare figure is followed by in each column of a lane or a room, in their order."""
        places = tuple(f"{each}@" for each in _PLACES)
        columns = sorted(
            (at, field) for field, at in self.columns.items() if field.startswith(places)
        )
        return {field: _unit(self.headings[at]) for at, field in columns}


@dataclass(frozen=True)
class UnreadSheet:
    """A sheet that is left out, why, and how many lines it has."""

    sheet: str
    lines: int
    reason: Literal["hidden_sheet", "aside_sheet", "other_sheet"]
    """Hidden by the office, named for people who left, or without a name column."""


def with_headings(tables: list[Table]) -> tuple[list[HeadedTable], list[UnreadSheet]]:
    """The tables that have a name column, standing behind their heading row, and the others.

    Raises:
        ExpectedError: ``register_empty``, ``register_not_a_table`` (one column throughout),
            ``register_no_name``, ``register_no_house``, ``register_put_aside`` (nothing but sheets
            that the office hid or named for people who left, with their names),
            ``register_side_by_side`` (two lists beside each other) with the heading.
    """
    headed: list[HeadedTable] = []
    unread: list[UnreadSheet] = []
    widest = 0
    for table in tables:
        if put_aside := _put_aside(table):
            unread.append(put_aside)
            continue
        first = list(islice(table.lines, _SEARCHED_LINES))
        widest = max([widest, *(_width(cells) for _, cells, _ in first)])
        place = max(range(len(first)), key=lambda at: _quality(first[at].cells), default=None)
        if place is None or "name" not in (columns := recognise(first[place].cells)):
            lines = len(first) + sum(1 for _ in table.lines)
            unread.append(UnreadSheet(table.sheet, lines, "other_sheet"))
            continue
        rest = chain(first[place + 1 :], table.lines)
        words_ = tuple("" if cell is None else str(cell) for cell in first[place].cells)
        dates = table.counts_from_1904
        _refuse_side_by_side(first[place].cells)
        titles = tuple(str(cell) for line in first[:place] for cell in line.cells if cell)
        headed.append(
            HeadedTable(
                sheet=table.sheet,
                columns=columns,
                lines=rest,
                counts_from_1904=dates,
                headings=words_,
                above=place + 1,
                titles=titles,
            )
        )
    if not headed:
        aside = [each.sheet for each in unread if each.reason != "other_sheet" and each.lines]
        if aside:
            raise ExpectedError("register_put_aside", aside[0])
        raise ExpectedError(_WITHOUT_NAMES[min(widest, len(_WITHOUT_NAMES) - 1)])
    if not any(field.startswith(_HOUSE) for each in headed for field in each.columns):
        raise ExpectedError("register_no_house")
    return headed, unread


def _refuse_side_by_side(cells: list[Cell]) -> None:
    headings = [_heading(cell) for cell in cells if isinstance(cell, str)]
    for heading in headings:
        if _ranked_headings().get(heading, ("",))[0] == "name" and headings.count(heading) > 1:
            raise ExpectedError("register_side_by_side", heading)


def _put_aside(table: Table) -> UnreadSheet | None:
    """Why a sheet is not read whatever it holds: hidden, or named for people who left."""
    if not table.hidden and not pattern("aside_sheet").search(table.sheet):
        return None
    lines = sum(1 for _ in table.lines)
    return UnreadSheet(table.sheet, lines, "hidden_sheet" if table.hidden else "aside_sheet")


def recognise(cells: list[Cell]) -> dict[str, int]:
    """The columns that a heading row names; the usual heading wins where two mean the same."""
    best: dict[str, tuple[int, int]] = {}
    for column, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        field, rank = _ranked_headings().get(_heading(cell), ("", 0))
        if field in _MANY:
            field = f"{field}@{column}"
        if field and (rank, column) < best.get(field, (rank, column + 1)):
            best[field] = (rank, column)
    return {field: column for field, (_, column) in best.items()}


@cache
def _ranked_headings() -> dict[str, tuple[str, int]]:
    """What each heading means, and how usual it is for that (0 is the most usual)."""
    usual = {
        plain(word): (field, rank)
        for field, all_ in words()["headings"].items()
        for rank, word in enumerate(all_)
    }
    units = dict.fromkeys(_units("lanes"), ("lane", 0))
    return dict.fromkeys(_units("rooms"), ("room", 0)) | units | usual


def _heading(cell: str) -> str:
    return plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", cell)))


def _unit(heading: str) -> str:
    return (_units("rooms") | _units("lanes")).get(_heading(heading), "")


@cache
def _units(table: str) -> dict[str, str]:
    """The unit of each heading of ``[lanes]`` or ``[rooms]``."""
    return {plain(word): unit for unit, all_ in words()[table].items() for word in all_}


def _quality(cells: list[Cell]) -> tuple[bool, int]:
    columns = recognise(cells)
    return "name" in columns, len(columns)


def _width(cells: list[Cell]) -> int:
    return sum(cell is not None and str(cell).strip() != "" for cell in cells)
