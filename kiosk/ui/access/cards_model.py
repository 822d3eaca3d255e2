"""Cards at the desk: whose it is, how it stands, and one thing done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.access import card_desk
from kiosk.services.access.card_desk import CardAtDesk, CardState
from kiosk.services.access.offices import Signature
from kiosk.services.enrolment import foreign_card
from kiosk.services.enrolment.new_card import NewCard, issue_and_print
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1

PERSON, CARD, HOLD, FOREIGN, DONE = "person", "card", "hold", "foreign", "done"
"""The steps after the search: what they came for; card and PIN; the card alone; a card of something
else; what was done."""
NEW, LOST, FOUND, BLOCK, UNBLOCK, FORGOT, OWN = (
    "new", "lost", "found", "block", "unblock", "forgot", "own",
)  # fmt: skip
_ICONS = {
    NEW: "id",
    LOST: "search",
    FOUND: "mood-smile",
    BLOCK: "hand-stop",
    UNBLOCK: "circle-check",
    FORGOT: "lock",
    OWN: "scan",
}
WAYS: dict[CardState, tuple[str, ...]] = {
    "none": (NEW, OWN),
    "gone": (NEW, OWN),
    "waits": (NEW, LOST, OWN),
    "good": (LOST, FORGOT, BLOCK, NEW, OWN),
    "lost": (FOUND, NEW, OWN),
    "blocked": (UNBLOCK, FORGOT, LOST, NEW),
}
"""What can be done about a card that stands so; words at ``cards.way_<way>``."""
_ASKED_FIRST = frozenset({NEW, LOST, BLOCK})
_FOR_ITS_HOLDER = frozenset({NEW, FORGOT, OWN})
"""After which the holder draws a PIN, alone."""


@dataclass(frozen=True)
class TakenCard:
    """A card of something else that is theirs now, and the number that opens it, too."""

    number: str


@QmlElement
class CardPage(Row):
    """Who stands at the desk, how their card stands, and what is to be known about it."""

    name: str = ""
    heading: str = ""
    detail: str = ""
    icon: str = "id"
    stopped: bool = False


@QmlElement
class CardsModel(CardModel):
    """View-model of CardsScreen."""

    deskChanged = Signal()
    cardQueued = Signal(int, arguments=["job"])
    asksFirst = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_desk: CardAtDesk | None = None
        self._way = self._touch = self._opens_with = self._unprintable = ""
        self._prints = False
        self._page = CardPage()
        self._ways: list[ChoiceRow] = []
        self._said: dict[str, str] = {}

    # --- What QML sees ---------------------------------------------------------------------------

    @Property(CardPage, notify=deskChanged)
    def page(self) -> CardPage:
        """Whose card it is, and how it stands."""
        return self._page

    @Property(list, notify=deskChanged)
    def ways(self) -> list[ChoiceRow]:
        """What can be done."""
        return self._ways

    @Property(str, notify=deskChanged)
    def question(self) -> str:
        """What is asked before it is done."""
        return self._said.get("sure", "")

    @Property(str, notify=deskChanged)
    def explanation(self) -> str:
        """What comes of it."""
        return self._said.get("sure_detail", "")

    @Property(str, notify=deskChanged)
    def yes(self) -> str:
        """To do it."""
        return self._said.get("yes", "")

    @Property(str, notify=deskChanged)
    def done(self) -> str:
        """What was done."""
        return self._said.get("done", "")

    @Property(str, notify=deskChanged)
    def doneDetail(self) -> str:
        """What happens next."""
        return self._said.get("done_detail", "")

    @Property(str, notify=deskChanged)
    def holdNote(self) -> str:
        """Whose card is to be held up, and what for."""
        return self._said.get("hold", "")

    @Property(str, notify=deskChanged)
    def cardNumber(self) -> str:
        """The number that opens a card on which it is not printed; else empty."""
        return self._opens_with

    @Property(bool, notify=deskChanged)
    def prints(self) -> bool:
        """Whether a card comes out of the printer."""
        return self._prints

    @Property(bool, notify=deskChanged)
    def forHolder(self) -> bool:
        """Whether the holder now draws a PIN, so that the clerk signs out."""
        return self._stage == DONE and self._way in _FOR_ITS_HOLDER

    # --- What a tap does -------------------------------------------------------------------------

    @Slot(int)
    def choosePerson(self, resident_id: int) -> None:
        """Somebody stands at the desk."""
        asked = (self.session_id, resident_id, new_touch_id())
        self.ask(card_desk.open_card, *asked, then=self._met)

    @Slot(str)
    def findByCard(self, card: str) -> None:
        """A card was held up before anybody was chosen: its holder."""
        asked = (self.session_id, card)
        self.ask(card_desk.holder_of, *asked, then=self.choosePerson, newest=True)

    @Slot(str)
    def choose(self, way: str) -> None:
        """What they came for."""
        self._way, self._touch = way, new_touch_id()
        self._said_nothing()
        if way in _ASKED_FIRST:
            self.worded()
            self.asksFirst.emit()
        else:
            self._take("", "", scanned=False)
            self._go({FORGOT: HOLD, OWN: FOREIGN}.get(way, CARD))

    @Slot()
    def confirm(self) -> None:
        """They are sure."""
        if self._at_desk is None:
            return
        asked = (self.session_id, self._at_desk.resident_id)
        if self._way == NEW:
            self.ask(issue_and_print, *asked, then=self._issued)
        elif self._way == LOST:
            self.ask(card_desk.report_lost, *asked, self._touch, then=self._met)
        elif self._way == BLOCK:
            self.ask(card_desk.block, *asked, self._touch, then=self._finished)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The holder has typed their PIN beside their card."""
        if self._at_desk is None:
            return
        act = card_desk.found_again if self._way == FOUND else card_desk.unblock
        said = (self._at_desk.resident_id, Signature(self._card, pin), self._touch)
        self.ask(act, self.session_id, *said, then=self._finished, refused=self._refused)

    @Slot(str)
    def takeForeign(self, card: str) -> None:
        """A card of something else was held up."""
        if self._at_desk is not None:
            said = (self.session_id, self._at_desk.resident_id, card)
            self.ask(_take_foreign, *said, then=self._issued)

    @Slot()
    def heldUpOurs(self) -> None:
        """A slip or a sign of the village was held up instead."""
        self._refuse(ExpectedError("foreign_card_ours"))

    @Slot()
    def heldUpNothing(self) -> None:
        """Something was held up that can be nobody's card, or it was not read."""
        self._refuse(ExpectedError("foreign_card_unfit"))

    @Slot()
    def back(self) -> None:
        """One step back; from a PIN to the card."""
        if self._stage == CARD and self.hasCard:
            self.otherCard()
        else:
            self._go(PAGE if self._stage in (PERSON, DONE) else PERSON)

    @Slot()
    def another(self) -> None:
        """The next person; nothing of this one stays."""
        self._at_desk, self._way, self._touch = None, "", ""
        self._said_nothing()
        self._take("", "", scanned=False)
        self._go(PAGE)

    # --- Answers and words -----------------------------------------------------------------------

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        super().worded()
        if self._at_desk is not None:
            self._page = self.renewed(self._page, self._said_page(self._at_desk))
            self._ways = self.renewed(self._ways, self._said_ways(self._at_desk))
            self._said = self._said_way(self._at_desk) if self._way else {}
        self.deskChanged.emit()

    def _take(self, card: str, number: str, *, scanned: bool) -> None:
        super()._take(card, number, scanned=scanned)
        if card and self._stage == HOLD and self._at_desk is not None:
            said = (self._at_desk.resident_id, card, self._touch)
            self.ask(
                card_desk.forget_pin,
                self.session_id,
                *said,
                then=self._finished,
                refused=lambda _why: CardModel._take(self, "", "", scanned=False),
            )

    def _met(self, at_desk: CardAtDesk) -> None:
        self._at_desk, self._way = at_desk, ""
        self._go(PERSON)

    def _finished(self, at_desk: CardAtDesk) -> None:
        self._at_desk = at_desk
        self._take("", "", scanned=False)
        self._go(DONE)

    def _issued(self, card: NewCard | TakenCard) -> None:
        if isinstance(card, NewCard):
            self._prints = card.print_job_id is not None
            self._unprintable = card.unprintable
            self._opens_with = card.issued.number if card.unprintable else ""
        else:
            self._opens_with = card.number
        self._go(DONE)
        if isinstance(card, NewCard) and card.print_job_id is not None:
            self.cardQueued.emit(card.print_job_id)

    def _said_nothing(self) -> None:
        self._opens_with = self._unprintable = ""
        self._prints = False

    def _said_page(self, at_desk: CardAtDesk) -> CardPage:
        by_tries = at_desk.state == "blocked" and at_desk.tries
        state = "blocked_tries" if by_tries else at_desk.state
        since = said_day(self.text, at_desk.since) if at_desk.since else ""
        until = said_day(self.text, at_desk.until) if at_desk.until else ""
        house = house_words(at_desk.lane, at_desk.number, self.shell.tongue)
        late = at_desk.state == "lost" and not self._may_be_found(at_desk)
        detail = "lost_late" if late else state
        return CardPage(
            name=in_a_row((at_desk.name, house)),
            heading=self.text(f"cards.state_{state}", since),
            detail=self.text(f"cards.state_{detail}_detail", until),
            icon="alert-circle" if at_desk.state in ("lost", "blocked", "gone") else "id",
            stopped=at_desk.state in ("lost", "blocked"),
        )

    def _said_ways(self, at_desk: CardAtDesk) -> list[ChoiceRow]:
        ways = WAYS[at_desk.state]
        if not self._may_be_found(at_desk):
            ways = tuple(each for each in ways if each != FOUND)
        return [
            ChoiceRow(key=each, name=self.text(f"cards.way_{each}"), icon=_ICONS[each])
            for each in ways
        ]

    def _said_way(self, at_desk: CardAtDesk) -> dict[str, str]:
        way, name = self._way, at_desk.name
        said = {"done": self.text(f"cards.done_{way}")}
        detail = self.text(f"cards.done_{way}_detail")
        if self._unprintable:
            detail = self.text("enrolment.no_card_done", self._unprintable)
        vouch = at_desk.in_office and way in _FOR_ITS_HOLDER
        said["done_detail"] = f"{detail} {self.text('cards.vouch')}".strip() if vouch else detail
        if way in _ASKED_FIRST:
            said["sure"] = self.text(f"cards.sure_{way}", name)
            said["sure_detail"] = self.text(f"cards.sure_{way}_detail")
            said["yes"] = self.text(f"cards.yes_{way}")
        else:
            said["hold"] = self.text(f"cards.hold_{way}", name)
        return said

    def _may_be_found(self, at_desk: CardAtDesk) -> bool:
        today = village_day(self.shell.clock.now())
        return at_desk.until is not None and at_desk.until >= today


def _take_foreign(village: Village, session_id: str, resident_id: int, card: str) -> TakenCard:
    return TakenCard(foreign_card.take(village, session_id, resident_id, card))
