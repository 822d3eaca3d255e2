"""The spooler takes papers from the queue to the printers and follows each to its end.

One step is: claim a paper and write that down, render it, hand it in, write the device's job id
down, ask how it goes, write down what changed. A step writes *before* the printer gets anything,
so that a power cut leaves ``sending``, which becomes ``unknown`` at the next start and is never
doubled in silence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.devices.printers import Media, PaperJob, Printer, PrinterFault, PrinterJobState
from kiosk.devices.printers.choice import NoPrinter, printer_for
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import log
from kiosk.services.printing import recorded
from kiosk.services.printing.in_hand import NOT_KEPT, called_off, in_hand
from kiosk.services.printing.marks import named
from kiosk.services.printing.papers import Order, PaperKind, rendered
from kiosk.services.printing.queue import (
    COPY_IS_KEPT,
    ROLLS,
    SHEETS,
    Phase,
    finish,
    paper_queued,
    state,
)
from kiosk.services.signing.signed_note import with_words
from kiosk.services.village import Village
from kiosk.services.work import Work

Tray = Literal["sign", "slip"]
TRAYS: Final[dict[Tray, tuple[Media, ...]]] = {"sign": SHEETS, "slip": ROLLS}

POLL_SECONDS: Final = 0.5
"""Design section 7: printing is followed to the end, polled every 500 ms."""
_IDLE_SECONDS: Final = 2.0
_TROUBLE_SECONDS: Final = 5.0
_MOST_TRIES: Final = 5
_ONE_PAPER_SECONDS: Final = 180.0

TRY_AGAIN: Final = frozenset(
    {
        *("out_of_paper", "cover_open", "paper_jam", "ink_empty"),
        *("stopped", "offline", "password", "certificate"),
    }
)
"""Reasons that a person at the printer puts right, after which the paper is tried again."""


@dataclass(kw_only=True)
class _Channel:
    """One printer and the paper that it is busy with."""

    printer: Printer
    job_id: int | None = None
    private: bool = False
    """Whether the paper is a copy of somebody's data, which waits for nobody for long."""
    device_job: str = ""
    state: PrinterJobState | None = None
    not_before: float = 0.0
    tries: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Claim:
    """A paper that this spooler has taken from the queue."""

    job_id: int
    order: Order


