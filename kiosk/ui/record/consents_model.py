"""What one consents to, and how to stop."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.consent import consents as consent_consents
from kiosk.services.consent.consents import ConsentLine
from kiosk.services.my_data import consent_choices
from kiosk.services.village import Village
from kiosk.ui.record.rows import ConsentRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.record"
QML_IMPORT_MAJOR_VERSION = 1

_SENTENCES = range(1, 9)


@QmlElement
class ConsentsModel(ViewModel):
    """View-model of ConsentsScreen."""

    consentsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[ConsentLine, ...] = ()
        self._consents: list[ConsentRow] = []
        self._text: list[str] = []
        self._question = self._follows = self._purpose = self._done = ""
        self._version = 0
        self._touch = ""

    def started(self) -> None:
        """Ask what was agreed to."""
        self.ask(_consents, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        rows = [self._row(each) for each in self._found]
        self._consents = self.renewed(self._consents, rows)
        self._text = [self.text(f"rights.consent_{place}") for place in _SENTENCES]
        self._question, self._follows = self._dialog(self._purpose) if self._purpose else ("", "")
        self.consentsChanged.emit()

    @Property(list, notify=consentsChanged)
    def consents(self) -> list[ConsentRow]:
        """One for each purpose."""
        return self._consents

    @Property(list, notify=consentsChanged)
    def sentences(self) -> list[str]:
        """The text that one agrees to."""
        return self._text

    @Property(str, notify=consentsChanged)
    def question(self) -> str:
        """What the dialog asks: whether to withdraw, or to give, this consent by its name."""
        return self._question

    @Property(str, notify=consentsChanged)
    def follows(self) -> str:
        """What follows from it."""
        return self._follows

    @Property(str, notify=consentsChanged)
    def done(self) -> str:
        """What was changed just now, by its name; empty when nothing was."""
        return self._said_done()

    @Slot(str)
    def about(self, purpose: str) -> None:
        """The first of the two taps."""
        self._purpose, self._touch = purpose, new_touch_id()
        self.worded()

    @Slot()
    def withdraw(self) -> None:
        """The second: it takes effect at once."""
        self.ask(_withdraw, self.session_id, self._purpose, self._touch, then=self._did)

    @Slot()
    def agree(self) -> None:
        """The second tap of a consent that is given."""
        question = (self.session_id, self._purpose, self._version, self._touch)
        self.ask(_agree, *question, then=self._did)

    def _show(self, shown: tuple[tuple[ConsentLine, ...], int]) -> None:
        self._found, self._version = shown
        self.worded()

    def _did(self, shown: tuple[tuple[ConsentLine, ...], int]) -> None:
        self._done = self._purpose
        self._show(shown)

    def _is_given(self, purpose: str) -> bool:
        return any(each.given for each in self._found if each.purpose == purpose)

    def _dialog(self, purpose: str) -> tuple[str, str]:
        """What is asked, and what follows from it."""
        name = self.text(f"rights.purpose_{purpose}")
        if self._is_given(purpose):
            follows = (f"rights.withdrawn_{purpose}", "rights.withdraw_detail")
            question = self.text("rights.withdraw_title", name)
        else:
            follows = (f"rights.purpose_{purpose}_detail", "rights.agree_detail")
            question = self.text("rights.agree_title", name)
        return question, "\n".join(self.text(each) for each in follows)

    def _said_done(self) -> str:
        if not self._done:
            return ""
        key = "agreed" if self._is_given(self._done) else "withdrawn"
        return self.text(f"rights.{key}", self.text(f"rights.purpose_{self._done}"))

    def _row(self, line: ConsentLine) -> ConsentRow:
        return ConsentRow(
            purpose=line.purpose,
            title=self.text(f"rights.purpose_{line.purpose}"),
            detail=self.text(f"rights.purpose_{line.purpose}_detail"),
            given=line.given,
            mayAgree=not line.given and line.purpose != "number",
            atDesk=not line.given and line.purpose == "number",
            when=self._when(line),
        )

    def _when(self, line: ConsentLine) -> str:
        if line.withdrawn_at is not None:
            day = said_day(self.text, village_day(line.withdrawn_at))
            return self.text("rights.withdrawn_on", day)
        if line.given_at is None:
            return self.text("rights.not_given")
        if not line.given:
            return self.text("rights.text_changed")
        return self.text("rights.given_on", said_day(self.text, village_day(line.given_at)))


def _consents(village: Village, session_id: str) -> tuple[tuple[ConsentLine, ...], int]:
    """The consents, and the version of the text that is shown."""
    return consent_consents.consents(village, session_id), consent_consents.CONSENT_TEXT_VERSION


def _withdraw(
    village: Village, session_id: str, purpose: Any, touch: str
) -> tuple[tuple[ConsentLine, ...], int]:
    consent_choices.withdraw(village, session_id, purpose, touch)
    return _consents(village, session_id)


def _agree(
    village: Village, session_id: str, purpose: Any, version: int, touch: str
) -> tuple[tuple[ConsentLine, ...], int]:
    consent_choices.agree(village, session_id, purpose, version, touch)
    return _consents(village, session_id)
