"""What has to happen while nobody touches the screen: deadlines, backups, checkpoints."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.core import event_log
from kiosk.core.clock import village_day
from kiosk.core.errors import EnvironmentFault
from kiosk.devices.printers.file_printer import FilePrinter
from kiosk.services.access import office_pauses
from kiosk.services.access.card_desk import note_blocked
from kiosk.services.access.first_pin import end_unfetched
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.differences.reading import forget_old
from kiosk.services.households.events import carry_out_due
from kiosk.services.ledger import last_head
from kiosk.services.my_data.erasure import carry_out_wishes
from kiosk.services.open_days import write_law_days
from kiosk.services.perks.redemptions import refund_overdue
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.retry import retry_on_conflict
from kiosk.services.rule_changes.changes import move_due
from kiosk.services.stars import timely
from kiosk.services.upkeep import backup_places, clock_check, fire_drill
from kiosk.services.upkeep.backup import back_up
from kiosk.services.village import Village
from kiosk.services.wallet.lots import end_over

TICK_SECONDS = 60
BACKUP_EVERY = timedelta(days=1)
PAPERS_KEPT = timedelta(days=14)
"""How long the file printer's papers lie in the spool; they can be printed again from the queue."""
SECOND_TRY_EVERY = timedelta(hours=1)
"""How often a stick that was missing is looked for, and only then."""

_BY_THE_CLOCK: Final[tuple[Callable[[Village], object], ...]] = (
    carry_out_due,
    tick,
    move_due,
    timely.move_due,
    refund_overdue,
    carry_out_wishes,
    end_unfetched,
    note_blocked,
    forget_old,
    office_pauses.move_due,
    write_law_days,
)
"""What time alone moves, in the order in which it is made."""


class Caretaker:
    """Looks after one village in a thread of its own, from start to close."""

    def __init__(self, village: Village) -> None:
        self._village = village
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._doubt: clock_check.ClockFault | None = None
        self._trusted = False
        self._points_ended_on: date | None = None

    def start(self) -> None:
        """Begin: first at once, then each minute."""
        self._thread = threading.Thread(target=self._run, name="caretaker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and make the closing backup."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(TICK_SECONDS)
        self._guarded(lambda: last_head.remember(self._village))
        if self._village.database.is_sqlite:
            self._guarded(lambda: back_up(self._village))

    def step(self) -> None:
        """Make every move whose time has come; this week's checkpoint; today's backup."""
        for duty in self._duties():
            duty()

    def look_after(self) -> None:
        """As `step`, once; what fails is noted for the keeper and keeps nothing else back."""
        for duty in self._duties():
            self._guarded(duty)

    def _duties(self) -> tuple[Callable[[], object], ...]:
        return (
            lambda: last_head.remember(self._village),
            self._look_at_the_clock,
            *(partial(self._when_due, each) for each in _BY_THE_CLOCK),
            self._end_points,
            self._clear_spool,
            lambda: retry_on_conflict(queue_checkpoint, self._village),
            self._back_up_if_due,
            self._drill_if_due,
        )

    def _look_at_the_clock(self) -> None:
        """Whether it is doubted; the keeper is told, once."""
        self._trusted = False
        doubt = clock_check.doubt(self._village)
        if doubt != self._doubt:
            self._doubt = doubt
            if doubt is not None:
                event_log.record("clock_doubted", why=doubt)
        if doubt is None:
            clock_check.note_trusted(self._village)
            self._trusted = True

    def _when_due(self, move: Callable[[Village], object]) -> None:
        """Nothing ends by the clock while the clock is doubted."""
        if self._trusted:
            retry_on_conflict(move, self._village)

    def _end_points(self) -> None:
        """Points of wallets end with a day, and every wallet is asked: once a day is enough."""
        today = village_day(self._village.clock.now())
        if self._trusted and self._points_ended_on != today:
            retry_on_conflict(end_over, self._village)
            self._points_ended_on = today

    def _clear_spool(self) -> None:
        """Papers that the file printer wrote are somebody's: they do not lie there for ever."""
        if self._trusted:
            oldest = self._village.clock.now() - PAPERS_KEPT
            with suppress(OSError):  # a folder that cannot be written is the printer's trouble
                FilePrinter(self._village.directory.spool).clear(oldest)

    def _back_up_if_due(self) -> None:
        if self._village.database.is_sqlite and self._backup_is_due():
            back_up(self._village)

    def _drill_if_due(self) -> None:
        """Last, since it takes its time; not by a clock that nobody trusts."""
        if self._trusted:
            fire_drill.hold_if_due(self._village)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look_after()
            self._stopping.wait(TICK_SECONDS)

    def _backup_is_due(self) -> bool:
        """True without a backup of the last day here, or in a second place that is there again."""
        if not self._is_fresh(self._village.directory.backups):
            return True
        place = backup_places.second_place(self._village)
        last = backup_places.last_try(self._village)
        if place is None or last is None or not last.trouble or self._is_fresh(place):
            return False
        since = self._village.clock.now() - last.at
        return since >= SECOND_TRY_EVERY and not backup_places.trouble_at(self._village, place)

    def _is_fresh(self, folder: Path) -> bool:
        """Whether a backup is of the last day; one made by a clock that ran ahead is none."""
        now = self._village.clock.now()
        return any(
            now - BACKUP_EVERY < each.made_at <= now for each in backup_places.kept_in(folder)
        )

    @staticmethod
    def _guarded(action: Callable[[], object]) -> None:
        """The thread outlives every trouble; the keeper finds it in the log."""
        try:
            action()
        except EnvironmentFault as fault:
            event_log.record("trouble", code=fault.code)
        except Exception as bug:
            event_log.record_bug(bug)
