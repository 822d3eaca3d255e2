"""Every line of the table, in its order."""

from __future__ import annotations

from tests.benchmarks.harness.line import Line, Size
from tests.benchmarks.lines import (
    backup,
    batch,
    deeds,
    growth,
    imports,
    number,
    search,
    sessions,
    signs,
    start,
    taps,
    terminals,
    verify,
)

_FILES = (
    start,
    sessions,
    taps,
    signs,
    batch,
    deeds,
    search,
    number,
    verify,
    imports,
    backup,
    terminals,
    growth,
)


def every_line(size: Size) -> list[Line]:
    """The lines with what is measured at this size."""
    return [line for file in _FILES for line in file.lines(size)]
