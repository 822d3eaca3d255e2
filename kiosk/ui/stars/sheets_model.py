"""Visit sheets from a stick: read with progress, asked where in doubt, looked over, handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.errors import KioskError
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import photos
from kiosk.services.on_stick import OnStick
from kiosk.services.stars import brought_sheets, visit_sheets, visits
from kiosk.services.stars.brought_sheets import FileRead, Found
from kiosk.services.stars.rubrics import ANSWERS, Rubric, Rubrics
from kiosk.services.stars.sheet_reading import Question
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.runner import Runner
from kiosk.ui.stars.sheet_rows import SheetFileRow, SheetLineRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

ASK, SURE, DONE, PRINTED = "ask", "sure", "done", "printed"
_TOLD_MS = 250
_ICONS = {"yes": "check", "no": "x", "na": "minus"}


@dataclass
class _Progress:
    """How far the reading is: written by the thread that reads, and looked at by the screen."""

    done: int = 0
    of: int = 0

    def __call__(self, done: int, of: int) -> None:
        self.done, self.of = done, of


@QmlElement
class SheetsModel(StagedModel):
    """View-model of SheetsScreen: one sheet after the other, and nothing is guessed."""

    shownChanged = Signal()
    progressChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[OnStick, ...] = ()
        self._seen: tuple[Any, ...] | None = None
        self._looking = False
        self._waiting: list[Found] = []
        self._told: list[tuple[str, str]] = []
        """A sheet, or empty, and the key of what became of it."""
        self._rubric: Rubric | None = None
        self._handed_in = self._printed = 0
        self._touch = ""
        self._file_rows: list[SheetFileRow] = []
        self._lines: list[SheetLineRow] = []
        self._choices: list[ChoiceRow] = []
        self._progress = _Progress()
        self._reader: Runner | None = None
        self._clock = QTimer(self, interval=_TOLD_MS)
        self._clock.timeout.connect(self.progressChanged)
        self._sticks = QTimer(self, interval=LOOK_MS)
        self._sticks.timeout.connect(self._look)

    def started(self) -> None:
        """Look for sticks, again and again while the files are in sight."""
        self._reader = drives_thread(self.shell)
        self._look()
        self._sticks.start()

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        files = [self._said_file(place, each) for place, each in enumerate(self._files)]
        self._file_rows = self.renewed(self._file_rows, files)
        self._lines = self.renewed(self._lines, self._said_lines())
        self._choices = self.renewed(self._choices, self._said_choices())
        self.shownChanged.emit()

    # --- What is shown

    @Property(list, notify=shownChanged)
    def files(self) -> list[SheetFileRow]:
        """The pictures and PDFs on the sticks that are in, the newest first."""
        return self._file_rows

    @Property(list, notify=shownChanged)
    def lines(self) -> list[SheetLineRow]:
        """What the sheet says, line by line, or what became of each sheet."""
        return self._lines

    @Property(list, notify=shownChanged)
    def choices(self) -> list[ChoiceRow]:
        """What a line in doubt can be answered with."""
        return self._choices

    @Property(str, notify=shownChanged)
    def picture(self) -> str:
        """The boxes of the line in doubt."""
        asked = self._asked_of
        return address_of(asked.picture) if asked else ""

    @Property(str, notify=shownChanged)
    def house(self) -> str:
        """The household of the sheet that is looked at."""
        return self._said_house() if self._kiosk else ""

    @Property(str, notify=shownChanged)
    def question(self) -> str:
        """The line in doubt, in so many words."""
        asked = self._asked_of
        if asked is None or self._rubric is None or self._kiosk is None:
            return ""
        named = {each.key: each.text for each in self._rubric.items}
        dimension = self.text(f"stars.{asked.dimension}")
        if not asked.item:
            return self.text("sheets.ask_forward", dimension)
        return named[asked.item].said(self.shell.tongue)

    @Property(str, notify=shownChanged)
    def summary(self) -> str:
        """How many were handed in, or are printed."""
        if self._kiosk is None:
            return ""
        if self._stage == PRINTED:
            return self.text("sheets.printed", self._printed)
        return self.text("sheets.handed_in", self._handed_in)

    @Property(str, notify=progressChanged)
    def progress(self) -> str:
        """How far the reading is."""
        if self._kiosk is None:
            return ""
        far = self._progress
        return self.text("sheets.far_of", far.done, far.of) if far.of else self.text("shell.wait")

    # --- What is done

    @Slot(int)
    def readFile(self, place: int) -> None:
        """Read a file's sheets."""
        chosen = self._files[place]
        self.ask(brought_sheets.printed_by, then=lambda by: self._read(chosen, by))

    @Slot(str)
    def answer(self, said: str) -> None:
        """What somebody sees on the picture."""
        asked = self._asked_of
        if asked is None:
            return
        found = self._waiting[0]
        given = next((each for each in ANSWERS if each == said), None) if asked.item else None
        sheet = found.sheet.told(asked, said == "yes" if given is None else given)
        self._waiting[0] = Found(sheet, found.line, found.refused)
        self._next_step()

    @Slot()
    def handIn(self) -> None:
        """Hand in what the sheet says."""
        found = self._waiting[0]
        if found.line is not None:
            given = (found.sheet.answers, sorted(found.sheet.put_forward), self._touch)
            asked = (self.session_id, found.line.seat, *given)
            self.ask(visits.score, *asked, then=self._is_in)

    @Slot()
    def leaveOut(self) -> None:
        """Nothing of this sheet is handed in."""
        self._told.append((self._said_house(), "sheets.left_out"))
        self._next_sheet()

    @Slot(int)
    def printMine(self, on_a_sheet: int) -> None:
        """Print the sheets of one's own walk."""
        asked = (self.session_id, 2 if on_a_sheet == 2 else 1, new_touch_id())
        self.ask(visit_sheets.print_mine, *asked, then=self._are_printed)

    @Slot()
    def printOwnLooks(self) -> None:
        """Print what is left at the doors, for the households' own looks."""
        asked = (self.session_id, new_touch_id())
        self.ask(visit_sheets.print_own_looks, *asked, then=self._are_printed)

    @Slot()
    def back(self) -> None:
        """To the files; what was not handed in is not."""
        self._waiting, self._told, self._handed_in = [], [], 0
        self._go(PAGE)
        self._look()
        self._sticks.start()

    # --- How it goes on

    @property
    def _asked_of(self) -> Question | None:
        """The first line in doubt of the sheet that is looked at."""
        questions = self._waiting[0].sheet.questions if self._waiting else ()
        return questions[0] if questions else None

    def _look(self) -> None:
        if self._looking or self._reader is None or self._stage != PAGE or self.busy:
            return
        self._looking = True
        self._on_drives(photos.drives_in, done=self._looked)

    def _looked(self, seen: tuple[Any, ...]) -> None:
        self._looking = False
        if seen != self._seen:
            self._seen = seen
            self._on_drives(brought_sheets.on_sticks, done=self._show_files)

    def _on_drives(self, function: Callable[..., Any], done: Callable[[Any], None]) -> None:
        if self._reader is not None:
            setting = self.shell.settings.drives
            self._reader.run(function, setting, done=done, failed=self._not_read, owner=self)

    def _show_files(self, found: tuple[OnStick, ...]) -> None:
        self._files = found
        self.worded()

    def _not_read(self, refusal: KioskError) -> None:
        self._looking = False
        self._clock.stop()
        self._set_asked([])
        self._refuse(refusal)

    def _read(self, chosen: OnStick, by: Rubrics) -> None:
        if self._reader is None:
            return
        self._progress = _Progress()
        self._clock.start()
        said = (chosen, by, self._progress)
        ticket = self._reader.run(
            brought_sheets.read, *said, done=self._match, failed=self._not_read, owner=self
        )
        self._set_asked([ticket])

    def _match(self, read: FileRead) -> None:
        self._clock.stop()
        self._set_asked([])
        self._told = [("", f"error.{code}") for code in read.refused]
        self.ask(brought_sheets.matched, self.session_id, read, then=self._begin)

    def _begin(self, found: tuple[Found, ...]) -> None:
        self._sticks.stop()
        for each in found:
            if each.refused:
                self._told.append((each.sheet.name.code, f"error.{each.refused}"))
        self._waiting = [each for each in found if not each.refused]
        self._open_sheet()

    def _next_sheet(self) -> None:
        del self._waiting[0]
        self._open_sheet()

    def _open_sheet(self) -> None:
        self._touch = new_touch_id()
        line = self._waiting[0].line if self._waiting else None
        if line is None:
            self._go(DONE)
        else:
            self.ask(visits.rubric_of, self.session_id, line.seat, then=self._show_sheet)

    def _show_sheet(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._next_step()

    def _next_step(self) -> None:
        self._go(ASK if self._asked_of else SURE)

    def _is_in(self, _all_in: bool) -> None:
        self._handed_in += 1
        self._next_sheet()

    def _are_printed(self, jobs: tuple[int, ...]) -> None:
        self._sticks.stop()
        self._printed = len(jobs)
        self._go(PRINTED)

    # --- Words

    def _said_house(self) -> str:
        line = self._waiting[0].line if self._waiting else None
        if line is None:
            return ""
        return house_words(line.house.lane, line.house.number, self.shell.tongue)

    def _said_file(self, place: int, of: OnStick) -> SheetFileRow:
        day = village_day(datetime.fromtimestamp(of.file.at, UTC))
        return SheetFileRow(place=place, name=of.name, day=said_short_day(self.text, day))

    def _said_lines(self) -> list[SheetLineRow]:
        if self._stage == DONE:
            return [SheetLineRow(text=self.text(key), said=sheet) for sheet, key in self._told]
        if self._stage != SURE or not self._waiting or self._rubric is None:
            return []
        answers = self._waiting[0].sheet.answers
        return [
            SheetLineRow(
                text=each.text.said(self.shell.tongue),
                said=self.text(f"sheets.{answers[each.key]}"),
            )
            for each in self._rubric.items
            if each.key in answers
        ]

    def _said_choices(self) -> list[ChoiceRow]:
        asked = self._asked_of
        keys = ANSWERS if asked and asked.item else ANSWERS[:2]
        return [
            ChoiceRow(key=key, name=self.text(f"sheets.{key}"), icon=_ICONS[key]) for key in keys
        ]
