"""An appeal: what was decided, what happens now, why, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.ui.parts.wording import in_a_row, said_decision, said_title
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.core.catalogue import Language
    from kiosk.services.cases.appeal import AppealMade, AppealPage
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.cases.appeal"
QML_IMPORT_MAJOR_VERSION = 1

PAGE, WHY, DONE = "page", "why", "done"
_WORDS = (
    *("title", "subject", "circumstances", "said", "reply", "why_not"),
    *("reference", "result_by"),
)
"""What `AppealModel.words` holds."""


@QmlElement
class AppealModel(ViewModel):
    """View-model of AppealScreen: the decision, then why, then the slip."""

    pageChanged = Signal()
    stageChanged = Signal()
    handedIn = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: AppealPage | None = None
        self._stage = PAGE
        self._ground = self._touch = ""
        self._words = dict.fromkeys(_WORDS, "")
        self._decisions: list[dict[str, str]] = []
        self._happens: list[dict[str, str]] = []
        self._grounds: list[dict[str, Any]] = []

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

    @Property("QVariantMap", notify=pageChanged)  # type: ignore[arg-type]
    def words(self) -> dict[str, str]:
        """Ready texts, as `_WORDS` names them; empty where there is nothing to say."""
        return self._words

    @Property(list, notify=pageChanged)
    def decisions(self) -> list[dict[str, str]]:
        """What was decided: ``what``, ``why``, ``said``."""
        return self._decisions

    @Property(list, notify=pageChanged)
    def happens(self) -> list[dict[str, str]]:
        """What an appeal brings about: ``icon``, ``text``."""
        return self._happens

    @Property(list, notify=pageChanged)
    def grounds(self) -> list[dict[str, Any]]:
        """The listed grounds: ``key``, ``name``, ``chosen``."""
        return self._grounds

    @Property(bool, notify=pageChanged)
    def grounded(self) -> bool:
        """Whether a ground was chosen."""
        return bool(self._ground)

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """``page``, ``why`` or ``done``."""
        return self._stage

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open a decision by its case."""
        self.ask(_open, self.session_id, case_id, then=self._show)

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
        if self._page is not None:
            self._words = dict.fromkeys(_WORDS, "") | self._page_words(self._page)
            self._decisions = [said_decision(self.text, each) for each in self._page.decisions]
            self._happens = self._consequences(self._page)
            self._grounds = [self._ground_row(key) for key in self._page.grounds]
        self.pageChanged.emit()

    def _show(self, page: AppealPage) -> None:
        self._page = page
        self._go(PAGE)

    def _done(self, made: AppealMade) -> None:
        self._go(DONE)
        self.handedIn.emit(made.print_job_id)

    def _go(self, stage: str) -> None:
        self._stage = stage
        self.forgiveError()
        self.worded()
        self.stageChanged.emit()

    def _page_words(self, page: AppealPage) -> dict[str, str]:
        by = said_day(self.text, page.panel_by)
        part = self.text(f"reports.part_{page.part_of_day}") if page.part_of_day else ""
        place = self.text(f"place.{page.place}") if page.place else ""
        day = said_day(self.text, page.happened_on)
        return {
            "title": self._title(page),
            "subject": said_title(self.shell.tongue, page),
            "circumstances": in_a_row((day, part, place)),
            "said": self.text("my_record.quoted", page.words) if page.words else "",
            "reply": self._reply(page),
            "why_not": self.text(f"my_record.no_appeal_{page.why_not}", by) if page.why_not else "",
            "reference": page.reference,
            "result_by": self.text("my_record.result_by", by),
        }

    def _reply(self, page: AppealPage) -> str:
        """What the person answered, and who wrote it down if it was not they."""
        if not page.reply_choice:
            return ""
        own = page.reply_choice == "own_words"
        choice = "" if own else self.text(f"reports.reply_{page.reply_choice}")
        words = self.text("my_record.quoted", page.reply_words) if page.reply_words else ""
        taken = (
            self.text("my_record.taken_down", page.reply_taken_by) if page.reply_taken_by else ""
        )
        return self.text("my_record.your_reply", in_a_row((choice, words, taken)))

    def _title(self, page: AppealPage) -> str:
        asked = page.why_not == "" or self._stage != PAGE
        return self.text(f"my_record.appeal_{self._stage}" if asked else "my_record.appeal_closed")

    def _consequences(self, page: AppealPage) -> list[dict[str, str]]:
        by = said_day(self.text, page.panel_by)
        return [
            {"icon": "hand-stop", "text": self.text("my_record.happens_suspended")},
            {"icon": "users", "text": self.text("my_record.happens_lot")},
            {"icon": "calendar-due", "text": self.text("my_record.happens_by", by)},
            {"icon": "hourglass", "text": self.text(f"my_record.happens_silent_{page.kind}")},
            {"icon": "heart-handshake", "text": self.text("my_record.happens_free")},
        ]

    def _ground_row(self, key: str) -> dict[str, Any]:
        return {"key": key, "name": self.text(key), "chosen": key == self._ground}


def _open(village: Village, session_id: str, case_id: int) -> AppealPage:
    from kiosk.services.cases import appeal

    return appeal.appeal_page(village, session_id, case_id)


def _open_slip(village: Village, session_id: str, scanned: str) -> AppealPage:
    from kiosk.services.cases import appeal

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
    from kiosk.services.cases import appeal

    return appeal.appeal(village, session_id, case_id, words, touch, language, ground=ground)
