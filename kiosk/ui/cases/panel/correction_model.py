"""An officer asks a panel to look at something that counts once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.ui.cases.panel import wording
from kiosk.ui.parts.deciding import check_sentence
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.cases.panel import CorrectionPage
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1

NUMBER, PAGE, DONE = "number", "page", "done"
_YEAR = 4
_WORDS = ("title", "rule", "subject", "circumstances", "said", "reference", "asked")
"""What `CorrectionModel.words` holds."""


@QmlElement
class CorrectionModel(ViewModel):
    """View-model of CorrectionScreen: the number of a slip, what it is about, and why."""

    pageChanged = Signal()
    stageChanged = Signal()
    numberRefused = Signal()
    sentenceStands = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: CorrectionPage | None = None
        self._stage = NUMBER
        self._touch = self._sentence = ""
        self._words = dict.fromkeys(_WORDS, "")
        self._decisions: list[dict[str, str]] = []

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """``number``, ``page`` or ``done``."""
        return self._stage

    @Property(int, notify=pageChanged)
    def points(self) -> int:
        """What it gives or takes."""
        return self._page.points if self._page else 0

    @Property("QVariantMap", notify=pageChanged)  # type: ignore[arg-type]
    def words(self) -> dict[str, str]:
        """Ready texts, as `_WORDS` names them."""
        return self._words

    @Property(list, notify=pageChanged)
    def decisions(self) -> list[dict[str, str]]:
        """How it was decided: ``what``, ``why``, ``said``."""
        return self._decisions

    @Slot(str)
    def find(self, digits: str) -> None:
        """The number of a slip: the year, and the four digits after it."""
        reference = f"{digits[:_YEAR]}-{digits[_YEAR:]}"
        self.ask(_find, self.session_id, reference, then=self._show, refused=self._refused)

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
            self.ask(_ask, *asked, then=self._asked_for)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        page = self._page
        self._words["title"] = self.text(f"panel.correct_{self._stage}")
        if page is not None:
            self._words |= {
                "rule": page.title.said(self.shell.tongue),
                "subject": page.subject_name,
                "circumstances": wording.said_circumstances(self.text, page),
                "said": wording.quoted(self.text, page.words),
                "reference": page.reference,
            }
            about = (page.subject_name, self._words["rule"], page.reference)
            said = wording.quoted(self.text, self._sentence)
            self._words["asked"] = "\n".join((wording.in_a_row(about), said))
            self._decisions = [wording.said_decision(self.text, each) for each in page.decisions]
        self.pageChanged.emit()

    def _show(self, page: CorrectionPage) -> None:
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

    def _go(self, stage: str) -> None:
        self._stage = stage
        self.forgiveError()
        self.worded()
        self.stageChanged.emit()


def _find(village: Village, session_id: str, reference: str) -> CorrectionPage:
    from kiosk.services.cases import panel

    return panel.case_to_correct(village, session_id, reference)


def _ask(village: Village, session_id: str, case_id: int, sentence: str, touch: str) -> str:
    from kiosk.services.cases import panel

    return panel.ask_to_correct(village, session_id, case_id, sentence, touch)
