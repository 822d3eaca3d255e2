"""A line of the table: what is measured, what stands beside it, and what is to be reached.

Every figure is a cost: less is better, and a ratio is ours divided by what stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Size = Literal["quick", "whole"]
"""Small sizes only show that each line runs; the figures that count are of the whole sizes."""

OURS = "ours"
Side = Callable[[], Mapping[str, float]]
"""One run of one side: a figure for each row that it has one for.

A side other than ours may raise `NotToBeHad`; the table then says so, and the line goes on."""


class NotToBeHad(Exception):
    """What stands beside ours cannot be run here; its text says why, for the table."""


@dataclass(frozen=True)
class Goal:
    """Ours is at most `most` times what stands `beside` it; without that, at most `most`."""

    most: float
    beside: str = ""


@dataclass(frozen=True)
class Row:
    """One figure of a line, by the key under which the sides give it."""

    key: str
    what: str
    unit: str
    goals: Sequence[Goal] = ()


@dataclass(frozen=True)
class Place:
    """What a line is given: a folder of its own, gone afterwards, and the size."""

    folder: Path
    size: Size


@dataclass(frozen=True, kw_only=True)
class Line:
    """Figures that are measured together, each side `runs` times, in turn with the others."""

    name: str
    rows: Sequence[Row]
    beside: Sequence[str]
    """The sides other than ours."""
    sides: Callable[[Place], AbstractContextManager[Mapping[str, Side]]]
    runs: int
    limit: str = ""
    """Which of `beside` is no program that people would use, but the least that there can be."""
    note: str = ""
    """How it is measured, in a sentence or two."""

    def __post_init__(self) -> None:
        named = {goal.beside for row in self.rows for goal in row.goals if goal.beside}
        if strangers := (named | ({self.limit} - {""})) - set(self.beside):
            raise ValueError(f"{self.name}: nothing called {strangers} stands beside it")
