"""Founding a village at the screen: what is asked, step by step, until it stands.

No village is open, so that nothing here is asked by `ask`. What is typed is kept in the village's
folder a moment later: whoever is called away, or loses the power, finds it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.errors import KioskError
from kiosk.services.upkeep import founding_form, founding_notes, setup
from kiosk.services.upkeep.founding_form import STEPS, Offered
from kiosk.services.upkeep.founding_notes import Notes
from kiosk.services.upkeep.opening import on_a_server
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import StagedModel
from kiosk.ui.upkeep.founding_rows import ListedRow, TickRow
from kiosk.ui.upkeep.founding_said import Said

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1

NAME, PLACE, PERSON = "name", "place", "person"
_ASIDE = {PLACE: "places", PERSON: "people"}
"""Pages of a step: what is written there comes onto its list."""
_CHAPTERS = (("name", "log"), ("terminal", "sheets", "slips"), ("places", "rules"))
_KEPT_AFTER_MS = 500


@QmlElement
class FoundModel(StagedModel):
    """View-model of FoundScreen."""

    shownChanged = Signal()
    tickedChanged = Signal()
    filled = Signal()
    founded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, NAME)
        self._notes = Notes()
        self._offered: Offered | None = None
        self._choices: list[ChoiceRow] = []
        self._ticks: list[TickRow] = []
        self._ticked: list[str] = []
        self._listed: list[ListedRow] = []
        self._sentences: list[str] = []
        self._wanted = ""
        self._keeping = QTimer(self, interval=_KEPT_AFTER_MS, singleShot=True)
        self._keeping.timeout.connect(self._keep)

    def started(self) -> None:
        """Go on where it was."""
        if not on_a_server():
            self._run(_begun, self.shell.directory, then=self._go_on)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        said = Said(self.text, self.shell.tongue, self._notes, self._offered)
        today = village_day(self.shell.clock.now())
        self._choices = self.renewed(self._choices, said.choices(self._stage))
        self._ticks = self.renewed(self._ticks, said.ticks() if self._stage == "rules" else [])
        self._ticked = said.ticked() if self._stage == "rules" else []
        self._listed = self.renewed(self._listed, said.listed(self._stage))
        self._wanted = said.wanted(today) if self._stage == "people" else ""
        self._sentences = said.summary() if self._stage == "sure" else []
        self.shownChanged.emit()
        self.tickedChanged.emit()

    # --- What is shown

    @Property(bool, constant=True)
    def onServer(self) -> bool:
        """Whether the village would lie on a server, where it is founded by who set that up."""
        return on_a_server()

    @Property(int, notify=shownChanged)
    def chapter(self) -> int:
        """Which of the five parts it is in."""
        step = _ASIDE.get(self._stage, self._stage)
        found = next((n for n, each in enumerate(_CHAPTERS) if step in each), None)
        return found if found is not None else 4 if step == "sure" else 3

    @Property(bool, notify=shownChanged)
    def begun(self) -> bool:
        """Whether anything was said yet."""
        return founding_form.begun(self._notes)

    @Property(list, notify=shownChanged)
    def choices(self) -> list[ChoiceRow]:
        """Printers, or the offices of the person being typed."""
        return self._choices

    @Property(list, notify=shownChanged)
    def ticks(self) -> list[TickRow]:
        """The rules that come with the program."""
        return self._ticks

    @Property(list, notify=tickedChanged)
    def ticked(self) -> list[str]:
        """The keys of those with which the village begins."""
        return self._ticked

    @Property(list, notify=shownChanged)
    def listed(self) -> list[ListedRow]:
        """The places, or the people, as far as they are on the list."""
        return self._listed

    @Property(list, notify=shownChanged)
    def sentences(self) -> list[str]:
        """All that was said, once more."""
        return self._sentences

    @Property(str, notify=shownChanged)
    def wanted(self) -> str:
        """Who is missing among the first officials; empty when nobody is."""
        return self._wanted

    @Property(str, notify=shownChanged)
    def origin(self) -> str:
        """The log's name, as it was typed."""
        return self._notes.typed.get("origin", "").strip()

    @Slot(str, result=str)
    def value(self, name: str) -> str:
        """What was typed there."""
        return self._notes.typed.get(name, "")

    # --- What is done

    @Slot(str, str)
    def type(self, name: str, typed: str) -> None:
        """A field, as far as it is written."""
        if self._notes.typed.get(name, "") != typed:
            self._notes = replace(self._notes, typed={**self._notes.typed, name: typed})
            self._keeping.start()
            if name == "origin":
                self.shownChanged.emit()

    @Slot()
    def draw(self) -> None:
        """A name for the log, drawn by lot, for a village without an address of its own."""
        self.type("origin", setup.drawn_origin(self._notes.typed.get("name_en", "")))
        self.filled.emit()

    @Slot(str)
    def choose(self, key: str) -> None:
        """A printer, or an office of the person being typed."""
        notes = self._notes
        if self._stage == "sheets":
            notes = replace(notes, sign_printer=key)
        elif self._stage == "slips":
            setting, _, width = key.rpartition("|")
            notes = replace(notes, slip_printer=setting, slip_width_mm=int(width))
        elif self._stage == PERSON:
            notes = founding_form.with_role(notes, key)
        self._change(notes)

    @Slot(str)
    def tick(self, key: str) -> None:
        """Begin with this rule, or not; the list stays where it is scrolled to."""
        self._notes = founding_form.ticked(self._notes, key)
        said = Said(self.text, self.shell.tongue, self._notes, self._offered)
        self._ticked = said.ticked()
        self._keeping.start()
        self.forgiveError()
        self.tickedChanged.emit()

    @Slot()
    def add(self) -> None:
        """A place, or somebody, comes onto the list: on a page of their own."""
        self._go(PLACE if self._stage == "places" else PERSON)

    @Slot(int)
    def takeAway(self, place: int) -> None:
        """Off the list."""
        notes = self._notes
        if self._stage == "places":
            left = notes.places[:place] + notes.places[place + 1 :]
            self._change(replace(notes, places=left))
        else:
            people = notes.people[:place] + notes.people[place + 1 :]
            self._change(replace(notes, people=people))

    @Slot(int)
    def putRight(self, place: int) -> None:
        """Somebody of the list is typed once more."""
        self._change(founding_form.typed_again(self._notes, place))
        self._go(PERSON)
        self.filled.emit()

    @Slot()
    def write(self) -> None:
        """What was typed on a page comes onto the list."""
        if self._stage == PLACE:
            self._run(founding_form.with_place, self._notes, then=self._written)
        else:
            told = (self._notes, self.shell.clock)
            self._run(founding_form.with_person, *told, then=self._written)

    @Slot()
    def next(self) -> None:
        """The next step, if this one is in order."""
        told = (self._notes, self._stage, self.shell.clock)
        self._run(founding_form.checked, *told, then=lambda _notes: self._step(1))

    @Slot()
    def back(self) -> None:
        """The step before."""
        if self._stage in _ASIDE:
            self._move(_ASIDE[self._stage])
        elif self._stage == NAME:
            self._keep()
            self.shell.back()
        else:
            self._step(-1)

    @Slot()
    def beginAnew(self) -> None:
        """Throw away what was said."""
        self._keeping.stop()
        self._run(founding_notes.forget, self.shell.directory, then=lambda _none: self._forgotten())

    @Slot()
    def found(self) -> None:
        """Found the village."""
        self._keeping.stop()
        shell = self.shell
        told = (shell.directory, self._notes, shell.clock, shell.settings.drives)
        self._run(founding_form.found, *told, then=lambda _none: self.founded.emit())

    def _step(self, by: int) -> None:
        place = STEPS.index(self._stage) + by
        self._move(STEPS[min(max(place, 0), len(STEPS) - 1)])

    def _move(self, stage: str) -> None:
        self._notes = replace(self._notes, step=stage)
        self._keep()
        self._go(stage)

    def _written(self, notes: Notes) -> None:
        self._change(notes)
        self._move(_ASIDE[self._stage])
        self.filled.emit()

    def _go_on(self, told: tuple[Notes, Offered]) -> None:
        self._notes, self._offered = told
        self._go(self._notes.step if self._notes.step in STEPS else NAME)
        self.filled.emit()

    def _forgotten(self) -> None:
        self._notes = Notes()
        self._go(NAME)
        self.filled.emit()

    def _change(self, notes: Notes) -> None:
        self._notes = notes
        self._keeping.start()
        self.forgiveError()
        self.worded()

    def _keep(self) -> None:
        self._keeping.stop()
        told = (self.shell.directory, self._notes)
        self.shell.runner.run(founding_notes.keep, *told, failed=self._refuse, owner=self)

    def _run(
        self, function: Callable[..., Any], *told: object, then: Callable[[Any], None]
    ) -> None:
        """As `ask`, where no village is open."""
        if self._asked:
            return
        self.forgiveError()

        def done(answer: Any) -> None:
            self._set_asked([])
            then(answer)

        def failed(refusal: KioskError) -> None:
            self._set_asked([])
            self._refuse(refusal)

        ticket = self.shell.runner.run(function, *told, done=done, failed=failed, owner=self)
        self._set_asked([ticket])


def _begun(directory: Any) -> tuple[Notes, Offered]:
    founding_notes.sweep(directory)
    return founding_notes.read(directory), founding_form.offered()
