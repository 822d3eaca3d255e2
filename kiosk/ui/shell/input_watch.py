"""What reaches the window before any item sees it: touches, keys, and a scanner's quick typing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow

_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}
_RELEASES = {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}
_MOVES = {QEvent.Type.MouseMove, QEvent.Type.TouchUpdate, QEvent.Type.MouseButtonDblClick}
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_ENTER = ("\r", "\n")
_MOST_HELD = 1_000
"""Events of one burst that are held for a field: a hand never makes so many without a pause."""
_LONGEST_DELAY_MS = 10_000
"""No key waits longer for its turn: what seems to, has the time of another clock."""


class KeyParting(Protocol):
    """Parts a scanner's bursts from typing; see kiosk.devices.scanner.WedgeDecoder."""

    @property
    def deadline(self) -> int | None:
        """When `elapsed` is due, in milliseconds; None while no key is held."""

    def key(self, text: str, at_ms: int) -> Sequence[object]:
        """Take one key; say what became certain."""

    def elapsed(self, at_ms: int) -> Sequence[object]:
        """Say what is certain at this time."""

    def clear(self) -> None:
        """Forget what is held."""


class _KeyClock:
    """When a key was struck, not when its turn came: a busy window takes a burst late, or at once.

    The window system says it on a clock of its own. The least that its time ever lay behind ours is
    what the two clocks differ by: that key met no delay.
    """

    def __init__(self) -> None:
        self._behind_ms: int | None = None

    def time_of(self, stamp_ms: int, now_ms: int) -> int:
        """In milliseconds of our clock, on which it is `now_ms`; 0 is no stamp."""
        if not stamp_ms:
            return now_ms
        behind = now_ms - stamp_ms
        known = self._behind_ms
        if known is None or not 0 <= behind - known <= _LONGEST_DELAY_MS:
            self._behind_ms = known = behind
        return stamp_ms + known


class InputWatch(QObject):
    """An event filter on the window.

    Keys are held until it is certain that a person typed them; a scan leaves by `scanned` and never
    reaches a text field. While the screen rests, the touch that wakes it goes no further.
    """

    touched = Signal()
    keyed = Signal(bool)
    """Whether it was a key that a person pressed, and not a finger."""
    woken = Signal()
    scanned = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self,
        window: QWindow,
        parting: KeyParting | None,
        is_typing: Callable[[object], bool],
    ) -> None:
        """`is_typing` tells keys that a person pressed from a scan."""
        super().__init__(window)
        self._window = window
        self._parting = parting
        self._is_typing = is_typing
        self._held: list[QKeyEvent] = []
        self._too_many = False
        """Whether the burst under way has more than are held: then no field gets it."""
        self._replaying = False
        self._resting = False
        self._swallowing = False
        self._struck = _KeyClock()
        self._looked_again = False
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._time_is_up)
        self._arrived.connect(self._take)
        window.installEventFilter(self)

    def arrived(self, scan: object) -> None:
        """A scan from a scanner that is no keyboard; may be called in any thread."""
        self._arrived.emit(scan)

    @Slot(object)
    def _take(self, scan: object) -> None:
        self.touched.emit()
        if not self._wakes():
            self.scanned.emit(scan)
        self._swallowing = False

    def rest(self) -> None:
        """The screen rests: the next touch wakes it and does nothing else."""
        self._resting = True

    def clear(self) -> None:
        """Forget every key that is held."""
        self._held.clear()
        self._too_many = False
        if self._parting:
            self._parting.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt; True keeps the event from the window."""
        kind = event.type()
        if kind in _PRESSES:
            self.touched.emit()
            self.keyed.emit(False)
            return self._wakes()
        if kind in _RELEASES and self._swallowing:
            self._swallowing = False
            return True
        if kind in _MOVES:
            return self._swallowing
        if kind not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        taken = not self._replaying and self._takes(event)
        if not taken:
            self.keyed.emit(True)
        return taken

    def _wakes(self) -> bool:
        if self._resting:
            self._resting = False
            self._swallowing = True
            self.woken.emit()
        return self._swallowing

    def _takes(self, event: QKeyEvent) -> bool:
        self.touched.emit()
        if self._wakes():
            self._swallowing = False
            return True
        # A key that is held down repeats itself: one stroke of a hand, which no scanner makes.
        struck = event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat()
        begins = struck and event.text()
        if self._parting is None or not (begins or self._held):
            return False
        if len(self._held) >= _MOST_HELD:
            self._held.clear()
            self._too_many = True
        self._held.append(event.clone())
        if struck:
            text = "\n" if event.text() in _ENTER else event.text()
            at_ms = self._struck.time_of(event.timestamp(), _now_ms())
            self._settle(self._parting.key(text, at_ms), keep=1)
        return True

    def _time_is_up(self) -> None:
        # If this comes late, keys that were struck in time may wait behind it: they go first.
        self._looked_again = not self._looked_again
        if self._looked_again:
            self._due.start(0)
        elif self._parting:
            self._settle(self._parting.elapsed(_now_ms()), keep=0)

    def _settle(self, certain: Sequence[object], keep: int) -> None:
        """Hand on what became certain; the last `keep` events belong to what is still open."""
        for outcome in certain:
            end = len(self._held) - keep
            ready, self._held = self._held[:end], self._held[end:]
            too_many, self._too_many = self._too_many, False
            if not self._is_typing(outcome):
                self.scanned.emit(outcome)
            elif not too_many:
                self._replay(ready)
        deadline = self._parting.deadline if self._parting else None
        if deadline is None:
            self._held.clear()
        else:
            self._looked_again = False
            self._due.start(max(1, deadline - _now_ms()))

    def _replay(self, events: list[QKeyEvent]) -> None:
        self._replaying = True
        try:
            for event in events:
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._replaying = False


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
