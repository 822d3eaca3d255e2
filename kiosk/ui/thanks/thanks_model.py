"""Saying thanks: whom, what for, and it is said; taken back for ten minutes."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day, said_short_day
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import submit
from kiosk.services.cases.submit import CaseReceipt
from kiosk.services.register import people
from kiosk.services.register.people import Person
from kiosk.services.thanks import giving
from kiosk.services.thanks.giving import Offer
from kiosk.services.village import Village
from kiosk.ui.parts.staged import StagedModel
from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.thanks"
QML_IMPORT_MAJOR_VERSION = 1

WHO, OTHER, WHAT, DONE, BACK = "who", "other", "what", "done", "back"


@QmlElement
class NearRow(Row):
    """Somebody whom one may want to thank."""

    residentId: int
    letter: str
    name: str
    house: str


@QmlElement
class ThanksForRow(Row):
    """One of the pictures."""

    picture: str
    name: str


@QmlElement
class ThanksWords(Row):
    """What came of it."""

    reference: str = ""
    heading: str = ""
    next: str = ""


@QmlElement
class ThanksModel(StagedModel):
    """View-model of ThanksScreen."""

    offerChanged = Signal()
    personChanged = Signal()
    saidChanged = Signal()
    said = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, WHO)
        self._offer: Offer | None = None
        self._near: list[NearRow] = []
        self._reasons: list[ThanksForRow] = []
        self._left = self._to = ""
        self._subject, self._name = 0, ""
        self._receipt: CaseReceipt | None = None
        self._words = ThanksWords()
        self._touch = ""

    def started(self) -> None:
        """Ask whom one may want to thank."""
        if self.session_id:
            self.ask(giving.offer, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        if self._offer is not None:
            self._word_offer(self._offer)
        self._to = self.text("thanks.to", self._name) if self._name else ""
        if self._receipt is not None:
            self._words = self.renewed(self._words, self._said_of(self._receipt))
        self.offerChanged.emit()
        self.personChanged.emit()
        self.saidChanged.emit()

    @Property(list, notify=offerChanged)
    def near(self) -> list[NearRow]:
        """Whom one named lately, and next door."""
        return self._near

    @Property(list, notify=offerChanged)
    def reasons(self) -> list[ThanksForRow]:
        """The pictures."""
        return self._reasons

    @Property(bool, notify=offerChanged)
    def there(self) -> bool:
        """Whether the answer has arrived."""
        return self._offer is not None

    @Property(bool, notify=offerChanged)
    def may(self) -> bool:
        """Whether thanks can be said this month still."""
        return self._offer is not None and self._offer.left > 0

    @Property(str, notify=offerChanged)
    def left(self) -> str:
        """How often still, or from when on again."""
        return self._left

    @Property(str, notify=personChanged)
    def to(self) -> str:
        """Who was chosen."""
        return self._to

    @Property(ThanksWords, notify=saidChanged)
    def words(self) -> ThanksWords:
        """What came of it."""
        return self._words

    @Slot()
    def somebodyElse(self) -> None:
        """Look for another name."""
        self._go(OTHER)

    @Slot(int)
    def choose(self, resident_id: int) -> None:
        """Whom to thank; the touch begins, so that a picture tapped twice says it once."""
        self._touch = new_touch_id()
        self.ask(_checked, self.session_id, resident_id, then=self._chosen)

    @Slot(str)
    def say(self, picture: str) -> None:
        """Say it."""
        about = (self._subject, picture, self._touch)
        self.ask(giving.say, self.session_id, *about, self.shell.tongue, then=self._done)

    @Slot()
    def takeBack(self) -> None:
        """It was not meant so."""
        if self._receipt is not None:
            case = self._receipt.case_id
            self.ask(submit.withdraw, self.session_id, case, new_touch_id(), then=self._taken_back)

    @Slot()
    def back(self) -> None:
        """One step back."""
        self._subject, self._name = 0, ""
        self._go(WHO)

    def _show(self, offered: Offer) -> None:
        self._offer = offered
        self.worded()

    def _chosen(self, who: Person) -> None:
        self._subject, self._name = who.resident_id, who.name
        self._go(WHAT)

    def _done(self, receipt: CaseReceipt) -> None:
        self._receipt = receipt
        self._go(DONE)
        self.said.emit(receipt.print_job_id or 0)

    def _taken_back(self, _reference: str) -> None:
        self._receipt = None
        self._go(BACK)

    def _word_offer(self, offered: Offer) -> None:
        tongue = self.shell.tongue
        near = [
            NearRow(
                residentId=each.resident_id,
                letter=each.name[:1],
                name=each.name,
                house=house_words(each.lane, each.number, tongue),
            )
            for each in offered.near
        ]
        reasons = [
            ThanksForRow(picture=each, name=self.text(f"thanks.for_{each}"))
            for each in offered.pictures
        ]
        self._near = self.renewed(self._near, near)
        self._reasons = self.renewed(self._reasons, reasons)
        if offered.again_on is None:
            self._left = self.text("thanks.left", offered.left)
        else:
            day = said_short_day(self.text, offered.again_on)
            self._left = self.text("thanks.none_left", giving.MOST, day)

    def _said_of(self, receipt: CaseReceipt) -> ThanksWords:
        return ThanksWords(
            reference=receipt.reference,
            heading=self.text("thanks.said", self._name),
            next=self.text(receipt.next_key, said_day(self.text, receipt.due_on)),
        )


def _checked(village: Village, session_id: str, resident_id: int) -> Person:
    """The person, where one can thank them now."""
    giving.check(village, session_id, resident_id)
    return people.resident(village, resident_id)
