"""What is new about a person, one thing after the other, with its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.cases import confirmations, notices, photos
from kiosk.services.cases.confirmations import ConfirmLine
from kiosk.services.cases.notices import NoticeLine
from kiosk.services.cases.views.officer_view import MoveLine
from kiosk.services.village import Village
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.parts.rows import ChoiceRow, DecisionRow
from kiosk.ui.parts.wording import (
    quoted,
    said_circumstances,
    said_decision,
    said_points,
    said_title,
)
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.notices"
QML_IMPORT_MAJOR_VERSION = 1

_REPLY_ICONS = {
    "agree": "check",
    "put_right": "check",
    "not_so": "x",
    "not_me": "user",
    "own_words": "pencil",
}
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
    hours: int = 0
    reminder: bool = False
    thanks: str = ""
    """The picture with which it was said, where it is thanks that wait for a yes."""


@QmlElement
class NoticeWords(Row):
    """The texts of one notice; empty where there is nothing to say."""

    place: str = ""
    """Which one it is of how many; empty for a single one."""
    heading: str = ""
    subject: str = ""
    points: str = ""
    """With their sign; empty where they are not this person's."""
    circumstances: str = ""
    words: str = ""
    whence: str = ""
    """From whom it comes, or why that is not said."""
    next: str = ""
    """What happens now, and by when."""
    drawing: str = ""
    """The picture of thanks."""


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
        self._said = NoticeWords()
        self._replies: list[ChoiceRow] = []
        self._decisions: list[DecisionRow] = []
        self._photos: list[str] = []

    def started(self) -> None:
        """Ask what is new."""
        self.ask(_news, self.session_id, then=self._begin)

    def worded(self) -> None:
        """Say the notice in the language on the screen."""
        replies = [
            ChoiceRow(key=each, name=self.text(f"reports.reply_{each}"), icon=_REPLY_ICONS[each])
            for each in notices.REPLY_CHOICES
        ]
        told = self._words(self._waiting[0]) if self._waiting else NoticeWords()
        decisions = self._waiting[0].decisions if self._waiting else ()
        made = [said_decision(self.text, each) for each in decisions]
        self._replies = self.renewed(self._replies, replies)
        self._said = self.renewed(self._said, told)
        self._decisions = self.renewed(self._decisions, made)
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

    @Property(NoticeWords, notify=wordsChanged)
    def said(self) -> NoticeWords:
        """The texts of the notice."""
        return self._said

    @Property(list, notify=wordsChanged)
    def decisions(self) -> list[DecisionRow]:
        """Oldest first."""
        return self._decisions

    @Property(list, notify=wordsChanged)
    def replies(self) -> list[ChoiceRow]:
        """The listed replies."""
        return self._replies

    @Property(list, notify=photosChanged)
    def photos(self) -> list[str]:
        """An address for each photograph that goes with it; they come a moment later."""
        return self._photos

    @Slot()
    def accept(self) -> None:
        """The good deed may be looked at."""
        self._answer("accepted", notices.accept_nomination)

    @Slot()
    def decline(self) -> None:
        """It shall not be recorded."""
        self._answer("declined", notices.decline_nomination)

    @Slot(str, str)
    def reply(self, choice: str, words: str) -> None:
        """The person's answer to a concern."""
        self._answer("replied", notices.reply, choice, words)

    @Slot()
    def confirm(self) -> None:
        """Somebody saw it, and says so."""
        self._answer("confirmed", confirmations.confirm)

    @Slot()
    def acknowledge(self) -> None:
        """The person read what was decided: the days to appeal run from now on."""
        self._answer("read", notices.acknowledge)

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

    def _words(self, news: News) -> NoticeWords:
        say = self.text
        number = self._all - len(self._waiting) + 1
        until = said_day(say, news.until) if news.until else ""
        follows = say(self._follows(news), until, abs(news.points or 0))
        return NoticeWords(
            place=say("my_record.notice_of", number, self._all) if self._all > 1 else "",
            heading=say(f"my_record.notice_{self._about(news)}"),
            subject=said_title(self.shell.tongue, news),
            points="" if news.points is None else said_points(news.points),
            circumstances=said_circumstances(say, news),
            words=quoted(say, news.words),
            whence=self._whence(news),
            next="\n".join(filter(None, (follows, self._reminds(news)))),
            drawing=f"thanks_{news.thanks}" if news.thanks else "",
        )

    def _reminds(self, news: News) -> str:
        """That the first time takes no points, where it may still take some."""
        may_count = news.reminder and (not news.outcome or news.may_appeal)
        return self.text("rule_changes.reminds") if may_count else ""

    def _about(self, news: News) -> str:
        if news.thanks and not news.outcome:
            return "thanks"
        return f"read_{news.kind}_{news.outcome}" if news.outcome else news.needs

    def _follows(self, news: News) -> str:
        """What happens now: of what is simply over, that it is."""
        if not news.outcome:
            return f"my_record.next_{news.needs}"
        known = f"{news.kind}_{news.outcome}"
        dated = news.may_appeal or known != "deed_declined"
        return f"my_record.next_read_{known if known in _FOLLOWS and dated else 'over'}"

    def _whence(self, news: News) -> str:
        if news.subject_name:
            return self.text("my_record.whose_deed", news.subject_name)
        if news.from_whom:
            return self.text("my_record.from_whom", news.from_whom)
        return self.text("my_record.from_sealed") if news.kind == _CONCERN else ""


def _news(village: Village, session_id: str) -> list[News]:
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
        hours=line.hours,
        reminder=line.reminder,
        thanks=line.thanks,
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
        hours=line.hours,
    )


def _seen(village: Village, session_id: str, case_id: int, touch: str) -> News:
    return _of_notice(notices.mark_noticed(village, session_id, case_id, touch))


def _photos(village: Village, session_id: str, case_id: int) -> list[str]:
    return [address_of(each) for each in photos.photos_of(village, session_id, case_id)]
