"""Printers: what every driver promises, and the reasons a printer can give.

A driver is used by one thread at a time. No call blocks longer than its timeouts (a few seconds);
following a job to its end is the caller's matter, who asks `state` every 500 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from kiosk.core.errors import EnvironmentFault

Media = Literal["A3", "A4", "A5", "58", "80"]
Form = Literal["pdf", "raster"]
Phase = Literal["queued", "printing", "done", "failed"]
Reason = Literal[
    "",
    "out_of_paper",
    "cover_open",
    "paper_jam",
    "ink_empty",
    "stopped",
    "offline",
    "password",
    "certificate",
    "refused",
    "cancelled",
    "paper_size",
    "wrong_format",
    "folder_not_writable",
    "not_found",
    "lost",
    "unconfirmed",
    "unknown",
]
REASONS: tuple[Reason, ...] = get_args(Reason)

CONNECT_SECONDS = 3.0
"""How long any driver waits for a connection, or for a printer that has stopped answering."""


@dataclass(frozen=True)
class PaperJob:
    """One paper, ready for a printer: a PDF for sheets, a 1-bit PNG for slips."""

    title: str
    """Shown in the printer's own queue: neutral, never a person's name."""
    pdf: bytes | None
    raster: bytes | None
    media: Media
    copies: int = 1


@dataclass(frozen=True)
class PrinterJobState:
    """Where a job stands. A reason beside ``queued`` or ``printing`` is what it waits for.

    ``done`` with the reason ``unconfirmed`` comes from a printer that cannot answer: everything
    was handed over, and only a person can see the paper. ``failed`` with the reason ``lost`` says
    that nobody can tell whether the paper came out; all other failures left no whole paper.
    `sheets` are those that came out whole, as far as the printer counts them; 0 where nobody does.
    """

    phase: Phase
    reason: Reason = ""
    sheets: int = 0


class PrinterFault(EnvironmentFault):
    """The printer took nothing of the job, so that handing it in again doubles nothing.

    Its sentence is ``error.printer_fault``; the print queue shows the reason's own.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__("printer_fault", reason)
        self.reason: Reason = reason


class Printer(Protocol):
    """What the print queue asks of a driver."""

    @property
    def name(self) -> str:
        """The printer as the keeper knows it, e.g. ``cups:Office``."""
        ...

    @property
    def takes(self) -> Form:
        """What the printer wants a paper as."""
        ...

    def submit(self, job: PaperJob) -> str:
        """Hand in `job` and return the device's own job id.

        Raises:
            PrinterFault: nothing was handed in.
        """
        ...

    def state(self, device_job: str) -> PrinterJobState:
        """Where the job stands; ``printing`` with a reason while the printer cannot be asked."""
        ...

    def cancel(self, device_job: str) -> None:
        """Take the job back as far as the device can; harmless when it is over or not known."""
        ...

    def problems(self) -> tuple[Reason, ...]:
        """What a person should see to at the printer now; empty when it is ready."""
        ...
