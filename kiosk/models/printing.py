"""The print queue: a paper is queued in the transaction that made it necessary.

What is erased takes its row along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, NotCopied, Proved
from kiosk.models.base import Base


class PrintJob(Base):
    """One paper on its way to a printer."""

    __tablename__ = "print_job"
    about = About(erased_by="papers", copied=NotCopied("a paper says what is written elsewhere"))
    logged = Proved(
        "all that a paper says is held against its entry",
        {
            "id": "a number, mostly that of its entry, to which what it prints is held",
            **dict.fromkeys(
                ("phase", "reason", "device_job", "terminal", "created_at", "finished_at"),
                "where a paper comes out, and when, gives and takes nothing",
            ),
            "duplicate": "a second print says so on the paper, and is the same paper",
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str] = mapped_column(String(20))
    """One of `services.printing.papers.PaperKind`."""
    reference: Mapped[str] = mapped_column(String(20), index=True)
    media: Mapped[str] = mapped_column(String(4))
    """A3, A4, A5, 58 or 80."""
    payload: Mapped[dict[str, Any]]
    """The paper's dataclass as plain values, without its QR text."""
    covers: Mapped[int | None]
    """The ledger entry that the paper's checkpoint must cover; None for a paper without one."""
    ledger_index: Mapped[int | None]
    """The entry that says what the paper says, its own; None for one that was never told."""
    note_lines: Mapped[list[Any]]
    """The extension lines of the checkpoint in the paper's QR."""
    qr_text: Mapped[str] = mapped_column(String(2000), default="")
    """Filled in once, after the entry was read back from disk."""
    phase: Mapped[str] = mapped_column(String(12), index=True)
    """waiting, sending, printing, done, failed or unknown (power went while sending)."""
    reason: Mapped[str] = mapped_column(String(30), default="")
    device_job: Mapped[str] = mapped_column(String(120), default="")
    duplicate: Mapped[bool] = mapped_column(default=False)
    terminal: Mapped[str] = mapped_column(String(40), default="hall")
    """Where it was asked for, and where it comes out."""
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
