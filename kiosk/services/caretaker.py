"""What has to happen while nobody touches the screen: deadlines, backups, checkpoints."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kiosk.core import journal
from kiosk.core.errors import EnvironmentFault
from kiosk.services.backup import NAME, PATTERN, back_up
from kiosk.services.reports.deadlines import tick
from kiosk.services.transact import transact
from kiosk.services.village import Village
from kiosk.services.weekly import queue_checkpoint

TICK_SECONDS = 60
BACKUP_EVERY = timedelta(days=1)


class Caretaker:
    """Looks after one village in a thread of its own, from start to close."""

    def __init__(self, village: Village) -> None:
        self._village = village
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin: first at once, then each minute."""
        self._thread = threading.Thread(target=self._run, name="caretaker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and make the closing backup."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(TICK_SECONDS)
        if self._village.database.is_sqlite:
            self._guarded(lambda: back_up(self._village))

    def step(self) -> None:
        """Make every move whose time has come; this week's checkpoint; today's backup."""
        for duty in self._duties():
            duty()

    def _duties(self) -> tuple[Callable[[], object], ...]:
        return (
            lambda: transact(tick, self._village),
            lambda: transact(queue_checkpoint, self._village),
            self._back_up_if_due,
        )

    def _back_up_if_due(self) -> None:
        if self._village.database.is_sqlite and self._backup_is_due():
            back_up(self._village)

    def _run(self) -> None:
        while not self._stopping.is_set():
            for duty in self._duties():
                self._guarded(duty)
            self._stopping.wait(TICK_SECONDS)

    def _backup_is_due(self) -> bool:
        newest = max(self._village.directory.backups.glob(PATTERN), default=None)
        if newest is None:
            return True
        made = datetime.strptime(newest.name, NAME).replace(tzinfo=UTC)
        return self._village.clock.now() - made >= BACKUP_EVERY

    @staticmethod
    def _guarded(action: Callable[[], object]) -> None:
        """The thread outlives every trouble; the keeper finds it in the log."""
        try:
            action()
        except EnvironmentFault as fault:
            journal.record("trouble", code=fault.code)
        except Exception as bug:
            journal.record_bug(bug)
