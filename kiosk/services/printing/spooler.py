"""The spooler takes papers from the queue to the printers and follows each to its end.

One step is: claim a paper and write that down, render it, hand it in, write the device's job id
down, ask how it goes, write down what changed. A step writes *before* the printer gets anything,
so that a power cut leaves ``sending``, which becomes ``unknown`` at the next start and is never
doubled in silence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, Literal

from sqlalchemy import select

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.shift import Shift
from kiosk.devices.printers import PaperJob, Printer, PrinterFault, PrinterJobState
from kiosk.devices.printers.choice import NoPrinter, printer_for
from kiosk.models.printing import PrintJob
from kiosk.services.printing import offset
from kiosk.services.printing.claims import Claim, claimed, first, rest_of, there
from kiosk.services.printing.in_hand import called_off, in_hand
from kiosk.services.printing.media import ROLLS, SHEETS, QueuedMedia, sheets_of
from kiosk.services.printing.papers import rendered, sheets_together
from kiosk.services.printing.portions import Fate, Portion, file_of, kept
from kiosk.services.printing.queue import (
    COPY_IS_KEPT,
    Phase,
    finish,
    paper_queued,
    state,
)
from kiosk.services.village import Village
from kiosk.services.work import reading

Tray = Literal["sign", "slip"]
TRAYS: Final[dict[Tray, tuple[QueuedMedia, ...]]] = {"sign": SHEETS, "slip": ROLLS}

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
    portion: Portion = field(default_factory=lambda: Portion({}))
    private: bool = False
    """Whether the paper is a copy of somebody's data, which waits for nobody for long."""
    device_job: str = ""
    state: PrinterJobState | None = None
    not_before: float = 0.0
    tries: dict[int, int] = field(default_factory=dict)


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
        if not channel.portion.jobs:
            self._take_up(channel, tray)
        if channel.portion.jobs:
            self._follow(channel)
        return bool(channel.portion.jobs)

    def _take_up(self, channel: _Channel, tray: Tray) -> None:
        """Go on with a paper of an earlier life, or begin the next one."""
        with reading(self._village) as work:
            next_in = partial(first, work, TRAYS[tray])
            under_way = next_in("printing")
            if under_way is not None:
                channel.device_job = file_of(under_way.device_job)
                channel.portion = rest_of(work.session, under_way)
                channel.private = under_way.paper == "data_copy"
                return
            if time.monotonic() < channel.not_before or next_in("waiting") is None:
                return
        self._begin(channel, tray)

    def _begin(self, channel: _Channel, tray: Tray) -> None:
        claims = self._claimed_together(tray)
        paper, drawn = self._drawn(channel, claims)
        if paper is not None:
            channel.private = drawn[0].order.paper == "data_copy"
            sheets = sheets_of([each.order.media for each in drawn])
            jobs = [each.job_id for each in drawn]
            self._hand_in(channel, dict(zip(jobs, sheets, strict=True)), paper)

    def _claimed_together(self, tray: Tray) -> list[Claim]:
        """The next paper, and of door signs those behind it, each written down by itself.

        So nobody who hands something in meanwhile waits for more than one of them.
        """
        claims: list[Claim] = []
        taken = partial(claimed, self._village, TRAYS[tray], ended=self._on_change)
        while claim := taken(claims):
            claims.append(claim)
            self._on_change(claim.job_id)
        return claims

    def _drawn(self, channel: _Channel, claims: list[Claim]) -> tuple[PaperJob | None, list[Claim]]:
        """The papers in one file; one that cannot be drawn ends, and the others go without it."""
        try:
            if len(claims) > 1:
                title = f"{claims[0].order.paper} {claims[0].job_id}-{claims[-1].job_id}"
                return sheets_together(
                    [each.order for each in claims], title, self._shift()
                ), claims
        except ExpectedError:
            pass
        except Exception:
            self._end(channel, [each.job_id for each in claims], "failed", "bug")
            raise
        drawn = [(paper, each) for each in claims if (paper := self._rendered(channel, each))]
        if 1 < len(drawn) < len(claims):
            return self._drawn(channel, [each for _, each in drawn])
        return (drawn[0][0], [drawn[0][1]]) if drawn else (None, [])

    def _rendered(self, channel: _Channel, claim: Claim) -> PaperJob | None:
        try:
            title = f"{claim.order.paper} {claim.job_id}"
            return rendered(claim.order, channel.printer.takes, title, self._shift())
        except ExpectedError as refusal:
            self._end(channel, [claim.job_id], "failed", refusal.code)
        except Exception:
            self._end(channel, [claim.job_id], "failed", "bug")
            raise
        return None

    def _shift(self) -> Shift:
        return offset.shift(self._village)

    def _hand_in(self, channel: _Channel, sheets: dict[int, int], paper: PaperJob) -> None:
        """Hand in the papers, of which each has its sheet, and write the device's job id down."""
        jobs = list(sheets)
        try:
            device_job = channel.printer.submit(paper)
        except PrinterFault as fault:
            self._put_off(channel, jobs, fault)
            return
        except Exception:
            self._end(channel, jobs, "unknown", "bug")
            raise
        channel.portion = Portion(sheets, alone=len(jobs) == 1)
        channel.device_job, channel.state = device_job, None
        event_log.record("paper_sent", job=jobs[0])
        self._note(jobs, "printing", "", channel)

    def _put_off(self, channel: _Channel, jobs: Sequence[int], fault: PrinterFault) -> None:
        """The printer took nothing: wait for better times, unless there are none."""
        called = self._called_off(jobs)
        self._end(channel, called, "failed", "called_off")
        left = [each for each in jobs if each not in called]
        if fault.reason not in TRY_AGAIN:
            self._end(channel, left, "failed", fault.reason)
        else:
            self._hold(channel, left, fault.reason)

    def _hold(self, channel: _Channel, jobs: Sequence[int], reason: str) -> None:
        """Back into the queue, for better times."""
        if not jobs:
            return
        self._note(jobs, "waiting", reason)
        self._leave(channel, jobs)
        channel.not_before = time.monotonic() + self._pause
        event_log.record("paper_held", job=jobs[0], reason=reason)

    def _called_off(self, jobs: Iterable[int]) -> list[int]:
        return [each for each in jobs if called_off.has(self._village, each)]

    def _follow(self, channel: _Channel) -> None:
        """Ask the printer, and write down what changed."""
        jobs = list(channel.portion.jobs)
        wanted_back = self._called_off(jobs)
        try:
            if wanted_back:
                channel.printer.cancel(channel.device_job)
            found = channel.printer.state(channel.device_job)
        except Exception:
            self._end(channel, jobs, "unknown", "bug")
            raise
        if wanted_back and found.phase != "done":
            self._take_back(channel, wanted_back, found)
            return
        if found.phase not in ("done", "failed") and self._is_late(channel):
            channel.printer.cancel(channel.device_job)
            self._end(channel, jobs, "failed", "copy_not_kept")
            return
        if found == channel.state:
            return
        channel.state = found
        fates = self._came_out(channel, found)
        if found.phase == "failed":
            self._failed(channel, fates, found.reason)
        elif still_open := fates["open"]:
            self._note(still_open, "printing", found.reason)

    def _came_out(self, channel: _Channel, found: PrinterJobState) -> dict[Fate, list[int]]:
        """End what is out; the jobs by what became of them."""
        fates: dict[Fate, list[int]] = {"out": [], "doubtful": [], "not_out": [], "open": []}
        for job_id, fate in channel.portion.fates(found).items():
            fates[fate].append(job_id)
        self._end(channel, fates["out"], "done", found.reason if found.phase == "done" else "")
        return fates

    def _take_back(
        self, channel: _Channel, wanted_back: Sequence[int], found: PrinterJobState
    ) -> None:
        """Papers that were called off: gone, or with a printer that cannot be asked for them.

        What was in one file with them went with them, and is printed in the next one.
        """
        if found.phase == "failed" and found.reason != "lost":
            fates = self._came_out(channel, found)
            self._end(channel, self._called_off(fates["not_out"]), "failed", "called_off")
            self._end(channel, fates["doubtful"], "unknown", "called_off")
            others = [each for each in fates["not_out"] if each not in wanted_back]
            self._hold(channel, others, "")
        elif found.reason in ("offline", "password", "certificate", "lost"):
            self._end(channel, list(channel.portion.jobs), "unknown", "lost")

    def _failed(self, channel: _Channel, fates: Mapping[Fate, Sequence[int]], reason: str) -> None:
        """What came out is known; try the rest again where a person can put it right."""
        if reason == "lost":
            self._end(channel, [*fates["doubtful"], *fates["not_out"]], "unknown", reason)
            return
        self._end(channel, fates["doubtful"], "unknown", reason)
        if reason not in TRY_AGAIN:
            self._end(channel, fates["not_out"], "failed", reason)
            return
        for job_id in fates["not_out"]:
            channel.tries[job_id] = channel.tries.get(job_id, 0) + 1
        given_up = [each for each in fates["not_out"] if channel.tries[each] >= _MOST_TRIES]
        self._end(channel, given_up, "failed", reason)
        self._hold(channel, [each for each in fates["not_out"] if each not in given_up], reason)

    def _is_late(self, channel: _Channel) -> bool:
        """Whether a copy of somebody's data is to come out no more: they have left by now."""
        job_id = channel.portion.first
        return bool(
            channel.private and job_id is not None and not in_hand.content(self._village, job_id)
        )

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

    def _end(self, channel: _Channel, jobs: Sequence[int], phase: Phase, reason: str) -> None:
        if not jobs:
            return
        if channel.private and channel.portion.first in jobs and phase == "done":
            until = self._village.clock.now() + COPY_IS_KEPT
            self._to_clear.append((until, channel.printer, channel.device_job))
        with self._village.write() as session:
            for job in there(session, jobs):
                finish(self._village, job, phase, reason)
        self._leave(channel, jobs)
        for job_id in jobs:
            channel.tries.pop(job_id, None)
            event_log.record("paper_ended", job=job_id, phase=phase, reason=reason)
            self._on_change(job_id)

    def _leave(self, channel: _Channel, jobs: Sequence[int]) -> None:
        """The printer is busy with these no more."""
        open_still = channel.portion.jobs.items()
        channel.portion.jobs = {each: sheet for each, sheet in open_still if each not in jobs}

    def _note(
        self, jobs: Sequence[int], phase: Phase, reason: str, at: _Channel | None = None
    ) -> None:
        with self._village.write() as session:
            for job in there(session, jobs):
                job.phase, job.reason = phase, reason
                if at is not None:
                    sheet = at.portion.jobs[job.id]
                    job.device_job = kept(at.device_job, sheet, at.portion.alone)
        for job_id in jobs:
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
