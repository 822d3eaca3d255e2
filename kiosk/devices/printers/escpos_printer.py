"""Slips: printers that speak ESC/POS, on a network, USB or serial line.

A slip is a picture, never text: the Chinese code pages of such printers cannot be relied on, and
a picture cannot carry commands. It goes out in bands, and after each the printer is asked how it
is (DLE EOT), so that paper that runs out is known while the printer can still answer. The last
command asks for the paper sensor in the order of printing (GS r): its answer says that everything
before it is on paper. Commands and status bits by Epson's ESC/POS reference; the commands
themselves come from python-escpos.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from PIL import Image

from kiosk.devices.connection import Connection, remaining
from kiosk.devices.printers import Form, Media, PaperJob, PrinterFault, PrinterJobState, Reason

RasterCommand = Literal["bitImageRaster", "bitImageColumn"]
"""GS v 0, which nearly all printers know, or ESC * for those that do not."""

DOTS: Final[dict[Media, int]] = {"58": 384, "80": 576}
"""Printable dots across at 203 dots per inch (8 a millimetre)."""

_BAND_ROWS: Final = 48
"""A multiple of 24 for ESC *; a band stays under 4 KiB, which every printer can buffer."""

_WRITE_SECONDS: Final = 5.0
_STATUS_SECONDS: Final = 1.0
_END_SECONDS: Final = 10.0
"""A ready printer that does not answer GS r within this does not know the command."""

_STATUS = b"\x10\x04"
_CLEAR_BUFFERS = b"\x10\x05\x02"
_INITIALISE = b"\x1b@\x1da\x00"
"""Initialise, and no status that was not asked for."""
_END_OF_PAPER = b"\x1dr\x01"


@dataclass
class _Running:
    """The one job that the printer works on."""

    device_job: str
    sent_at: float = 0.0
    outcome: PrinterJobState | None = None


class EscposPrinter:
    """One slip printer. The line is open only while a slip is on its way."""

    def __init__(
        self,
        name: str,
        dial: Callable[[], Connection],
        raster: RasterCommand = "bitImageRaster",
        answers: bool = True,
    ) -> None:
        """`dial` opens the line; `answers` is False for a line that only leads to the printer."""
        self._name = name
        self._dial = dial
        self._raster: RasterCommand = raster
        self._answers = answers
        self._line: Connection | None = None
        self._job: _Running | None = None
        self._ended = False
        self._fragment_in_the_slot = False

    @property
    def name(self) -> str:
        """The name in the settings."""
        return self._name

    @property
    def takes(self) -> Form:
        """A picture."""
        return "raster"

    def submit(self, job: PaperJob) -> str:
        """Send a slip; a trouble on the way is the job's state, a trouble before it a fault."""
        bands = list(self._bands(job))
        line = self._open()
        if trouble := self._trouble(line):
            self._hang_up()
            raise PrinterFault(trouble)
        self._job = _Running(secrets.token_hex(8))
        self._job.outcome = self._send(line, bands)
        self._job.sent_at = time.monotonic()
        self._settle()
        return self._job.device_job

    def state(self, device_job: str) -> PrinterJobState:
        """Where the slip stands."""
        if self._job is None or self._job.device_job != device_job:
            return PrinterJobState("failed", "lost")
        if self._job.outcome is None and self._line is not None:
            self._job.outcome = self._followed(self._line, self._job.sent_at)
            self._settle()
        return self._job.outcome or PrinterJobState("printing")

    def cancel(self, device_job: str) -> None:
        """Drop what the printer has not printed yet, where it can."""
        if self._job and self._job.device_job == device_job and not self._job.outcome:
            self._job.outcome = PrinterJobState("failed", "cancelled")
            self._settle()

    def problems(self) -> tuple[Reason, ...]:
        """What the printer's sensors say; of one that cannot answer, whether its line opens."""
        was_open = self._line is not None
        try:
            trouble = self._trouble(self._open())
        except PrinterFault as fault:
            trouble = fault.reason
        if not was_open:
            self._hang_up()
        return (trouble,) if trouble else ()

    def _bands(self, job: PaperJob) -> Iterator[bytes]:
        """The slip's commands, cut where the printer may be asked how it is."""
        picture = _picture(job)
        commands = _commands()
        for _ in range(job.copies):
            for top in range(0, picture.height, _BAND_ROWS):
                bottom = min(top + _BAND_ROWS, picture.height)
                commands.image(picture.crop((0, top, picture.width, bottom)), impl=self._raster)
                yield _taken(commands)
            commands.cut()
            yield _taken(commands)

    def _open(self) -> Connection:
        if self._line is None:
            try:
                self._line = self._dial()
            except OSError as trouble:
                raise PrinterFault("offline") from trouble
        return self._line

    def _send(self, line: Connection, bands: list[bytes]) -> PrinterJobState | None:
        """Send all; the outcome when it is known already."""
        try:
            line.write(_INITIALISE + self._cut_off_fragment(), _WRITE_SECONDS)
            for band in bands:
                line.write(band, _WRITE_SECONDS)
                if trouble := self._trouble(line):
                    return PrinterJobState("failed", trouble)
            line.write(_END_OF_PAPER if self._answers else b"", _WRITE_SECONDS)
        except OSError:
            return PrinterJobState("failed", "offline")
        return None if self._answers else PrinterJobState("done", "unconfirmed")

    def _cut_off_fragment(self) -> bytes:
        """A cut, when a slip that failed half-way may still hang in the printer."""
        self._ended = False
        if not self._fragment_in_the_slot:
            return b""
        self._fragment_in_the_slot = False
        commands = _commands()
        commands.cut()
        return _taken(commands)

    def _followed(self, line: Connection, sent_at: float) -> PrinterJobState | None:
        """The outcome once the printer told it; everything was sent at `sent_at`."""
        try:
            self._listen(line, 0.0)
            trouble = "" if self._ended else self._trouble(line)
        except OSError:
            return PrinterJobState("failed", "lost")
        if self._ended:
            return PrinterJobState("done")
        if trouble:
            return PrinterJobState("failed", "lost" if trouble == "offline" else trouble)
        if time.monotonic() - sent_at > _END_SECONDS:
            return PrinterJobState("done", "unconfirmed")
        return None

    def _settle(self) -> None:
        """Close the line when the job is over; a failed one leaves nothing in the printer."""
        outcome = self._job.outcome if self._job else None
        if outcome is None:
            return
        if outcome.phase == "failed":
            self._fragment_in_the_slot = True
            self._try_to_clear()
        self._hang_up()

    def _try_to_clear(self) -> None:
        try:
            if self._line and self._answers:
                self._line.write(_CLEAR_BUFFERS, _STATUS_SECONDS)
        except OSError:
            return

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _trouble(self, line: Connection) -> Reason:
        """What keeps the printer from printing, by DLE EOT 2, 3 and 4; empty when nothing does."""
        if not self._answers:
            return ""
        try:
            return self._asked_trouble(line)
        except OSError:
            return "offline"

    def _asked_trouble(self, line: Connection) -> Reason:
        offline = self._ask(line, 2)
        if offline is None:
            return "offline"
        if offline & 0x04:
            return "cover_open"
        paper = self._ask(line, 4)
        if offline & 0x20 or (paper or 0) & 0x60:
            return "out_of_paper"
        if offline & 0x40:
            return "paper_jam" if (self._ask(line, 3) or 0) & 0x08 else "stopped"
        return ""

    def _ask(self, line: Connection, what: int) -> int | None:
        """The status byte `what` of DLE EOT, or None when no answer comes."""
        self._listen(line, 0.0)
        line.write(_STATUS + bytes([what]), _STATUS_SECONDS)
        deadline = time.monotonic() + _STATUS_SECONDS
        while (left := remaining(deadline)) > 0:
            if (answer := self._listen(line, left)) is not None:
                return answer
        return None

    def _listen(self, line: Connection, seconds: float) -> int | None:
        """The last real-time status among what came; notes an answer to GS r in passing.

        Fixed bits tell the two apart: bits 1 and 4 are set in a real-time status, bit 4 is clear
        in the paper sensor's.
        """
        came = line.read(seconds)
        self._ended = self._ended or any(byte & 0x90 == 0 for byte in came)
        return next((byte for byte in reversed(came) if byte & 0x93 == 0x12), None)


def _picture(job: PaperJob) -> Image.Image:
    """The slip's picture, 1 bit a dot and no wider than the paper."""
    width = DOTS.get(job.media)
    if job.raster is None or width is None:
        raise PrinterFault("wrong_format")
    try:
        picture = Image.open(io.BytesIO(job.raster)).convert("1", dither=Image.Dither.NONE)
    except OSError as trouble:
        raise PrinterFault("wrong_format") from trouble
    if picture.width > width:
        raise PrinterFault("paper_size")
    return picture


def _commands() -> Any:
    """A python-escpos printer that only writes commands down."""
    # Imported here because it reads a large table; only a hall with a slip printer needs it.
    from escpos import capabilities
    from escpos.printer import Dummy

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        # WORKAROUND(python-escpos 3.1): each start leaves a new folder in the temporary directory.
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    commands = Dummy()
    # A known width, or it prints a warning for every band.
    commands.profile.profile_data = {
        **commands.profile.profile_data,
        "media": {"width": {"pixels": max(DOTS.values())}},
    }
    return commands


def _taken(commands: Any) -> bytes:
    written = bytes(commands.output)
    commands.clear()
    return written
