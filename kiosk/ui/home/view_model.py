"""The start screen: today, and the card to try in a demo village."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day_of_week, said_short_day
from kiosk.core.errors import ExpectedError, KioskError
from kiosk.core.solar_terms import solar_term
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.demo.cards import DemoCard
    from kiosk.services.rule_changes.showing import ChangeLine
    from kiosk.services.stars.progress import Next
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.home"
QML_IMPORT_MAJOR_VERSION = 1

_WITHOUT_VILLAGE = frozenset({"no_village", "database_missing", "database_damaged"})


@QmlElement
class HomeModel(ViewModel):
    """View-model of HomeScreen."""

    dayChanged = Signal()
    noVillage = Signal()
    foundingLeft = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = ""
        self._season = ""
        self._demo = ""
        self._changes: tuple[ChangeLine, ...] = ()
        self._changing = ""
        self._next: Next | None = None
        self._round = ""
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self.worded)

    @Property(str, notify=dayChanged)
    def today(self) -> str:
        """The day, with its weekday."""
        return self._today

    @Property(str, notify=dayChanged)
    def season(self) -> str:
        """The solar term, or how long ago it began."""
        return self._season

    @Property(str, notify=dayChanged)
    def demo(self) -> str:
        """That this is a village to try things in, and a card to try; empty in a real village."""
        return self._demo

    @Property(str, notify=dayChanged)
    def changing(self) -> str:
        """That the rules are about to change, and until when everybody reads how; else empty."""
        return self._changing

    @Property(str, notify=dayChanged)
    def round(self) -> str:
        """Which round of stars is under way, or from when the next one is; empty while unknown."""
        return self._round

    def started(self) -> None:
        """Follow the clock; open the village, so that trouble with it is seen at the start."""
        self._minute.start()
        self.ask(_to_be_seen, then=self._show, refused=self._lead_on)

    def worded(self) -> None:
        """Say the day anew."""
        day = village_day(self.shell.clock.now())
        self._today = self.text("home.today", said_day_of_week(self.text, day))
        term = solar_term(day)
        name = self.text(f"home.term_{term.number}")
        self._season = self.text("home.since", name, term.days_since) if term.days_since else name
        self._demo = self._demo_words() if self.shell.settings.demo else ""
        self._changing = self._said_changes()
        self._round = self._said_round()
        self.dayChanged.emit()

    def _lead_on(self, refusal: KioskError) -> None:
        """Where no village can be opened, one is put back or founded; a founding is ended first."""
        if refusal.code in _WITHOUT_VILLAGE:
            self.noVillage.emit()
        elif refusal.code == "founding_left":
            self.foundingLeft.emit()

    def _show(self, seen: tuple[DemoCard | None, tuple[ChangeLine, ...], Next]) -> None:
        self.shell.demo_card, self._changes, self._next = seen
        self.worded()

    def _said_changes(self) -> str:
        """By the last day on which the newest of them can be read before the assembly."""
        if not self._changes:
            return ""
        newest = self._changes[-1]
        if newest.state == "waiting":
            last = newest.days.decided_from - timedelta(days=1)
            return self.text("home.changing_until", said_short_day(self.text, last))
        begins = newest.begins or newest.days.decided_from
        return self.text("home.changing_from", said_short_day(self.text, begins))

    def _said_round(self) -> str:
        coming = self._next
        if coming is None:
            return ""
        if coming.under_way:
            return self.text("home.round_now", coming.year, coming.quarter)
        today = village_day(self.shell.clock.now())
        if coming.first_day <= today:
            return self.text("home.round_soon", coming.year, coming.quarter)
        return self.text("home.round_from", said_short_day(self.text, coming.first_day))

    def _demo_words(self) -> str:
        card = self.shell.demo_card
        if card is None:
            return self.text("home.demo")
        return self.text("home.demo_with_card", card.number, card.pin)


def _to_be_seen(village: Village) -> tuple[DemoCard | None, tuple[ChangeLine, ...], Next]:
    """The services are imported on the database thread."""
    from kiosk.services.rule_changes import showing
    from kiosk.services.stars import progress
    from kiosk.services.upkeep import founding_left

    if founding_left.is_left(village):
        raise ExpectedError("founding_left")
    changes = showing.on_the_start_screen(village)
    return _card_to_try(village), changes, progress.next_round(village)


def _card_to_try(village: Village) -> DemoCard | None:
    """The first of a demo village's cards. The service is imported on the database thread."""
    if not village.settings.demo:
        return None
    from kiosk.services.demo.cards import demo_cards

    return next(iter(demo_cards(village)), None)
