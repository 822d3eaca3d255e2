"""The made-up record that one looks at before joining."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.services.enrolment import explanation
from kiosk.services.record.my_record import Record
from kiosk.services.record.number import SumLine
from kiosk.services.village import Village
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.enrolment"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DeedRow(Row):
    """A good deed of the made-up record."""

    points: int
    text: str
    detail: str


@QmlElement
class SampleModel(ViewModel):
    """View-model of SampleStep: the sum, and what it is made of."""

    sampleChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: dict[str, Record] = {}
        self._amounts: list[str] = []
        self._rows: list[DeedRow] = []
        self._spoken = ""

    def started(self) -> None:
        """Ask for the record in every language."""
        self.ask(_samples, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        record = self._records.get(self.shell.tongue)
        if record is None:
            return
        sums = (record.base, record.deeds, record.stars, record.concerns, record.number)
        self._amounts = [str(each) for each in sums]
        self._spoken = self.text("enrolment.sum_spoken", *sums)
        rows = [self._row(each) for each in record.lines if each.kind == "deed"]
        self._rows = self.renewed(self._rows, rows)
        self.sampleChanged.emit()

    @Property(list, notify=sampleChanged)
    def amounts(self) -> list[str]:
        """Start, good deeds, stars, concerns, today."""
        return self._amounts

    @Property(str, notify=sampleChanged)
    def spoken(self) -> str:
        """The sum as a sentence."""
        return self._spoken

    @Property(list, notify=sampleChanged)
    def rows(self) -> list[DeedRow]:
        """The good deeds."""
        return self._rows

    def _show(self, records: dict[str, Record]) -> None:
        self._records = records
        self.worded()

    def _row(self, line: SumLine) -> DeedRow:
        parts = (
            self._day(line.happened_on),
            *(self.text("my_record.confirmed_by", each) for each in line.confirmed_by),
            *(self.text("my_record.decided_by", each) for each in line.decided_by),
            self.text("my_record.counts_until", self._day(line.counts_until)),
        )
        return DeedRow(
            points=line.points,
            text=line.title.said(self.shell.tongue),
            detail=in_a_row(parts),
        )

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        return said_day(self.text, day)


def _samples(village: Village) -> dict[str, Record]:
    today, words = village_day(village.clock.now()), village.catalogue
    return {each: explanation.practice_record(today, words, each) for each in words.languages}
