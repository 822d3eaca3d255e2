"""One database thread. What the screens ask runs there; the answer comes back on the GUI thread.

Whatever may keep its thread waiting, such as a drive that hangs, has a runner of its own.

An expected error and trouble in the environment go to `failed`; any other exception is a bug and
goes to the runner's `on_bug`. An answer for something that is gone is dropped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from kiosk.core.errors import KioskError

_TURN_SECONDS = 0.0005
"""How long one thread keeps Python's lock while another one wants it; Python's own is ten times as
long. A short question gives the lock away at each row and waits for it again, so that beside a
thread that reckons, such as one that draws papers, it takes as many turns as it has rows."""


@dataclass(eq=False)
class Ticket:
    """A question on its way."""

    done: Callable[[Any], None] | None
    failed: Callable[[KioskError], None] | None
    owner: QObject | None
    dropped: bool = False
    future: Future[None] | None = field(default=None, repr=False)

    def drop(self) -> None:
        """Nobody waits for the answer any more; a question not yet begun is not asked."""
        self.dropped = True
        if self.future is not None:
            self.future.cancel()

    @property
    def awaited(self) -> bool:
        """Whether there is still somebody to tell."""
        return not self.dropped and (self.owner is None or shiboken6.isValid(self.owner))


def _retried(function: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
    """Call `retry_on_conflict`, which is imported here, off the way to the first frame."""
    from kiosk.services.retry import retry_on_conflict

    return retry_on_conflict(function, *arguments)


class Runner(QObject):
    """Runs functions one after the other on its own thread."""

    _answered = Signal(object, object, object)

    def __init__(
        self,
        on_bug: Callable[[BaseException], object],
        parent: QObject | None = None,
        name: str = "database",
        first: Callable[[], object] | None = None,
    ) -> None:
        """`first` is called on the thread before anything else: it may wait there for its turn."""
        super().__init__(parent)
        sys.setswitchinterval(_TURN_SECONDS)
        self.setObjectName(name)
        self._on_bug = on_bug
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name, initializer=first)
        # It is sent on the other thread, so Qt queues it. To ask for that by name would make all of
        # the enums of `Qt`, 15 ms of processor time on the way to the first frame.
        self._answered.connect(self._deliver)

    def run(
        self,
        function: Callable[..., Any],
        *arguments: object,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KioskError], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Call `function` with `arguments` on the database thread.

        `done` gets what it returns, `failed` what it refuses with, both on the GUI thread, and
        neither when `owner` no longer exists by then. A refusal without `failed` is a bug.
        """
        ticket = Ticket(done, failed, owner)
        ticket.future = self._thread.submit(self._work, ticket, function, arguments)
        return ticket

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Finish what was asked, call `last` on the database thread, and end the thread."""
        if last is not None:
            self._thread.submit(last)
        self._thread.shutdown(wait=True)

    def _work(
        self, ticket: Ticket, function: Callable[..., Any], arguments: tuple[object, ...]
    ) -> None:
        try:
            answer = _retried(function, arguments)
        except Exception as trouble:
            self._answered.emit(ticket, None, trouble)
        else:
            self._answered.emit(ticket, answer, None)

    @Slot(object, object, object)
    def _deliver(self, ticket: Ticket, answer: Any, trouble: Exception | None) -> None:
        if isinstance(trouble, KioskError) and (ticket.failed is not None or not ticket.awaited):
            if ticket.failed is not None and ticket.awaited:
                ticket.failed(trouble)
        elif trouble is not None:
            self._on_bug(trouble)
        elif ticket.done is not None and ticket.awaited:
            ticket.done(answer)
