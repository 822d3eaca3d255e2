"""Walks a flow of screens with a hand that trembles: each tap that leads on comes four times more.

A flow is a row of steps. Whatever the hand taps again at the same place, soon after, does nothing:
not before the answer is there, and not on the page that it brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.models.base import Base
from kiosk.services.printing import queue
from kiosk.services.village import Village
from tests.ui.neighbours import Neighbours
from tests.ui.touch import (
    items,
    nothing,
    point_of,
    press,
    release,
    rest,
    see,
    settle,
    tap,
    tap_clock,
    until,
    until_answered,
    write,
)

TREMBLING = (100, 250, 400, 500)
"""Milliseconds after which the hand comes down again."""
A_SCAN_MS = 250
"""After so many milliseconds keys are a person's, and no scanner's."""


@dataclass(frozen=True)
class Choice:
    """A mark that the page takes and stays: tapped once, since a second tap may take it off."""

    name: str


@dataclass(frozen=True)
class Words:
    """Something written into a field."""

    name: str
    text: str


@dataclass(frozen=True)
class Digits:
    """A number on the pad; the last digit leads on."""

    of: Callable[[Walk], str]


Step = str | Choice | Words | Digits | Callable[["Walk"], object]
"""Names are buttons that lead on, one after the other; a function needs no finger."""


@dataclass(frozen=True)
class Flow:
    """What somebody does from its beginning to its end, and the screens they come through."""

    name: str
    begin: Callable[[Walk], object]
    steps: tuple[Step, ...]
    screens: set[str]
    """Through which it really comes."""


@dataclass
class Walk:
    """One stage, one village, and what the last tap was."""

    stage: MainWindow
    lane: Neighbours
    by_key: bool = False
    """A key that is held too long, in place of a finger."""
    concern: int = 0
    """The case whose page is opened by its number."""
    learned: str = ""
    """A PIN that was shown."""
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    asked: int = 0
    spot: QPoint | None = None
    """Where the tap was that led to this page; None when the page stayed."""
    step: object = None

    @property
    def village(self) -> Village:
        return self.lane.village

    def go(self, flow: Flow) -> None:
        """Walk the whole flow."""
        with self._counted(), self._clock_stands():
            flow.begin(self)
            self.quiet()
            try:
                for step in flow.steps:
                    for self.step in step.split() if isinstance(step, str) else (step,):
                        self._take(self.step)
            except AssertionError as stuck:
                stuck.add_note(f"at {self.step}, after {self.faults}")
                raise
            self._note_screen()
        assert not self.faults, "; ".join(self.faults)
        assert self.seen >= flow.screens, f"never came to {flow.screens - self.seen}"

    def quiet(self) -> None:
        """Until everything that was asked is answered, and the page stands."""
        before = None
        while (now := (self.asked, self.page())) != before:
            before = now
            self._until_answered()
            settle()

    def _until_answered(self) -> None:
        until_answered(self.stage)
        until(lambda: not self._busy(), "the answers")

    def _busy(self) -> bool:
        """Whether a veil lies over a screen that waits."""
        return any(item.property("busy") for item in items(self.stage.window))

    def page(self) -> tuple[object, ...]:
        """All that is to be read and marked on the screen."""
        shown = [
            (kind, value)
            for item in items(self.stage.window)
            for kind in ("text", "typed", "checked")
            if (value := item.property(kind))
        ]
        return self.stage.kiosk.property("screenName"), *shown

    def rows(self) -> dict[str, int]:
        """How many rows every table has."""
        with self.village.read() as session:
            return dict(session.connection().exec_driver_sql(_counts()).all())

    def find(self, name: str) -> QQuickItem:
        return until(lambda: see(self.stage.window, name), f"{name} in {self.step}")  # type: ignore[no-any-return]

    # --- One step

    def _take(self, step: Step) -> None:
        if isinstance(step, Choice):
            tap(self.stage.window, step.name)
        elif isinstance(step, Words):
            write(self.stage.window, step.name, step.text)
        elif isinstance(step, Digits):
            *first, last = (digit for digit in step.of(self) if digit.isdigit())
            for digit in first:
                tap(self.stage.window, f"pad.{digit}")
            self._lead_on(f"pad.{last}")
        elif isinstance(step, str):
            self._lead_on(step)
        else:
            step(self)
        if not isinstance(step, str | Digits):
            self.spot = None
            self.quiet()

    def _lead_on(self, name: str) -> None:
        self._note_screen()
        until(lambda: (item := see(self.stage.window, name)) and item.isEnabled(), name)
        beneath = self._lies_at_spot(self.find(name))
        place = point_of(self.stage.window, name)
        before, rows = self.page(), self.rows()
        if self.by_key:
            self._hold_down(name)
        else:
            press(self.stage.window, place)
            release(self.stage.window, place)
            if self.page() == before:
                self._tremble(place, "before the answer")
        self.quiet()
        after, written = self.page(), self.rows()
        self._expect(after != before or written != rows, "led nowhere")
        if self.by_key:
            self._still_down()
        else:
            self._tremble(place, "on the next page")
        self._expect(self.rows() == written, "wrote at a second tap")
        weighs = consequences(rows, written)
        self._expect(not (beneath and weighs), f"wrote {weighs} where the last tap was")
        self.spot = place if self._turned() and not self.by_key else None
        self._lies_apart()

    def _expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(f"{self.step} {fault}")

    def _tremble(self, place: QPoint, when: str) -> None:
        """The hand comes down again in the same place. What a tap does, it does or asks at once."""
        stood, asked, past = self.page(), self.asked, 0
        for moment in TREMBLING:
            rest(self.stage.window, moment - past)
            past = moment
            press(self.stage.window, place)
            release(self.stage.window, place)
        self._expect(self.asked == asked, f"asked again, {when}")
        gone_on = differing(stood, self.page())
        self._expect(not gone_on, f"went on at a second tap {when}: {gone_on}")

    def _hold_down(self, name: str) -> None:
        """A key goes down on a button, repeats itself, and comes up."""
        self.find(name).forceActiveFocus()
        self._key(QEvent.Type.KeyPress)
        for _ in range(3):
            self._key(QEvent.Type.KeyPress, repeated=True)
        QTest.qWait(A_SCAN_MS)
        self._key(QEvent.Type.KeyRelease)
        QTest.qWait(A_SCAN_MS)

    def _still_down(self) -> None:
        """The key that led here was not lifted: it repeats itself here."""
        stood, asked = self.page(), self.asked
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) * 3:
            self._key(kind, repeated=True)
        self._key(QEvent.Type.KeyRelease)
        QTest.qWait(A_SCAN_MS)
        gone_on = differing(stood, self.page())
        self._expect(not gone_on and self.asked == asked, f"went on while a key is held: {gone_on}")

    def _key(self, kind: QEvent.Type, *, repeated: bool = False) -> None:
        held = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated)
        QGuiApplication.sendEvent(self.stage.window, held)

    def _turned(self) -> bool:
        """Whether a page, a step of it, or a dialog has just come."""
        clock = tap_clock(self.stage.window)
        return bool(clock.property("turned") >= clock.property("spotAt") > 0)

    def _lies_at_spot(self, item: QQuickItem) -> bool:
        if self.spot is None or self._turned() is False:
            return False
        return bool(item.contains(item.mapFromScene(QPointF(self.spot))))

    def _lies_apart(self) -> None:
        """No answer with consequences lies where the tap was that led to it."""
        areas = (each for each in items(self.stage.window) if each.inherits("QQuickMouseArea"))
        under = [each for each in areas if each.isEnabled() and self._lies_at_spot(each)]
        button = under[-1].parentItem() if under else None
        if button is not None and button.isEnabled():
            weighty = button.property("weighty")
            self._expect(not weighty, f"is where {button.objectName()} lies on the next page")

    def _note_screen(self) -> None:
        self.seen.add(str(self.stage.kiosk.property("screenName")))

    # --- What is watched

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count what is asked of the services; all of it really is asked."""
        runner = self.stage.kiosk.runner
        run = runner.run

        def counting(*arguments: Any, **more: Any) -> Any:
            self.asked += not any(each in ASKED_UNTOUCHED for each in arguments)
            return run(*arguments, **more)

        runner.run = counting  # type: ignore[method-assign]
        try:
            yield
        finally:
            del runner.run

    @contextmanager
    def _clock_stands(self) -> Iterator[None]:
        """Time passes only when the walk lets it, so that a slow machine changes nothing."""
        clock = tap_clock(self.stage.window)
        clock.setProperty("stopped", 1e12)
        try:
            yield
        finally:
            clock.setProperty("stopped", 0)


@cache
def _counts() -> str:
    """Asks every table's name and its number of rows; written once, for a walk asks it often."""
    names = (each.name for each in Base.metadata.sorted_tables)
    return " UNION ALL ".join(f"SELECT '{each}', count(*) FROM \"{each}\"" for each in names)


ASKED_UNTOUCHED = (nothing, queue.state)
"""No tap asks these: the walk itself does, and a page that looks after its paper twice a second."""


def consequences(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """How many rows a tap wrote to each table, but for those that keep looks and sign-ins."""
    traces = {"record_view", "sign_in_session", "touch"}
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    if set(grown) <= {*traces, "ledger_entry", "ledger_content", "ledger_node"}:
        return {} if set(grown) & traces or not grown else grown
    return grown


def differing(before: tuple[object, ...], after: tuple[object, ...]) -> list[object]:
    """What stands there now and did not before, or the other way round."""
    return [each for each in (*after, *before) if (each in before) != (each in after)][:8]
