"""Rows on pages: never parted, kept with what follows, and a table's head again on the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What takes `height` of a page and is never parted; `keeps` what follows with it."""

    height: float
    draw: Callable[[float], None]
    """Draws it with its upper edge at the given height of the page."""
    keeps: bool = False
    head: Row | None = None
    """The head of the table that this row belongs to."""


def on_pages(rows: Sequence[Row], top: float, bottom: float) -> list[list[Row]]:
    """The rows on as few pages as they need, each page from `top` to `bottom`.

    A table that goes on has its head again. What is kept together and is higher than a page stands
    on a page of its own and passes its foot.
    """
    pages: list[list[Row]] = [[]]
    y = top
    for together in _kept_together(rows):
        if pages[-1] and y + sum(row.height for row in together) > bottom:
            pages.append([together[0].head] if together[0].head else [])
            y = top + sum(row.height for row in pages[-1])
        pages[-1] += together
        y += sum(row.height for row in together)
    return pages


def _kept_together(rows: Sequence[Row]) -> Iterator[list[Row]]:
    together: list[Row] = []
    for row in rows:
        together.append(row)
        if not row.keeps:
            yield together
            together = []
    if together:
        yield together


def draw_page(rows: Sequence[Row], top: float) -> None:
    """Draw the rows of one page, the first at `top`."""
    y = top
    for row in rows:
        row.draw(y)
        y += row.height
