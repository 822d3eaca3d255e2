"""Who is to be told on paper, who was told, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import hand_overs, paper_notices
from kiosk.services.cases.hand_overs import HandOverLine
from kiosk.services.cases.notices import REPLY_CHOICES
from kiosk.services.cases.paper_notices import NoticeSlipLine
from kiosk.services.village import Village
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.wording import in_a_row, said_title
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.paper_notices"
QML_IMPORT_MAJOR_VERSION = 1

ANSWERS = ("accept", "decline")
"""To a nomination; words at ``notices_desk.answer_…``."""


@dataclass(frozen=True)
class NoticeQueues:
    """Whom to tell, and whose reply is awaited."""

    to_hand_over: tuple[NoticeSlipLine, ...] = ()
    to_take_down: tuple[NoticeSlipLine, ...] = ()
    papers: tuple[HandOverLine, ...] = ()
    """Results and invitations."""


@QmlElement
class ErrandRow(Row):
    """Somebody who is to be told on paper, or whose reply is awaited."""

    caseId: int
    person: int
    """0 for a notice."""
    name: str
    house: str
    detail: str
    printed: bool
    earlier: bool
    """Whether it was printed before today."""
    mine: bool
    """Whether this clerk may write the reply down."""


@QmlElement
class NoticesDeskModel(ViewModel):
    """View-model of NoticesDeskScreen."""

    errandsChanged = Signal()
    replyChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = NoticeQueues()
        self._there = False
        self._notices: list[ErrandRow] = []
        self._awaited: list[ErrandRow] = []
        self._choices: list[ChoiceRow] = []
        self._done: tuple[str, ...] = ()
        self._subject = ""
        self._case: NoticeSlipLine | None = None
        self._touch = self._told = ""

    def started(self) -> None:
        """Ask what there is to do."""
        if self.shell.session and self.shell.session.roles:
            self.ask(_errands, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        told = [(each.deliver_by, self._row(each)) for each in self._errands.to_hand_over]
        told += [(each.deliver_by, self._paper_row(each)) for each in self._errands.papers]
        told.sort(key=lambda each: each[0] or date.max)  # the most urgent first
        self._notices = self.renewed(self._notices, [row for _, row in told])
        awaited = [self._row(each) for each in self._errands.to_take_down]
        self._awaited = self.renewed(self._awaited, awaited)
        if self.nomination:
            words = {each: f"notices_desk.answer_{each}" for each in ANSWERS}
        else:
            words = {each: f"reports.reply_{each}" for each in REPLY_CHOICES}
        choices = [ChoiceRow(key=each, name=self.text(key)) for each, key in words.items()]
        self._choices = self.renewed(self._choices, choices)
        self._subject = self._title(self._case) if self._case else ""
        self.errandsChanged.emit()
        self.replyChanged.emit()

    @Property(bool, notify=errandsChanged)
    def there(self) -> bool:
        """Whether the lists were read."""
        return self._there

    @Property(list, notify=errandsChanged)
    def notices(self) -> list[ErrandRow]:
        """Whom to tell."""
        return self._notices

    @Property(list, notify=errandsChanged)
    def awaited(self) -> list[ErrandRow]:
        """Whose reply is awaited."""
        return self._awaited

    @Property(list, notify=replyChanged)
    def choices(self) -> list[ChoiceRow]:
        """The listed replies, or yes and no."""
        return self._choices

    @Property(str, notify=errandsChanged)
    def done(self) -> str:
        """What was written down just now; empty when nothing was."""
        if not self._done:
            return ""
        what, *values = self._done
        return self.text(f"notices_desk.written_{what}", *values)

    @Property(str, notify=replyChanged)
    def person(self) -> str:
        """Whose reply is being taken down; empty when nobody's is."""
        return self._case.subject_name if self._case else ""

    @Property(str, notify=replyChanged)
    def subject(self) -> str:
        """What they answer to."""
        return self._subject

    @Property(bool, notify=replyChanged)
    def nomination(self) -> bool:
        """Whether it is a good deed, to which one says yes or no."""
        return self._case is not None and self._case.kind == "deed"

    @Slot(int, int)
    def printNotice(self, case_id: int, person: int) -> None:
        """Print the paper that is to be handed over; `person` is 0 for a notice."""
        self._done = ()
        chosen = (case_id, person, new_touch_id())
        self.ask(_print, self.session_id, *chosen, then=self._printed)

    @Slot(int, int, str, int)
    def handedOver(self, case_id: int, person: int, name: str, days_ago: int) -> None:
        """The paper was given into the person's hand today, or so many days ago."""
        day = village_day(self.shell.clock.now()) - timedelta(days=days_ago)
        self._told = name
        made = (case_id, person, day, new_touch_id())
        self.ask(_handed_over, self.session_id, *made, then=self._was_handed_over)

    @Slot(int)
    def takeDown(self, case_id: int) -> None:
        """The person is here, or on the telephone, and says their reply."""
        found = (each for each in self._errands.to_take_down if each.case_id == case_id)
        self._case, self._touch, self._done = next(found, None), new_touch_id(), ()
        self.worded()

    @Slot()
    def leaveReply(self) -> None:
        """Back to the lists; nothing is written down."""
        self._case = None
        self.forgiveError()
        self.worded()

    @Slot(str, str)
    def handIn(self, choice: str, words: str) -> None:
        """The words were read back, and the person said that they are right."""
        if self._case is None:
            return
        if self.nomination:
            answer = (self._case.case_id, choice == "accept", self._touch)
            self.ask(_answer, self.session_id, *answer, then=self._replied)
        else:
            said = (self._case.case_id, choice, words, self._touch)
            self.ask(_reply, self.session_id, *said, then=self._replied)

    def _show(self, errands: NoticeQueues) -> None:
        self._errands, self._there = errands, True
        self.worded()

    def _printed(self, answer: tuple[int, NoticeQueues]) -> None:
        job, errands = answer
        self._show(errands)
        self.printed.emit(job)

    def _was_handed_over(self, answer: tuple[str, NoticeQueues]) -> None:
        reference, errands = answer
        self._done = ("handed", reference, self._told)
        self._show(errands)

    def _replied(self, answer: tuple[str, NoticeQueues]) -> None:
        reference, errands = answer
        self._done = ("reply", reference, self._case.subject_name if self._case else "")
        self._case = None
        self._show(errands)

    def _row(self, line: NoticeSlipLine) -> ErrandRow:
        family = "" if line.mine_to_write else self.text("notices_desk.family")
        said = (self._title(line), self._number(line), self._by(line.deliver_by), family)
        return ErrandRow(
            caseId=line.case_id,
            person=0,
            name=line.subject_name,
            house=line.house.words(self.shell.tongue),
            detail=in_a_row(said),
            printed=line.print_job_id is not None,
            earlier=self._before_today(line.printed_on),
            mine=line.mine_to_write,
        )

    def _paper_row(self, line: HandOverLine) -> ErrandRow:
        what = self.text(f"notices_desk.paper_{line.what}")
        said = (self._title(line), what, self._number(line), self._by(line.deliver_by))
        return ErrandRow(
            caseId=line.case_id,
            person=line.resident_id,
            name=line.name,
            house=line.house.words(self.shell.tongue),
            detail=in_a_row(said),
            printed=line.print_job_id is not None,
            earlier=self._before_today(line.printed_on),
            mine=False,
        )

    def _by(self, day: date | None) -> str:
        return self.text("notices_desk.by", said_day(self.text, day)) if day else ""

    def _number(self, line: NoticeSlipLine | HandOverLine) -> str:
        return self.text("notices_desk.reference", line.reference)

    def _before_today(self, day: date | None) -> bool:
        return day is not None and day < village_day(self.shell.clock.now())

    def _title(self, line: NoticeSlipLine | HandOverLine) -> str:
        return said_title(self.shell.tongue, line)


