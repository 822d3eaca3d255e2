"""What is new about a person, one thing after the other, with its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.ui.parts.wording import in_a_row, said_decision, said_points, said_title
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.cases.confirmations import ConfirmLine
    from kiosk.services.cases.notices import NoticeLine
    from kiosk.services.cases.views.officer_view import MoveLine
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.cases.notices"
QML_IMPORT_MAJOR_VERSION = 1

_REPLIES = ("agree", "put_right", "not_so", "not_me", "own_words")
_NEW = "submitted"
_CONFIRM = "confirm"
_CONCERN = "concern"
_RELIEF = frozenset({"declined", "ended", "withdrawn", "merged", "lapsed", "overturned"})
"""Outcomes of a concern that is over and takes nothing away."""
_FOLLOWS = frozenset(
    {
        *("concern_countersigned", "concern_merged", "concern_effective"),
        *("deed_declined", "deed_overturned"),
    }
)
"""What has words of its own for what follows; all else is simply over."""


@dataclass(frozen=True)
class News:
    """One thing to be told: what others said of this person, or what they ask of them."""

    case_id: int
    needs: str
    """``accept``, ``reply``, ``read`` or ``confirm``."""
    unseen: bool
    title: Texts
    points: int | None
    """Signed; None where they are somebody else's."""
    happened_on: date
    part_of_day: str
    place: str
    words: str
    from_whom: str = ""
    subject_name: str = ""
    until: date | None = None
    decisions: tuple[MoveLine, ...] = ()
    kind: str = ""
    outcome: str = ""
    """What became of it, where it is to be read."""
    may_appeal: bool = False


