"""An appeal: what was decided, what happens now, why, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import Language
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import appeal
from kiosk.services.cases.appeal import AppealMade, AppealPage
from kiosk.services.village import Village
from kiosk.ui.parts.deciding import DONE
from kiosk.ui.parts.rows import ChoiceRow, DecisionRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.parts.wording import (
    in_a_row,
    quoted,
    said_circumstances,
    said_decision,
    said_reply,
    said_title,
)
from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.cases.appeal"
QML_IMPORT_MAJOR_VERSION = 1

WHY = "why"


@QmlElement
class AppealWords(Row):
    """The texts of the page, and of what came of it; empty where there is nothing to say."""

    title: str = ""
    subject: str = ""
    circumstances: str = ""
    said: str = ""
    reply: str = ""
    whyNot: str = ""
    reference: str = ""
    resultBy: str = ""


@QmlElement
class FollowingRow(Row):
    """One thing that an appeal brings about."""

    icon: str
    text: str


@QmlElement
class AppealModel(StagedModel):
    """View-model of AppealScreen: the decision, then why, then the slip."""

    pageChanged = Signal()
    handedIn = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: AppealPage | None = None
        self._ground = self._touch = ""
        self._words = AppealWords()
        self._decisions: list[DecisionRow] = []
        self._happens: list[FollowingRow] = []
        self._grounds: list[ChoiceRow] = []

    @Property(bool, notify=pageChanged)
    def there(self) -> bool:
        """Whether the decision has arrived."""
        return self._page is not None

    @Property(bool, notify=pageChanged)
    def mayAppeal(self) -> bool:
        """Whether an appeal is open now."""
        return self._page is not None and not self._page.why_not

    @Property(bool, notify=pageChanged)
    def mayPutRight(self) -> bool:
        """Whether the person can say that they put it right, which ends it."""
        return self._page is not None and self._page.may_put_right

    @Property(int, notify=pageChanged)
    def caseId(self) -> int:
        """The case; 0 before it is there."""
        return self._page.case_id if self._page else 0

    @Property(bool, notify=pageChanged)
    def suspended(self) -> bool:
        """Whether an appeal is being heard."""
        return self._page is not None and self._page.why_not == "under_way"

    @Property(int, notify=pageChanged)
    def points(self) -> int:
        """What it is about, signed."""
        return self._page.points if self._page else 0

    @Property(AppealWords, notify=pageChanged)
    def words(self) -> AppealWords:
        """The texts of the page."""
        return self._words

    @Property(list, notify=pageChanged)
    def decisions(self) -> list[DecisionRow]:
        """What was decided."""
        return self._decisions

    @Property(list, notify=pageChanged)
    def happens(self) -> list[FollowingRow]:
        """What an appeal brings about."""
        return self._happens

    @Property(list, notify=pageChanged)
    def grounds(self) -> list[ChoiceRow]:
        """The listed grounds."""
        return self._grounds

    @Property(bool, notify=pageChanged)
    def grounded(self) -> bool:
        """Whether a ground was chosen."""
        return bool(self._ground)

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open a decision by its case."""
        self.ask(appeal.appeal_page, self.session_id, case_id, then=self._show)

    @Slot(str)
    def openSlip(self, scanned: str) -> None:
        """Open a decision by the slip that somebody holds."""
        self.ask(_open_slip, self.session_id, scanned, then=self._show)

    @Slot()
    def begin(self) -> None:
        """The person does not agree: now why."""
        self._touch = new_touch_id()
        self._go(WHY)

    @Slot(str)
    def choose(self, ground: str) -> None:
        """One of the listed grounds."""
        self._ground = ground
        self.worded()

    @Slot()
    def back(self) -> None:
        """One step back; what was chosen stays."""
        self._go(PAGE)

    @Slot(str)
    def handIn(self, words: str) -> None:
        """Hand the appeal in; what was typed stays when it is refused."""
        if self._page is not None:
            said = (self._page.case_id, self._ground, words, self._touch, self.shell.tongue)
            self.ask(_appeal, self.session_id, *said, then=self._done)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        page = self._page
        if page is not None:
            self._words = self.renewed(self._words, self._page_words(page))
            made = [said_decision(self.text, each) for each in page.decisions]
            self._decisions = self.renewed(self._decisions, made)
            self._happens = self.renewed(self._happens, self._consequences(page))
            grounds = [self._ground_row(key) for key in page.grounds]
            self._grounds = self.renewed(self._grounds, grounds)
        self.pageChanged.emit()

    def _show(self, page: AppealPage) -> None:
        self._page = page
        self._go(PAGE)

    def _done(self, made: AppealMade) -> None:
        self._go(DONE)
        self.handedIn.emit(made.print_job_id)

    def _page_words(self, page: AppealPage) -> AppealWords:
        by = said_day(self.text, page.panel_by)
        return AppealWords(
            title=self._title(page),
            subject=said_title(self.shell.tongue, page),
            circumstances=said_circumstances(self.text, page),
            said=quoted(self.text, page.words),
            reply=self._reply(page),
            whyNot=self.text(f"my_record.no_appeal_{page.why_not}", by) if page.why_not else "",
            reference=page.reference,
            resultBy=self.text("my_record.result_by", by),
        )

    def _reply(self, page: AppealPage) -> str:
        """What the person answered, and who wrote it down if it was not they."""
        if not page.reply_choice:
            return ""
        reply = (page.reply_choice, page.reply_words, page.reply_taken_by)
        return self.text("my_record.your_reply", in_a_row(said_reply(self.text, *reply)))

    def _title(self, page: AppealPage) -> str:
        asked = page.why_not == "" or self._stage != PAGE
        return self.text(f"my_record.appeal_{self._stage}" if asked else "my_record.appeal_closed")

    def _consequences(self, page: AppealPage) -> list[FollowingRow]:
        by = said_day(self.text, page.panel_by)
        said = {
            "hand-stop": self.text("my_record.happens_suspended"),
            "users": self.text("my_record.happens_lot"),
            "calendar-due": self.text("my_record.happens_by", by),
            "hourglass": self.text(f"my_record.happens_silent_{page.kind}"),
            "heart-handshake": self.text("my_record.happens_free"),
        }
        return [FollowingRow(icon=icon, text=text) for icon, text in said.items()]

    def _ground_row(self, key: str) -> ChoiceRow:
        return ChoiceRow(key=key, name=self.text(key), chosen=key == self._ground)


def _open_slip(village: Village, session_id: str, scanned: str) -> AppealPage:
    case_id = appeal.case_of_slip(village, session_id, scanned)
    return appeal.appeal_page(village, session_id, case_id)


def _appeal(
    village: Village,
    session_id: str,
    case_id: int,
    ground: str,
    words: str,
    touch: str,
    language: Language,
) -> AppealMade:
    return appeal.appeal(village, session_id, case_id, words, touch, language, ground=ground)
