"""Nobody touches the screen any more: first a countdown, then a wipe (design section 7)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass(frozen=True)
class IdleTimes:
    """Seconds; tests set shorter ones. The services end a session after the countdown."""

    resident: float = 120
    official: float = 270
    countdown: float = 30
    rest: float = 180
    """At the start screen, until the board stands there instead."""
    tick: float = 1


class IdleWatch(QObject):
    """Counts from the last touch. `watched` says whether there is anything to wipe."""

    remainingChanged = Signal()
    expired = Signal()
    rested = Signal()

    def __init__(self, times: IdleTimes | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = times or IdleTimes()
        self._watched = False
        self._official = False
        self._ticks_left = 0
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._quiet_is_over)
        self._ticking = QTimer(self, interval=round(1000 * self._times.tick))
        self._ticking.timeout.connect(self._tick)
        self.touched()

    @property
    def remaining(self) -> int:
        """Ticks (seconds) of the countdown that are left; 0 while there is none."""
        return self._ticks_left

    def watch(self, *, watched: bool, official: bool) -> None:
        """Say whether something of a person is on the screen, and whether of an official."""
        self._watched, self._official = watched, official
        self.touched()

    def touched(self) -> None:
        """Somebody is there: everything begins anew."""
        self._ticking.stop()
        self._count(0)
        self._quiet.start(round(1000 * self._patience()))

    def count_down(self) -> None:
        """Begin the countdown."""
        self._count(round(self._times.countdown / self._times.tick))
        self._ticking.start()

    def _patience(self) -> float:
        if not self._watched:
            return self._times.rest
        return self._times.official if self._official else self._times.resident

    def _quiet_is_over(self) -> None:
        if not self._watched:
            self.rested.emit()
            return
        self.count_down()

    def _tick(self) -> None:
        self._count(self._ticks_left - 1)
        if self._ticks_left <= 0:
            self._ticking.stop()
            self.expired.emit()

    def _count(self, ticks: int) -> None:
        if ticks != self._ticks_left:
            self._ticks_left = ticks
            self.remainingChanged.emit()
