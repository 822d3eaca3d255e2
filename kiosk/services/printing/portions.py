"""Door signs, or visit sheets, that go to a printer together: in one file their fonts stand once.

Each keeps its own job, and what became of it is told sheet by sheet. So that one is found in its
file after a restart, its place stands behind the printer's number of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.devices.printers import Media, PrinterJobState
from kiosk.services.printing.papers import Order, PaperKind

MOST_SHEETS: Final = 20
"""So many are drawn in a tenth of a second, and are looked through at a door in a few minutes."""

_TOGETHER: Final[tuple[PaperKind, ...]] = ("door_sign", "visit_sheet")

Fate = Literal["out", "doubtful", "not_out", "open"]


def go_together(order: Order, paper: PaperKind, media: Media) -> bool:
    """Whether such a paper, which is behind `order` in the queue, may be in one file with it."""
    return order.paper == paper and paper in _TOGETHER and order.media == media


def kept(device_job: str, place: int, sheets: int) -> str:
    """What a job remembers of the file that it is in: the `place`, from 0, of so many sheets."""
    return device_job if sheets == 1 else f"{device_job} {place}"


def file_of(remembered: str) -> str:
    """The printer's own number of the file."""
    return remembered.partition(" ")[0]


def place_of(remembered: str) -> int | None:
    """The place in the file; None of a paper that was alone in it."""
    return int(remembered.partition(" ")[2]) if " " in remembered else None


@dataclass
class Portion:
    """What a printer is busy with: the jobs that are not over, by their place in its file."""

    jobs: dict[int, int]
    alone: bool = True
    """Whether the file is one paper, of however many sheets."""

    @property
    def first(self) -> int | None:
        """The job of the first sheet that is not over."""
        return self.jobs[min(self.jobs)] if self.jobs else None

    def fates(self, found: PrinterJobState) -> Mapping[int, Fate]:
        """What became of each job, in the printer's words.

        A printer that gave up in the middle of a file has counted the sheets before. Whether the
        next one came out nobody knows, nor, of a printer that counts none, of any.
        """
        if found.phase == "done":
            return dict.fromkeys(self.jobs.values(), "out")
        if self.alone:
            over: Fate = "not_out" if found.phase == "failed" else "open"
            return dict.fromkeys(self.jobs.values(), over)
        return {job: self._fate(place, found) for place, job in self.jobs.items()}

    def _fate(self, place: int, found: PrinterJobState) -> Fate:
        if place < found.sheets:
            return "out"
        if found.phase != "failed":
            return "open"
        return "doubtful" if place == found.sheets or not found.sheets else "not_out"
