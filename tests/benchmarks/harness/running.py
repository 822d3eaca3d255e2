"""Runs the sides of a line in turn, and says how their figures compare."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.benchmarks.harness.line import OURS, Line, NotToBeHad, Place, Row, Side, Size

Samples = dict[str, dict[str, list[float]]]
"""By row, then by side: a figure for each run, in the order of the runs."""


@dataclass(frozen=True)
class Spread:
    """The median of some figures, the least and the most of them."""

    median: float
    least: float
    most: float


def spread(figures: Sequence[float]) -> Spread:
    """What is said of several runs."""
    return Spread(statistics.median(figures), min(figures), max(figures))


def ratios(ours: Sequence[float], beside: Sequence[float]) -> list[float]:
    """Ours over the other, run by run: what slows a pair down stands on both sides of its ratio."""
    return [one / other for one, other in zip(ours, beside, strict=True) if other]


def measure(line: Line, size: Size, folder: Path) -> dict[str, Any]:
    """Run a line, and return what is kept of it as plain values for JSON.

    The sides take turns, and who begins changes with every turn, so that a machine that gets slower
    meanwhile is nobody's advantage.
    """
    begun, load = perf_counter(), os.getloadavg()[0]
    samples: Samples = {row.key: {} for row in line.rows}
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f"{line.name}-", dir=folder))
    try:
        with line.sides(Place(place, size)) as sides:
            absent = _in_turn(line, sides, samples)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return {
        "name": line.name,
        "note": line.note,
        "limit": line.limit,
        "size": size,
        "runs": line.runs,
        "measured_at": datetime.now(UTC).isoformat(timespec="minutes"),
        "load": [round(load, 2), round(os.getloadavg()[0], 2)],
        "seconds": round(perf_counter() - begun, 1),
        "rows": [_row(row, samples[row.key], absent) for row in line.rows],
    }


def _in_turn(line: Line, sides: Mapping[str, Side], samples: Samples) -> dict[str, str]:
    """Run all sides, and say why which of them could not be run at all."""
    order, absent = [OURS, *line.beside], dict[str, str]()
    for turn in range(line.runs):
        for name in _turned(order, turn):
            try:
                if name not in absent:
                    _note(samples, name, sides[name]())
            except NotToBeHad as reason:
                absent[name] = str(reason)
    return absent


def _turned(order: Sequence[str], turn: int) -> list[str]:
    first = turn % len(order)
    return [*order[first:], *order[:first]]


def _note(samples: Samples, side: str, figures: Mapping[str, float]) -> None:
    for key, figure in figures.items():
        samples[key].setdefault(side, []).append(figure)


def _row(row: Row, sides: Mapping[str, list[float]], absent: Mapping[str, str]) -> dict[str, Any]:
    """A row with every figure, so that whoever doubts a median has what it is the median of."""
    ours = sides[OURS]
    others = {name: figures for name, figures in sides.items() if name != OURS}
    goals = {goal.beside: goal.most for goal in row.goals}
    return {
        "key": row.key,
        "what": row.what,
        "unit": row.unit,
        "ours": _told(ours),
        "goal": goals.get(""),
        "beside": [
            {
                "name": name,
                **_told(figures),
                "ratio": _told(ratios(ours, figures)) if all(figures) else None,
                "goal": goals.get(name),
            }
            for name, figures in others.items()
            if name not in absent
        ],
        "absent": [
            {"name": name, "reason": why, "goal": goals.get(name)} for name, why in absent.items()
        ],
    }


def _told(figures: Sequence[float]) -> dict[str, Any]:
    found = spread(figures)
    return {
        "median": found.median,
        "least": found.least,
        "most": found.most,
        "figures": list(figures),
    }
