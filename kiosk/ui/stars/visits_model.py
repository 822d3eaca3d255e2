"""Who inspects: asked whether they will, their visits in walking order, and what they saw.

The same checklist serves a household that looks at itself.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_short_day
from kiosk.core.dimensions import DIMENSION_ICONS
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.stars import inspectors, my_part, seating, visits
from kiosk.services.stars.my_part import MyPart
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import ANSWERS, Answer, Rubric
from kiosk.services.stars.visits import SeatKey, VisitLine
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.view_model import followed_by
from kiosk.ui.stars.rows import AskedDimensionRow, AskedItemRow, VisitRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

SCORE, WHY, DONE = "score", "why", "done"
_ICONS = {"ill": "mood-sad", "away": "door-exit", "no_time": "clock", "too_near": "home-heart"}
_ANSWER = followed_by(inspectors.answer, my_part.my_part)
_LEAVE = followed_by(seating.reassign, my_part.my_part)


@QmlElement
class VisitsModel(StagedModel):
    """View-model of VisitsScreen."""

    partChanged = Signal()
    askedChanged = Signal()
    answersChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._part: MyPart | None = None
        self._rows: list[VisitRow] = []
        self._line: VisitLine | None = None
        self._own_visit = 0
        self._rubric: Rubric | None = None
        self._dimensions: list[AskedDimensionRow] = []
        self._why: list[ChoiceRow] = []
        self._answers: dict[str, Answer] = {}
        self._put_forward: set[str] = set()
        self._given = 0
        self._touch = ""

    def started(self) -> None:
        """Ask what there is to do."""
        if self.session_id:
            self.ask(my_part.my_part, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        lines = self._part.visits if self._part else ()
        rows = [self._row(place, line) for place, line in enumerate(lines)]
        self._rows = self.renewed(self._rows, rows)
        self._dimensions = self.renewed(self._dimensions, self._said_items())
        why = [
            ChoiceRow(key=key, name=self.text(f"rounds.left_{key}"), icon=icon)
            for key, icon in _ICONS.items()
        ]
        self._why = self.renewed(self._why, why)
        self.partChanged.emit()
        self.askedChanged.emit()

    @Property(bool, notify=partChanged)
    def there(self) -> bool:
        """Whether it is known what there is to do."""
        return self._part is not None

    @Property(bool, notify=partChanged)
    def invited(self) -> bool:
        """Whether the person is asked to inspect."""
        return self._part is not None and self._part.invited > 0

    @Property(list, notify=partChanged)
    def rows(self) -> list[VisitRow]:
        """The visits in walking order; what is in comes last."""
        return self._rows

    @Property(list, notify=askedChanged)
    def asked(self) -> list[AskedDimensionRow]:
        """What is looked at, by dimension."""
        return self._dimensions

    @Property(list, notify=partChanged)
    def why(self) -> list[ChoiceRow]:
        """Why somebody else is to look."""
        return self._why

    @Property(str, notify=askedChanged)
    def house(self) -> str:
        """The household that is looked at; empty for one's own."""
        return self._house(self._line) if self._line else ""

    @Property(bool, notify=askedChanged)
    def own(self) -> bool:
        """Whether a household looks at itself."""
        return self._own_visit > 0

    @Property(int, notify=answersChanged)
    def given(self) -> int:
        """Counts up with each answer, so that what depends on them is looked at again."""
        return self._given

    @Property(int, notify=answersChanged)
    def missing(self) -> int:
        """How many lines have no answer yet."""
        return sum(key not in self._answers for key in self._keys())

    @Slot(bool)
    def answerInvitation(self, agrees: bool) -> None:
        """Say whether one inspects."""
        if self._part is not None:
            given = (self._part.invited, agrees, new_touch_id())
            self.ask(_ANSWER, self.session_id, *given, then=self._show)

    @Slot(int)
    def openVisit(self, place: int) -> None:
        """Enter what was seen at a household."""
        if self._part is not None:
            self._line, self._own_visit = self._part.visits[place], 0
            self.ask(visits.rubric_of, self.session_id, self._line.seat, then=self._begin)

    @Slot(int)
    def lookOneself(self, visit_id: int) -> None:
        """The household of whoever is signed in looks at itself."""
        self._line, self._own_visit = None, visit_id
        seat = SeatKey(visit_id, 0)
        self.ask(visits.rubric_of, self.session_id, seat, then=self._begin, newest=True)

    @Slot(str, result=str)
    def answerTo(self, key: str) -> str:
        """What was answered to an item; empty before."""
        return self._answers.get(key, "")

    @Slot(str, str)
    def answer(self, key: str, said: str) -> None:
        """Answer an item."""
        self._answers[key] = next(each for each in ANSWERS if each == said)
        self._answered()

    @Slot(str)
    def allInOrder(self, dimension: str) -> None:
        """Everything of a dimension that has no answer is in order."""
        for key in self._keys_of(dimension):
            self._answers.setdefault(key, "yes")
        self._answered()

    @Slot(str, result=bool)
    def isPutForward(self, dimension: str) -> bool:
        """Whether the household put something forward for a dimension."""
        return dimension in self._put_forward

    @Slot(str)
    def putForward(self, dimension: str) -> None:
        """The household puts something forward, or does not after all."""
        self._put_forward ^= {dimension}
        for key in self._keys_of(dimension):
            self._answers.pop(key, None)
        self._answered()

    @Slot()
    def handIn(self) -> None:
        """Hand in what was seen."""
        given = (dict(self._answers), sorted(self._put_forward), self._touch)
        if self._own_visit:
            self.ask(
                visits.look_oneself, self.session_id, self._own_visit, *given, then=self._handed_in
            )
        elif self._line is not None:
            self.ask(visits.score, self.session_id, self._line.seat, *given, then=self._handed_in)

    @Slot()
    def cannot(self) -> None:
        """Somebody else is to look at it."""
        self._touch = new_touch_id()
        self._go(WHY)

    @Slot(str)
    def leave(self, why: str) -> None:
        """Say why; the next in the draw looks."""
        if self._line is not None:
            seat = self._line.seat
            given = (seat.visit_id, seat.number, why, self._touch)
            self.ask(_LEAVE, self.session_id, *given, then=self._left)

    @Slot()
    def back(self) -> None:
        """One step back; to the list from what is done."""
        if self._stage == DONE:
            self.started()
        self._go(SCORE if self._stage == WHY else PAGE)

    def _begin(self, rubric: Rubric) -> None:
        self._rubric, self._answers, self._put_forward = rubric, {}, set()
        self._touch = new_touch_id()
        self._answered()
        self._go(SCORE)

    def _handed_in(self, _all_in: Any) -> None:
        self._go(DONE)

    def _left(self, part: MyPart) -> None:
        self._show(part)
        self._go(PAGE)

    def _show(self, part: MyPart) -> None:
        self._part = part
        self.worded()

    def _answered(self) -> None:
        self._given += 1
        self.answersChanged.emit()

    def _keys_of(self, dimension: str) -> list[str]:
        return [each.key for each in self._rubric.of(dimension)] if self._rubric else []

    def _keys(self) -> list[str]:
        items = self._rubric.items if self._rubric else ()
        asked = self._put_forward | ({each.dimension for each in items} - PUT_FORWARD_ONLY)
        return [each.key for each in items if each.dimension in asked]

    def _said_items(self) -> list[AskedDimensionRow]:
        if self._rubric is None:
            return []
        return [
            AskedDimensionRow(
                key=dimension,
                name=self.text(f"stars.{dimension}"),
                icon=DIMENSION_ICONS[dimension],
                putForward=dimension in PUT_FORWARD_ONLY,
                items=[
                    AskedItemRow(key=each.key, text=each.text.said(self.shell.tongue))
                    for each in self._rubric.of(dimension)
                ],
            )
            for dimension in self._rubric.dimensions
        ]

    def _row(self, place: int, line: VisitLine) -> VisitRow:
        last = said_short_day(self.text, line.by)
        kind = self.text(f"signs.premises_{line.premises}")
        said = "rounds.visit_scored" if line.scored else f"rounds.visit_look_{line.look}"
        return VisitRow(
            place=place,
            house=self._house(line),
            detail=self.text(said, kind, last),
            scored=line.scored,
        )

    def _house(self, line: VisitLine) -> str:
        return house_words(line.house.lane, line.house.number, self.shell.tongue)
