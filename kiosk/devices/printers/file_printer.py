"""A printer that writes into a folder: the demo's, so that the first run shows the paper."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.devices.printers import Form, PaperJob, PrinterFault, PrinterJobState, Reason

_PAPER = re.compile(r"[0-9a-f]{16}\.(?:pdf|png)|\.[0-9a-f]{16}\.(?:pdf|png)\.part")
"""A paper, or the draft of one that a power cut left."""


@dataclass(frozen=True)
class FilePrinter:
    """Writes each paper whole or not at all; a paper is done once it is on the disk."""

    folder: Path

    @property
    def name(self) -> str:
        """The name in the settings."""
        return "file"

    @property
    def takes(self) -> Form:
        """A PDF."""
        return "pdf"

    def submit(self, job: PaperJob) -> str:
        """Write the PDF, or the picture of a slip without one; the id is the file's name."""
        content, ending = (job.pdf, "pdf") if job.pdf is not None else (job.raster, "png")
        if content is None:
            raise PrinterFault("wrong_format")
        device_job = f"{secrets.token_hex(8)}.{ending}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self.folder / device_job, content)
        except OSError as trouble:
            raise PrinterFault("folder_not_writable") from trouble
        return device_job

    def path(self, device_job: str) -> Path:
        """Where the paper of `device_job` stands, to be shown on the screen."""
        return self.folder / Path(device_job).name

    def state(self, device_job: str) -> PrinterJobState:
        """Done as long as the file is there."""
        if self.path(device_job).is_file():
            return PrinterJobState("done")
        return PrinterJobState("failed", "lost")

    def clear(self, before: datetime) -> int:
        """Remove the papers that were written before a moment; how many there were.

        What else lies in the folder is left alone.

        Raises:
            OSError: the folder cannot be written.
        """
        old = [
            each
            for each in self.folder.glob("*")
            if _PAPER.fullmatch(each.name) and each.stat().st_mtime < before.timestamp()
        ]
        for each in old:
            each.unlink(missing_ok=True)
        return len(old)

    def cancel(self, device_job: str) -> None:
        """The paper was done at once; taken back, it is gone from the folder."""
        if device_job:
            self.path(device_job).unlink(missing_ok=True)

    def problems(self) -> tuple[Reason, ...]:
        """A folder that cannot be written, while it exists."""
        writable = not self.folder.exists() or os.access(self.folder, os.W_OK | os.X_OK)
        return () if writable else ("folder_not_writable",)


def _write_whole(target: Path, content: bytes) -> None:
    """Write, flush to the disk, rename, and flush the folder: a power cut leaves no half."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
