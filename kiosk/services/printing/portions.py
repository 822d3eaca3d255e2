"""Door signs, or visit sheets, that go to a printer together: in one file their fonts stand once.

Each keeps its own job, and what became of it is told sheet by sheet; several signs can be on one.
So that one is found in its file after a restart, its sheet stands behind the printer's number of
the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.devices.printers import PrinterJobState
from kiosk.services.printing.media import QueuedMedia, same_kind, sheets_of
from kiosk.services.printing.papers import Order, PaperKind

MOST_SHEETS: Final = 20
"""So many are drawn in a tenth of a second, and are looked through at a door in a few minutes."""

_TOGETHER: Final[tuple[PaperKind, ...]] = ("door_sign", "visit_sheet")

Fate = Literal["out", "doubtful", "not_out", "open"]


def go_together(before: Sequence[Order], paper: PaperKind, media: QueuedMedia) -> bool:
    """Whether such a paper, which is behind others in the queue, may be in one file with them.

    A file of so many papers ends with a whole sheet.
    """
    if not before:
        return True
    first, papers = before[0], [each.media for each in before]
    if first.paper != paper or paper not in _TOGETHER or not same_kind(first.media, media):
        return False
    sheets = sheets_of([*papers, media])
    return len(before) < MOST_SHEETS or sheets[-1] == sheets[-2]


def kept(device_job: str, sheet: int, alone: bool) -> str:
    """What a job remembers of the file that it is in: on which `sheet`, from 0, unless `alone`."""
    return device_job if alone else f"{device_job} {sheet}"


def file_of(remembered: str) -> str:
    """The printer's own number of the file."""
    return remembered.partition(" ")[0]


def sheet_of(remembered: str) -> int | None:
    """The sheet of the file; None of a paper that was alone in it."""
    return int(remembered.partition(" ")[2]) if " " in remembered else None


@dataclass
class Portion:
    """What a printer is busy with: the jobs that are not over, and their sheets in its file."""

    jobs: dict[int, int]
    alone: bool = True
    """Whether the file is one paper, of however many sheets."""

    @property
    def first(self) -> int | None:
        """The job of the first sheet that is not over."""
        return min(self.jobs, key=lambda job: (self.jobs[job], job), default=None)

    def fates(self, found: PrinterJobState) -> Mapping[int, Fate]:
        """What became of each job, in the printer's words.

        A printer that gave up in the middle of a file has counted the sheets before. Whether the
        next one came out nobody knows, unless there was no paper for it; nor, of a printer that
        counts none, of any.
        """
        if found.phase == "done":
            return dict.fromkeys(self.jobs, "out")
        if self.alone:
            over: Fate = "not_out" if found.phase == "failed" else "open"
            return dict.fromkeys(self.jobs, over)
        return {job: self._fate(sheet, found) for job, sheet in self.jobs.items()}

    def _fate(self, sheet: int, found: PrinterJobState) -> Fate:
        if sheet < found.sheets:
            return "out"
        if found.phase != "failed":
            return "open"
        if not found.sheets:
            return "doubtful"
        stuck = sheet == found.sheets and found.reason != "out_of_paper"
        return "doubtful" if stuck else "not_out"