@QmlElement
class NoticesModel(ViewModel):
    """View-model of NoticesScreen: first what others said of this person, then what they ask."""

    firstChanged = Signal()
    noticeChanged = Signal()
    wordsChanged = Signal()
    photosChanged = Signal()
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[News] = []
        self._all = 0
        self._touch = ""
        self._first = 0
        self._said: dict[str, str] = {}
        self._replies: list[dict[str, str]] = []
        self._decisions: list[dict[str, str]] = []
        self._photos: list[str] = []

    def started(self) -> None:
        """Ask what is new."""
        self.ask(_news, self.session_id, then=self._begin)

    def worded(self) -> None:
        """Say the notice in the language on the screen."""
        self._replies = [
            {"choice": each, "text": self.text(f"reports.reply_{each}")} for each in _REPLIES
        ]
        self._said = self._words(self._waiting[0]) if self._waiting else {}
        made = self._waiting[0].decisions if self._waiting else ()
        self._decisions = [said_decision(self.text, each) for each in made]
        self.wordsChanged.emit()

    @Property(int, notify=firstChanged)
    def first(self) -> int:
        """The case that is told first; 0 for the oldest."""
        return self._first

    @first.setter  # type: ignore[no-redef]
    def first(self, case_id: int) -> None:
        self._first = case_id
        self.firstChanged.emit()

    @Property(str, notify=noticeChanged)
    def needs(self) -> str:
        """``accept``, ``reply``, ``read`` or ``confirm``; empty while there is nothing to show."""
        return self._waiting[0].needs if self._waiting else ""

    @Property(bool, notify=noticeChanged)
    def mayAppeal(self) -> bool:
        """Whether what was decided can be appealed."""
        return bool(self._waiting) and self._waiting[0].may_appeal

    @Property(bool, notify=noticeChanged)
    def relief(self) -> bool:
        """Whether it is over, and takes nothing away."""
        told = self._waiting[0] if self._waiting else None
        return told is not None and told.kind == _CONCERN and told.outcome in _RELIEF

    @Property(int, notify=noticeChanged)
    def caseId(self) -> int:
        """The case that is told; 0 while there is nothing to show."""
        return self._waiting[0].case_id if self._waiting else 0

    @Property(str, notify=wordsChanged)
    def place(self) -> str:
        """Which one it is of how many; empty for a single one."""
        return self._said.get("place", "")

    @Property(str, notify=wordsChanged)
    def heading(self) -> str:
        """What this is."""
        return self._said.get("heading", "")

    @Property(str, notify=wordsChanged)
    def subject(self) -> str:
        """The rule's title."""
        return self._said.get("subject", "")

    @Property(str, notify=wordsChanged)
    def points(self) -> str:
        """With their sign; empty where they are not this person's."""
        return self._said.get("points", "")

    @Property(str, notify=wordsChanged)
    def circumstances(self) -> str:
        """When and where."""
        return self._said.get("circumstances", "")

    @Property(str, notify=wordsChanged)
    def words(self) -> str:
        """What was said about it; may be empty."""
        return self._said.get("words", "")

    @Property(str, notify=wordsChanged)
    def whence(self) -> str:
        """From whom it comes, or why that is not said."""
        return self._said.get("whence", "")

    @Property(str, notify=wordsChanged)
    def next(self) -> str:
        """What happens now, and by when."""
        return self._said.get("next", "")

    @Property(list, notify=wordsChanged)
    def decisions(self) -> list[dict[str, str]]:
        """``what``, ``why``, ``said`` of each decision, oldest first."""
        return self._decisions

    @Property(list, notify=wordsChanged)
    def replies(self) -> list[dict[str, str]]:
        """``choice`` and ``text`` of the listed replies."""
        return self._replies

    @Property(list, notify=photosChanged)
    def photos(self) -> list[str]:
        """An address for each photograph that goes with it; they come a moment later."""
        return self._photos

    @Slot()
    def accept(self) -> None:
        """The good deed may be looked at."""
        self._answer("accepted", _accept)

    @Slot()
    def decline(self) -> None:
        """It shall not be recorded."""
        self._answer("declined", _decline)

    @Slot(str, str)
    def reply(self, choice: str, words: str) -> None:
        """The person's answer to a concern."""
        self._answer("replied", _reply, choice, words)

    @Slot()
    def confirm(self) -> None:
        """Somebody saw it, and says so."""
        self._answer("confirmed", _confirm)

    @Slot()
    def acknowledge(self) -> None:
        """The person read what was decided: the days to appeal run from now on."""
        self._answer("read", _acknowledge)

    @Slot()
    def goOn(self) -> None:
        """The next one; what was not answered comes again at the next sign-in."""
        self._waiting = self._waiting[1:]
        self._show()

    def _answer(self, done: str, service: Callable[..., Any], *said: str) -> None:
        if self._waiting:
            case_id = self._waiting[0].case_id
            question = (self.session_id, case_id, *said, self._touch)
            self.ask(service, *question, then=self._acknowledge(done))

    def _acknowledge(self, done: str) -> Callable[[str], None]:
        """Say over the next page that the answer is in, whatever that page is."""

        def go_on(_reference: str) -> None:
            self.goOn()
            self.shell.hint_at(f"my_record.done_{done}")

        return go_on

    def _begin(self, news: list[News]) -> None:
        news = sorted(news, key=lambda each: each.case_id != self._first)
        self._waiting, self._all = news, len(news)
        self._show()

    def _show(self) -> None:
        self._touch = new_touch_id()
        self.noticeChanged.emit()
        self.worded()
        self._show_photos(0, [])
        self._ask_for_photos()
        if not self._waiting:
            self.finished.emit()
        elif self._waiting[0].unseen:
            question = (self.session_id, self._waiting[0].case_id, new_touch_id())
            self.ask(_seen, *question, then=self._told)

    def _ask_for_photos(self) -> None:
        """What is about the person is shown to them whole; a witness sees the words alone."""
        if not self._waiting or self._waiting[0].needs == _CONFIRM:
            return
        case_id = self._waiting[0].case_id
        self.shell.ask(
            _photos,
            self.session_id,
            case_id,
            done=lambda photos: self._show_photos(case_id, photos),
            failed=self._refuse,
            owner=self,
        )

    def _show_photos(self, case_id: int, photos: list[str]) -> None:
        if case_id in (0, self.caseId):
            self._photos = photos
            self.photosChanged.emit()

    def _told(self, news: News) -> None:
        """The time to reply runs from now on."""
        self._waiting[0] = news
        self.worded()

    def _words(self, news: News) -> dict[str, str]:
        number = self._all - len(self._waiting) + 1
        until = said_day(self.text, news.until) if news.until else ""
        return {
            "place": self.text("my_record.notice_of", number, self._all) if self._all > 1 else "",
            "heading": self.text(f"my_record.notice_{self._about(news)}"),
            "subject": said_title(self.shell.tongue, news),
            "points": "" if news.points is None else said_points(news.points),
            "circumstances": self._circumstances(news),
            "words": news.words,
            "whence": self._whence(news),
            "next": self.text(self._follows(news), until, abs(news.points or 0)),
        }

    def _about(self, news: News) -> str:
        return f"read_{news.kind}_{news.outcome}" if news.outcome else news.needs

    def _follows(self, news: News) -> str:
        """What happens now: of what is simply over, that it is."""
        if not news.outcome:
            return f"my_record.next_{news.needs}"
        known = f"{news.kind}_{news.outcome}"
        dated = news.may_appeal or known != "deed_declined"
        return f"my_record.next_read_{known if known in _FOLLOWS and dated else 'over'}"

    def _circumstances(self, news: News) -> str:
        part = self.text(f"reports.part_{news.part_of_day}") if news.part_of_day else ""
        place = self.text(f"place.{news.place}") if news.place else ""
        return in_a_row((said_day(self.text, news.happened_on), part, place))

    def _whence(self, news: News) -> str:
        if news.subject_name:
            return self.text("my_record.whose_deed", news.subject_name)
        if news.from_whom:
            return self.text("my_record.from_whom", news.from_whom)
        return self.text("my_record.from_sealed") if news.kind == _CONCERN else ""


