"""What an official can do, by their offices, and how much of it waits; what was disowned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_short_day
from kiosk.services.access import roles as access_roles
from kiosk.services.access.roles import Act
from kiosk.services.cases import disowned as case_disowned
from kiosk.services.upkeep import doctor, official_cards
from kiosk.services.upkeep.check import Phrase
from kiosk.services.village import Village
from kiosk.services.waiting.listed import Waiting, waiting
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.screens import SCREENS, Tile
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WorkRow(Row):
    """A tile: a screen for officials, and how much of its work waits."""

    screen: str
    icon: str
    title: str
    detail: str
    waits: str


@dataclass(frozen=True)
class Start:
    """What somebody may do, and what an official is to be told before anything else.

    `disowned` are the numbers of reports; `reissued` is said to everybody in office.
    """

    allowed: frozenset[str]
    disowned: tuple[str, ...]
    reissued: Phrase | None


TILES = {entry.name: entry.tile for entry in SCREENS if entry.tile and entry.path.exists()}
KEEPERS = frozenset({"today", "machine", "papers"})
"""What a keeper does. With no other office, how the machine is comes first."""


@QmlElement
class StaffModel(ViewModel):
    """View-model of StaffScreen."""

    worksChanged = Signal()
    disownedChanged = Signal()
    onlyKeeps = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._allowed: frozenset[str] = frozenset()
        self._works: list[WorkRow] = []
        self._references: tuple[str, ...] = ()
        self._disowned = self._cards_issued = ""
        self._reissued: Phrase | None = None
        self._waiting: Mapping[Act, Waiting] = {}

    def started(self) -> None:
        """Ask what the offices of this person allow."""
        roles = self.shell.session.roles if self.shell.session else frozenset()
        self.ask(_start, self.session_id, roles, then=self._show)

    def worded(self) -> None:
        """Say the tiles in the language on the screen."""
        works = [
            self._work(screen, tile)
            for screen, tile in TILES.items()
            if not self._allowed.isdisjoint(tile.acts)
        ]
        self._works = self.renewed(self._works, works)
        between = self.text("staff.between_references")
        self._disowned = between.join(self._references)
        self._cards_issued = self._reissued.said(self.text) if self._reissued else ""
        self.worksChanged.emit()
        self.disownedChanged.emit()

    @Property(str, notify=disownedChanged)
    def disowned(self) -> str:
        """The numbers of reports made with somebody else's card; empty when there are none."""
        return self._disowned

    @Property(str, notify=disownedChanged)
    def cardsIssued(self) -> str:
        """To whom cards were issued at the machine after a restore; empty when to nobody."""
        return self._cards_issued

    @Property(list, notify=worksChanged)
    def works(self) -> list[WorkRow]:
        """A tile each; how much waits behind them follows."""
        return self._works

    def _show(self, start: Start) -> None:
        self._allowed, self._references = start.allowed, start.disowned
        self._reissued = start.reissued
        self.worded()
        if {work.screen for work in self._works} == KEEPERS:
            self.onlyKeeps.emit()
            return
        asked = (waiting, self.session_id)  # follows, so that nobody waits for the tiles
        self.shell.ask(*asked, done=self._show_waiting, failed=self._refuse, owner=self)

    def _show_waiting(self, waiting: Mapping[Act, Waiting]) -> None:
        self._waiting = waiting
        self.worded()

    def _work(self, screen: str, tile: Tile) -> WorkRow:
        return WorkRow(
            screen=screen,
            icon=tile.icon,
            title=self.text(tile.title),
            detail=self.text(tile.detail),
            waits=self._said_waiting(tile),
        )

    def _said_waiting(self, tile: Tile) -> str:
        """How many, and the last day of the most urgent; empty when nothing waits."""
        found = next((self._waiting[act] for act in tile.acts if act in self._waiting), None)
        if found is None or not found.count:
            return ""
        said = self.text("staff.waits_one" if found.count == 1 else "staff.waits", found.count)
        if found.soonest is None:
            return said
        return self.text("staff.waits_by", said, said_short_day(self.text, found.soonest))


def _start(village: Village, session_id: str, roles: Iterable[Any]) -> Start:
    acts = {act for tile in TILES.values() for act in tile.acts}
    allowed = frozenset(act for act in acts if access_roles.may(act, roles))
    found = case_disowned.not_theirs(village, session_id) if "decide_case" in allowed else ()
    told = official_cards.reissued(village) if roles else None
    reissued = doctor.reissued_phrase(told) if told else None
    return Start(allowed, tuple(each.reference for each in found), reissued)
