"""What the fold does not cover: the program's own list, with a reason for each line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.models import Base
from kiosk.models.about import NotInLog, Projected, Proved

COUNTED: Final = "a number that the database counts up: it may be any, in the order of the log"


@dataclass(frozen=True)
class NotCovered:
    """A table, or a column of one (``table.column``), that nothing is held against, and why.

    Of a column it may be some rows alone, which stand after a comma.
    """

    name: str
    why: str


def not_covered() -> tuple[NotCovered, ...]:
    """Every line, in the order of the alphabet."""
    lines = (line for table in Base.tables() for line in _of(table))
    return tuple(sorted(lines, key=lambda each: each.name))


def _of(table: type[Base]) -> Iterator[NotCovered]:
    name, logged = table.__tablename__, table.logged
    if isinstance(logged, NotInLog):
        yield NotCovered(name, logged.why)
    if isinstance(logged, Projected | Proved):
        for column, why in logged.unproved.items():
            yield NotCovered(f"{name}.{column}", why)
    if isinstance(logged, Proved):
        for what, why in logged.believed.items():
            yield NotCovered(f"{name}.{what}", why)
    if isinstance(logged, Projected) and logged.counted:
        yield NotCovered(f"{name}.{logged.counted}", COUNTED)