def _news(village: Village, session_id: str) -> list[News]:
    from kiosk.services.cases import confirmations, notices

    told = notices.notices(village, session_id)
    asked = confirmations.confirmable(village, session_id)
    return [*(_of_notice(each) for each in told), *(_of_request(each) for each in asked)]


def _of_notice(line: NoticeLine) -> News:
    return News(
        line.case_id,
        line.needs,
        line.state == _NEW,
        line.title,
        line.points,
        line.happened_on,
        line.part_of_day,
        line.place,
        line.words,
        from_whom=line.from_whom,
        until=line.reply_until,
        decisions=line.decisions,
        kind=line.kind,
        outcome=line.outcome,
        may_appeal=line.may_appeal,
    )


def _of_request(line: ConfirmLine) -> News:
    return News(
        line.case_id,
        _CONFIRM,
        False,
        line.title,
        None,
        line.happened_on,
        line.part_of_day,
        line.place,
        line.words,
        subject_name=line.subject_name,
    )


def _seen(village: Village, session_id: str, case_id: int, touch: str) -> News:
    from kiosk.services.cases import notices

    return _of_notice(notices.mark_noticed(village, session_id, case_id, touch))


def _photos(village: Village, session_id: str, case_id: int) -> list[str]:
    from kiosk.services.cases import photos
    from kiosk.ui.parts.photographs import address_of

    return [address_of(each) for each in photos.photos_of(village, session_id, case_id)]


def _accept(village: Village, session_id: str, case_id: int, touch: str) -> str:
    from kiosk.services.cases import notices

    return notices.accept_nomination(village, session_id, case_id, touch)


def _decline(village: Village, session_id: str, case_id: int, touch: str) -> str:
    from kiosk.services.cases import notices

    return notices.decline_nomination(village, session_id, case_id, touch)


def _reply(
    village: Village, session_id: str, case_id: int, choice: str, words: str, touch: str
) -> str:
    from kiosk.services.cases import notices

    return notices.reply(village, session_id, case_id, choice, words, touch)


def _acknowledge(village: Village, session_id: str, case_id: int, touch: str) -> str:
    from kiosk.services.cases import notices

    return notices.acknowledge(village, session_id, case_id, touch)


def _confirm(village: Village, session_id: str, case_id: int, touch: str) -> str:
    from kiosk.services.cases import confirmations

    return confirmations.confirm(village, session_id, case_id, touch)
