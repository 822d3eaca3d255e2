"""An officer asks a panel to look at something that counts once more."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.cases import panel_correction
from kiosk.services.cases.panel_correction import EntryToCorrect
from kiosk.ui.cases.panel.rows import EntryWords
from kiosk.ui.parts.deciding import DONE, check_sentence
from kiosk.ui.parts.rows import DecisionRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.parts.wording import (
    in_a_row,
    quoted,
    said_circumstances,
    said_decision,
    said_title,
)

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1

NUMBER = "number"
_YEAR = 4


@QmlElement
class CorrectionModel(StagedModel):
    """View-model of CorrectionScreen: the number of a slip, what it is about, and why."""

    pageChanged = Signal()
    numberRefused = Signal()
    sentenceStands = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, NUMBER)
        self._page: EntryToCorrect | None = None
        self._touch = self._sentence = ""
        self._words = EntryWords()
        self._decisions: list[DecisionRow] = []

    @Property(int, notify=pageChanged)
    def points(self) -> int:
        """What it gives or takes."""
        return self._page.points if self._page else 0

    @Property(EntryWords, notify=pageChanged)
    def words(self) -> EntryWords:
        """What it is about."""
        return self._words

    @Property(list, notify=pageChanged)
    def decisions(self) -> list[DecisionRow]:
        """How it was decided."""
        return self._decisions

    @Slot(str)
    def find(self, digits: str) -> None:
        """The number of a slip: the year, and the four digits after it."""
        reference = f"{digits[:_YEAR]}-{digits[_YEAR:]}"
        self.ask(
            panel_correction.case_to_correct,
            self.session_id,
            reference,
            then=self._show,
            refused=self._refused,
        )

    @Slot()
    def back(self) -> None:
        """Another number."""
        self._go(NUMBER)

    @Slot(str)
    def check(self, sentence: str) -> None:
        """Whether this sentence can stand: said before the officer is asked if they are sure."""
        self.ask(check_sentence, sentence, then=self._stands)

    @Slot()
    def askPanel(self) -> None:
        """Draw a panel that looks at it, with the sentence that was checked."""
        if self._page is not None:
            asked = (self.session_id, self._page.case_id, self._sentence, self._touch)
            self.ask(panel_correction.ask_to_correct, *asked, then=self._asked_for)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        page = self._page
        made = [said_decision(self.text, each) for each in page.decisions] if page else []
        self._words = self.renewed(self._words, self._page_words(page))
        self._decisions = self.renewed(self._decisions, made)
        self.pageChanged.emit()

    def _page_words(self, page: EntryToCorrect | None) -> EntryWords:
        say = self.text
        title = say(f"panel.correct_{self._stage}")
        if page is None:
            return EntryWords(title=title)
        rule = said_title(self.shell.tongue, page)
        about = in_a_row((page.subject_name, rule, page.reference))
        return EntryWords(
            title=title,
            rule=rule,
            subject=page.subject_name,
            circumstances=said_circumstances(say, page),
            said=quoted(say, page.words),
            asked="\n".join((about, quoted(say, self._sentence))),
        )

    def _show(self, page: EntryToCorrect) -> None:
        self._page, self._touch = page, new_touch_id()
        self._go(PAGE)

    def _stands(self, sentence: str) -> None:
        self._sentence = sentence
        self.worded()
        self.sentenceStands.emit()

    def _refused(self, _refusal: object) -> None:
        self.numberRefused.emit()

    def _asked_for(self, _reference: str) -> None:
        self._go(DONE)