class Spooler:
    """Brings the papers of one village to its printers, in one thread."""

    def __init__(
        self,
        village: Village,
        printers: Mapping[Tray, Printer] | None = None,
        on_change: Callable[[int], None] | None = None,
        pause_seconds: float = _TROUBLE_SECONDS,
    ) -> None:
        """`printers` are those of the settings unless given; `on_change` is told job ids.

        A paper that its printer could not take is tried again after `pause_seconds`.
        """
        self._village = village
        self._given = printers or {}
        self._on_change = on_change or (lambda _: None)
        self._pause = pause_seconds
        self._channels: dict[Tray, _Channel] = {}
        self._to_clear: list[tuple[datetime, Printer, str]] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Settle what an earlier life left behind, and begin."""
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way; papers stay in the queue."""
        self._stopping.set()
        paper_queued.set()
        if self._thread is not None:
            self._thread.join(30)
        with self._lock:
            self._clear(at_once=True)

    def recover(self) -> None:
        """Settle what an earlier life left: follow what can be followed, own up to the rest."""
        here = PrintJob.terminal == self._village.settings.terminal
        with self._village.write() as session:
            for job in session.scalars(select(PrintJob).where(PrintJob.phase == "sending", here)):
                finish(self._village, job, "unknown", "power_went")
            came_out = select(PrintJob.device_job).where(
                PrintJob.paper == "data_copy", PrintJob.phase == "done", here
            )
            files = session.scalars(came_out).all()
        if self._village.settings.printers.sign == "file":
            with self._lock:
                for device_job in files:
                    self._channel("sign").printer.cancel(device_job)

    def problems(self, tray: Tray) -> tuple[str, ...]:
        """What somebody should see to at a printer; may take a few seconds."""
        with self._lock:
            return self._channel(tray).printer.problems()

    def step(self) -> bool:
        """Move every printer's paper on by one step; True while a paper is on its way.

        Trouble with one printer's paper does not hold up the other's; it is raised at the end.
        """
        busy, troubles = False, []
        with self._lock:
            for tray in TRAYS:
                try:
                    busy = self._step(tray) or busy
                except Exception as trouble:
                    troubles.append(trouble)
            self._clear()
        if troubles:
            raise troubles[0]
        return busy

    def _run(self) -> None:
        self._guarded(self.recover)
        while not self._stopping.is_set():
            paper_queued.clear()
            busy = self._guarded(self.step)
            paper_queued.wait(POLL_SECONDS if busy else _IDLE_SECONDS)

    def _guarded(self, action: Callable[[], object]) -> bool:
        """The thread outlives every trouble; a bug is logged, and its paper was given up."""
        try:
            return bool(action())
        except EnvironmentFault as fault:
            event_log.record("trouble", code=fault.code)
        except Exception as bug:
            event_log.record_bug(bug)
        self._stopping.wait(_TROUBLE_SECONDS)
        return False

    def _channel(self, tray: Tray) -> _Channel:
        if tray not in self._channels:
            settings = self._village.settings.printers
            setting = settings.sign if tray == "sign" else settings.slip
            printer = self._given.get(tray) or self._named(setting)
            self._channels[tray] = _Channel(printer=printer)
        return self._channels[tray]

    def _named(self, setting: str) -> Printer:
        try:
            return printer_for(setting, self._village.directory.spool)
        except EnvironmentFault:
            return NoPrinter(setting)

    def _step(self, tray: Tray) -> bool:
        channel = self._channel(tray)
        if channel.job_id is None:
            self._take_up(channel, tray)
        if channel.job_id is not None:
            self._follow(channel, channel.job_id)
        return channel.job_id is not None

    def _take_up(self, channel: _Channel, tray: Tray) -> None:
        """Go on with a paper of an earlier life, or begin the next one."""
        with self._village.read() as session:
            under_way = self._first(session, tray, "printing")
            if under_way is not None:
                channel.job_id, channel.device_job = under_way.id, under_way.device_job
                channel.private = under_way.paper == "data_copy"
                return
            if (
                time.monotonic() < channel.not_before
                or self._first(session, tray, "waiting") is None
            ):
                return
        self._begin(channel, tray)

    def _first(
        self, session: Session, tray: Tray, phase: Phase, for_update: bool = False
    ) -> PrintJob | None:
        """The oldest paper in `phase` of this terminal; skip what another process is taking."""
        question = select(PrintJob).where(
            PrintJob.phase == phase,
            PrintJob.terminal == self._village.settings.terminal,
            PrintJob.media.in_(TRAYS[tray]),
        )
        question = question.order_by(PrintJob.id).limit(1)
        if for_update:
            question = question.with_for_update(skip_locked=True)
        return session.scalar(question)

    def _begin(self, channel: _Channel, tray: Tray) -> None:
        claim = self._claimed(tray)
        if claim is None:
            return
        paper = self._rendered(channel, claim)
        if paper is not None:
            channel.private = claim.order.paper == "data_copy"
            self._hand_in(channel, claim.job_id, paper)

    def _claimed(self, tray: Tray) -> _Claim | None:
        """Write down that the next paper is being sent, with its QR text."""
        with self._village.write() as session:
            job = self._first(session, tray, "waiting", for_update=True)
            if job is None:
                return None
            job.phase = "sending"
            try:
                qr_text = self._qr_text(session, job)
            except EnvironmentFault as fault:
                finish(self._village, job, "failed", fault.code)
                event_log.record("paper_ended", job=job.id, phase="failed", reason=fault.code)
                self._on_change(job.id)
                return None
            paper, media = cast("PaperKind", job.paper), cast("Media", job.media)
            ready = in_hand.content(self._village, job.id) if paper == "data_copy" else b""
            payload = named(session, job.payload, job.payload.get("language", CHINESE))
            order = Order(
                paper=paper,
                media=media,
                payload=payload,
                qr_text=qr_text,
                duplicate=job.duplicate,
                ready=ready,
            )
            return _Claim(job.id, order)

    def _qr_text(self, session: Session, job: PrintJob) -> str:
        """The signed checkpoint, made once, or a card's token; a copy of one's data has none.

        Raises:
            EnvironmentFault: ``log_damaged``; ``paper_not_recorded``; ``card_not_kept`` and
                ``copy_not_kept`` when the program ended meanwhile, or its time was over.
        """
        if job.paper in NOT_KEPT:
            content = in_hand.content(self._village, job.id)
            if not content:
                raise EnvironmentFault(NOT_KEPT[job.paper])
            return content.decode() if job.paper == "enrolment_card" else ""
        if not job.qr_text and job.covers is not None:
            recorded.require(session, job)
            lines, work = tuple(job.note_lines), Work(session, self._village)
            note = log.sign_checkpoint(
                work, job.reference, job.covers, lines, paper=job.ledger_index
            )
            job.qr_text = with_words(job.payload.get("code_words", ()), note)
        return job.qr_text

    def _rendered(self, channel: _Channel, claim: _Claim) -> PaperJob | None:
        try:
            title = f"{claim.order.paper} {claim.job_id}"
            return rendered(claim.order, channel.printer.takes, title)
        except ExpectedError as refusal:
            self._end(channel, claim.job_id, "failed", refusal.code)
        except Exception:
            self._end(channel, claim.job_id, "failed", "bug")
            raise
        return None

    def _hand_in(self, channel: _Channel, job_id: int, paper: PaperJob) -> None:
        """Hand in, and write the device's job id down."""
        try:
            device_job = channel.printer.submit(paper)
        except PrinterFault as fault:
            self._put_off(channel, job_id, fault)
            return
        except Exception:
            self._end(channel, job_id, "unknown", "bug")
            raise
        event_log.record("paper_sent", job=job_id)
        channel.job_id, channel.device_job, channel.state = job_id, device_job, None
        self._note(job_id, "printing", "", device_job)

    def _put_off(self, channel: _Channel, job_id: int, fault: PrinterFault) -> None:
        """The printer took nothing: wait for better times, unless there are none."""
        if called_off.has(self._village, job_id):
            self._end(channel, job_id, "failed", "called_off")
            return
        if fault.reason not in TRY_AGAIN:
            self._end(channel, job_id, "failed", fault.reason)
            return
        channel.not_before = time.monotonic() + self._pause
        self._note(job_id, "waiting", fault.reason)
        event_log.record("paper_held", job=job_id, reason=fault.reason)

    def _follow(self, channel: _Channel, job_id: int) -> None:
        """Ask the printer, and write down what changed."""
        wanted_back = called_off.has(self._village, job_id)
        try:
            if wanted_back:
                channel.printer.cancel(channel.device_job)
            found = channel.printer.state(channel.device_job)
        except Exception:
            self._end(channel, job_id, "unknown", "bug")
            raise
        if wanted_back and found.phase != "done":
            self._take_back(channel, job_id, found)
            return
        if found.phase not in ("done", "failed") and self._is_late(channel, job_id):
            channel.printer.cancel(channel.device_job)
            self._end(channel, job_id, "failed", "copy_not_kept")
            return
        if found == channel.state:
            return
        channel.state = found
        if found.phase == "done":
            self._end(channel, job_id, "done", found.reason)
        elif found.phase == "failed":
            self._failed(channel, job_id, found.reason)
        else:
            self._note(job_id, "printing", found.reason)

    def _take_back(self, channel: _Channel, job_id: int, found: PrinterJobState) -> None:
        """A paper that was called off: gone, or with a printer that cannot be asked for it."""
        if found.phase == "failed" and found.reason != "lost":
            self._end(channel, job_id, "failed", "called_off")
        elif found.reason in ("offline", "password", "certificate", "lost"):
            self._end(channel, job_id, "unknown", "lost")

    def _failed(self, channel: _Channel, job_id: int, reason: str) -> None:
        """No whole paper came out; try again where a person at the printer can put it right."""
        if reason == "lost":
            self._end(channel, job_id, "unknown", reason)
            return
        tries = channel.tries.get(job_id, 0) + 1
        if reason not in TRY_AGAIN or tries >= _MOST_TRIES:
            self._end(channel, job_id, "failed", reason)
            return
        self._note(job_id, "waiting", reason)
        channel.job_id, channel.tries[job_id] = None, tries
        channel.not_before = time.monotonic() + self._pause
        event_log.record("paper_held", job=job_id, reason=reason)

    def _is_late(self, channel: _Channel, job_id: int) -> bool:
        """Whether a copy of somebody's data is to come out no more: they have left by now."""
        return channel.private and not in_hand.content(self._village, job_id)

    def _clear(self, at_once: bool = False) -> None:
        """Take the copies of people's data back that lie where a printer writes into a folder."""
        now = self._village.clock.now()
        waiting: list[tuple[datetime, Printer, str]] = []
        for until, printer, device_job in self._to_clear:
            if at_once or now >= until:
                printer.cancel(device_job)
            else:
                waiting.append((until, printer, device_job))
        self._to_clear = waiting

    def _end(self, channel: _Channel, job_id: int, phase: Phase, reason: str) -> None:
        if channel.private and channel.job_id == job_id and phase == "done":
            until = self._village.clock.now() + COPY_IS_KEPT
            self._to_clear.append((until, channel.printer, channel.device_job))
        with self._village.write() as session:
            if (job := session.get(PrintJob, job_id)) is not None:  # else it was erased meanwhile
                finish(self._village, job, phase, reason)
        channel.job_id = None
        channel.tries.pop(job_id, None)
        event_log.record("paper_ended", job=job_id, phase=phase, reason=reason)
        self._on_change(job_id)

    def _note(self, job_id: int, phase: Phase, reason: str, device_job: str | None = None) -> None:
        with self._village.write() as session:
            if (job := session.get(PrintJob, job_id)) is not None:  # else it was erased meanwhile
                job.phase, job.reason = phase, reason
                job.device_job = job.device_job if device_job is None else device_job
        self._on_change(job_id)


def print_next(village: Village, printers: Mapping[Tray, Printer] | None = None) -> int:
    """Print what is waiting, in this thread; for the command line. How many papers ended.

    Gives up waiting after three minutes; what is left stays in the queue.
    """
    ended: set[int] = set()

    def changed(job_id: int) -> None:
        if state(village, job_id).over:
            ended.add(job_id)

    spooler = Spooler(village, printers, changed)
    until = time.monotonic() + _ONE_PAPER_SECONDS
    pause = threading.Event()
    while time.monotonic() < until:
        count = len(ended)
        if not spooler.step() and len(ended) == count:
            break
        pause.wait(0.0 if len(ended) > count else POLL_SECONDS)
    return len(ended)
