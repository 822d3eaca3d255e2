"""A round as officers see it: opened by two, drawn by lot, counted, and closed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.access.offices import Signature
from kiosk.services.stars import progress, replies, results, rounds, seating
from kiosk.services.stars.progress import HomeToTell, Missing, Next
from kiosk.services.stars.rounds import RoundView
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.shell.view_model import followed_by
from kiosk.ui.stars.rows import CountRow, HomeToTellRow, MissingLookRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

CARD, MISSING, WHY, TELL = "card", "missing", "why", "tell"
_ICONS = {"ill": "mood-sad", "away": "door-exit", "no_time": "clock", "too_near": "home-heart"}


@dataclass(frozen=True)
class Overview:
    """The rounds, what comes next, and the looks that are not in."""

    rounds: tuple[RoundView, ...]
    next: Next
    missing: tuple[Missing, ...]
    to_tell: tuple[HomeToTell, ...]


def overview(village: Village, session_id: str) -> Overview:
    """Everything that the screen shows of rounds."""
    coming, to_tell = progress.next_round(village), progress.to_tell(village, session_id)
    try:
        seen, missing = rounds.rounds(village, session_id), progress.missing(village, session_id)
    except ExpectedError as refusal:
        if refusal.code != "not_allowed":
            raise
        return Overview((), coming, (), to_tell)  # a clerk carries the slips
    return Overview(seen, coming, missing, to_tell)


_OPEN = followed_by(rounds.open_round, overview)
_DRAW = followed_by(rounds.draw, overview)
_CLOSE = followed_by(rounds.close, overview)
_PRINT = followed_by(results.print_result, overview)
_TOLD = followed_by(replies.handed_over, overview)
_REASSIGN = followed_by(seating.reassign, overview)


@QmlElement
class RoundsModel(CardModel):
    """View-model of RoundsScreen."""

    roundChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: Overview | None = None
        self._counts: list[CountRow] = []
        self._missing: list[MissingLookRow] = []
        self._why: list[ChoiceRow] = []
        self._to_tell: list[HomeToTellRow] = []
        self._printed: set[int] = set()
        self._title = self._chosen_house = ""
        self._chosen: Missing | None = None
        self._touch = ""

    def started(self) -> None:
        """Ask how the round stands."""
        if self.shell.session and {"officer", "clerk"} & set(self.shell.session.roles):
            self.ask(overview, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        super().worded()
        self._counts = self.renewed(self._counts, self._said_counts())
        looks = self._seen.missing if self._seen else ()
        rows = [
            MissingLookRow(place=place, house=self._house(each), name=each.name)
            for place, each in enumerate(looks)
        ]
        self._missing = self.renewed(self._missing, rows)
        told = self._seen.to_tell if self._seen else ()
        homes = [self._home_row(place, each) for place, each in enumerate(told)]
        self._to_tell = self.renewed(self._to_tell, homes)
        why = [
            ChoiceRow(key=key, name=self.text(f"rounds.left_{key}"), icon=icon)
            for key, icon in _ICONS.items()
        ]
        self._why = self.renewed(self._why, why)
        self._title = self._said_title()
        self._chosen_house = self._house(self._chosen) if self._chosen else ""
        self.roundChanged.emit()

    @Property(bool, notify=roundChanged)
    def there(self) -> bool:
        """Whether it is known how rounds stand."""
        return self._seen is not None

    @Property(str, notify=roundChanged)
    def quarter(self) -> str:
        """The quarter of the round that is under way, or comes next, and from when."""
        return self._title

    @Property(bool, notify=roundChanged)
    def underWay(self) -> bool:
        """Whether a round is."""
        return self._round() is not None

    @Property(bool, notify=roundChanged)
    def drawn(self) -> bool:
        """Whether its visits are drawn."""
        of = self._round()
        return of is not None and of.drawn

    @Property(bool, notify=roundChanged)
    def mayOpen(self) -> bool:
        """Whether the next round can be opened now."""
        if self._seen is None or self._round() is not None:
            return False
        return self._opens() and self._seen.next.first_day <= village_day(self.shell.clock.now())

    @Property(int, notify=roundChanged)
    def missingVisits(self) -> int:
        """At how many households a look is missing."""
        of = self._round()
        return of.missing if of else 0

    @Property(list, notify=roundChanged)
    def counts(self) -> list[CountRow]:
        """How it stands, as counts."""
        return self._counts

    @Property(list, notify=roundChanged)
    def missing(self) -> list[MissingLookRow]:
        """The looks that are not in, by lane and house."""
        return self._missing

    @Property(list, notify=roundChanged)
    def toTell(self) -> list[HomeToTellRow]:
        """The households that have to be told, by lane and house."""
        return self._to_tell

    @Property(bool, notify=roundChanged)
    def opens(self) -> bool:
        """Whether who is signed in opens and closes rounds."""
        return self._opens()

    @Property(list, notify=roundChanged)
    def why(self) -> list[ChoiceRow]:
        """Why somebody else is to look."""
        return self._why

    @Property(str, notify=roundChanged)
    def chosenHouse(self) -> str:
        """The house to which somebody else is to go."""
        return self._chosen_house

    @Slot()
    def open(self) -> None:
        """Open the round; the other officer is asked next."""
        self._touch = new_touch_id()
        self._go(CARD)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The other officer agrees."""
        if self._seen is not None:
            signature, coming = Signature(self._card, pin), self._seen.next
            given = (coming.year, coming.quarter, signature, self._touch)
            self.ask(_OPEN, self.session_id, *given, then=self._opened, refused=self._refused)

    @Slot()
    def draw(self) -> None:
        """Draw who looks where."""
        if of := self._round():
            given = (of.round_id, new_touch_id())
            self.ask(_DRAW, self.session_id, *given, then=self._show)

    @Slot()
    def close(self) -> None:
        """End the round."""
        if of := self._round():
            given = (of.round_id, of.missing, new_touch_id())
            self.ask(_CLOSE, self.session_id, *given, then=self._show)

    @Slot()
    def showMissing(self) -> None:
        """The looks that are not in."""
        self._go(MISSING)

    @Slot()
    def showToTell(self) -> None:
        """The households that have to be told."""
        self._go(TELL)

    @Slot(int)
    def printSlip(self, place: int) -> None:
        """Print what is carried to a household."""
        if self._seen is not None:
            visit = self._seen.to_tell[place].visit_id
            self._printed.add(visit)
            self.ask(_PRINT, self.session_id, visit, new_touch_id(), then=self._show)

    @Slot(int)
    def handedOver(self, place: int) -> None:
        """The household has it in hand."""
        if self._seen is not None:
            visit = self._seen.to_tell[place].visit_id
            self.ask(_TOLD, self.session_id, visit, new_touch_id(), then=self._show)

    @Slot(int)
    def give(self, place: int) -> None:
        """Somebody else is to look; it is asked why."""
        if self._seen is not None:
            self._chosen, self._touch = self._seen.missing[place], new_touch_id()
            self._go(WHY)

    @Slot(str)
    def giveFor(self, why: str) -> None:
        """The next in the draw looks."""
        if self._chosen is not None:
            given = (self._chosen.visit_id, self._chosen.number, why, self._touch)
            self.ask(_REASSIGN, self.session_id, *given, then=self._given)

    @Slot()
    def back(self) -> None:
        """One step back; from a PIN to the card."""
        if self._stage == CARD and self.hasCard:
            self.otherCard()
            return
        self._go(MISSING if self._stage == WHY else PAGE)

    def _opens(self) -> bool:
        return self._kiosk is not None and "officer" in getattr(self.shell.session, "roles", ())

    def _opened(self, seen: Overview) -> None:
        self._take("", "", scanned=False)
        self._show(seen)
        self._go(PAGE)

    def _given(self, seen: Overview) -> None:
        self._show(seen)
        self._go(MISSING)

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self.worded()

    def _round(self) -> RoundView | None:
        found = self._seen.rounds if self._seen else ()
        return next((each for each in found if not each.closed), None)

    def _said_title(self) -> str:
        if self._seen is None:
            return ""
        of, coming = self._round(), self._seen.next
        if of is not None:
            return self.text("signs.quarter", of.year, of.quarter)
        day = said_day(self.text, coming.first_day)
        quarter = self.text("signs.quarter", coming.year, coming.quarter)
        return quarter if self.mayOpen else self.text("rounds.next_from", quarter, day)

    def _said_counts(self) -> list[CountRow]:
        of = self._round()
        if of is None:
            return []
        counted = [("agreed", of.agreed, "user-check"), ("invited", of.invited, "mail")]
        if of.drawn:
            counted += [
                ("visits", of.visits, "home"),
                ("looked", of.looked, "eye"),
                ("told", of.told, "message-2"),
                ("over", of.over, "circle-check"),
            ]
        return [
            CountRow(text=self.text(f"rounds.count_{key}"), count=str(count), icon=icon)
            for key, count, icon in counted
        ]

    def _home_row(self, place: int, home: HomeToTell) -> HomeToTellRow:
        house = house_words(home.house.lane, home.house.number, self.shell.tongue)
        printed = home.visit_id in self._printed
        detail = self.text("rounds.slip_printed") if printed else ""
        return HomeToTellRow(place=place, house=house, detail=detail)

    def _house(self, line: Missing) -> str:
        return house_words(line.house.lane, line.house.number, self.shell.tongue)