def _errands(village: Village, session_id: str) -> NoticeQueues:
    return NoticeQueues(
        paper_notices.waiting(village, session_id),
        paper_notices.to_take_down(village, session_id),
        hand_overs.waiting(village, session_id),
    )


def _print(
    village: Village, session_id: str, case_id: int, person: int, touch: str
) -> tuple[int, NoticeQueues]:
    if person:
        given = (case_id, person, touch)
        job = hand_overs.print_paper(village, session_id, *given)
    else:
        job = paper_notices.print_notice(village, session_id, case_id, touch)
    return job, _errands(village, session_id)


def _handed_over(
    village: Village, session_id: str, case_id: int, person: int, day: date, touch: str
) -> tuple[str, NoticeQueues]:
    if person:
        given = (case_id, person, day, touch)
        reference = hand_overs.handed_over(village, session_id, *given)
    else:
        reference = paper_notices.handed_over(village, session_id, case_id, day, touch)
    return reference, _errands(village, session_id)


def _reply(
    village: Village, session_id: str, case_id: int, choice: str, words: str, touch: str
) -> tuple[str, NoticeQueues]:
    said = (case_id, choice, words, True, touch)
    return paper_notices.take_down_reply(village, session_id, *said), _errands(village, session_id)


def _answer(
    village: Village, session_id: str, case_id: int, accepts: bool, touch: str
) -> tuple[str, NoticeQueues]:
    said = (case_id, accepts, True, touch)
    reference = paper_notices.take_down_answer(village, session_id, *said)
    return reference, _errands(village, session_id)
