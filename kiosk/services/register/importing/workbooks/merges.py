"""Merged cells: their value stands in the first of them and holds for all their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.services.register.importing.cells import Cell, Line, Unfolding


@dataclass(frozen=True)
class Merge:
    """Cells that were made one: the column of the first, and the last line they go through."""

    column: int
    last: int


Merges = Mapping[int, list[Merge]]
"""Merged cells by the line of the first of them."""


def new_merges() -> defaultdict[int, list[Merge]]:
    """No merged cells yet."""
    return defaultdict(list)


def filled(lines: Iterator[Line], merges: Merges, unfolding: Unfolding) -> Iterator[Line]:
    """`lines` with the value of merged cells in each of their rows.

    Those of a line must be in `merges` when the line comes.

    Raises:
        ExpectedError: ``register_too_large``.
    """
    running: dict[int, tuple[int, Cell]] = {}
    for line in lines:
        for merge in merges.get(line.number, ()):
            if merge.column < len(line.cells):
                running[merge.column] = (merge.last, line.cells[merge.column])
        unfolding.make(len(running))
        for column, (last, value) in list(running.items()):
            if line.number > last:
                del running[column]
            else:
                missing = column + 1 - len(line.cells)
                unfolding.make(missing)
                line.cells.extend([None] * missing)
                line.cells[column] = value
        yield line
