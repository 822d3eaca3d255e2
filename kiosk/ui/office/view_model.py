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
from kiosk.services.upkeep.doctor import Phrase
from kiosk.services.village import Village
from kiosk.services.waiting import Waiting, waiting
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.screens import SCREENS
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class Work:
    """A screen for officials, and the acts of which one is enough to see it."""

    screen: str
    detail: str
    icon: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Start:
    """What somebody may do, and what an official is to be told before anything else.

    `disowned` are the numbers of reports; `reissued` is said to everybody in office.
    """

    allowed: frozenset[str]
    disowned: tuple[str, ...]
    reissued: Phrase | None


WORKS = (
    Work("desk", "desk_detail", "clipboard-check", ("decide_case",)),
    Work("enrolment", "enrolment_detail", "user-plus", ("enrol", "issue_card")),
    Work("notices_desk", "notices_desk_detail", "mail", ("hand_over_notice",)),
    Work("corrections", "corrections_detail", "pencil", ("correct_register",)),
    Work("signs", "signs_detail", "home-star", ("print_sign",)),
    Work("panel", "panel_detail", "scale", ("hear_appeal",)),
    Work("machine", "machine_detail", "tools", ("back_up",)),
    Work("papers", "papers_detail", "printer", ("tend_printer",)),
)
"""In the order in which they stand. Words at ``staff.<screen>`` and ``staff.<detail>``."""

KEEPERS = frozenset({"machine", "papers"})
"""What a keeper does. With no other office, how the machine is comes first."""


@QmlElement
class WorkRow(Row):
    """The tile of a work."""

    screen: str
    icon: str
    title: str
    detail: str


@QmlElement
class StaffModel(ViewModel):
    """View-model of StaffScreen."""

    worksChanged = Signal()
    waitsChanged = Signal()
    disownedChanged = Signal()
    onlyKeeps = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._allowed: frozenset[str] = frozenset()
        self._offered: list[Work] = []
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
        there = {entry.name for entry in SCREENS if entry.path.exists()}
        self._offered = [
            work
            for work in WORKS
            if work.screen in there and not self._allowed.isdisjoint(work.acts)
        ]
        self._works = self.renewed(self._works, [self._tile(work) for work in self._offered])
        between = self.text("staff.between_references")
        self._disowned = between.join(self._references)
        self._cards_issued = self._reissued.said(self.text) if self._reissued else ""
        self.worksChanged.emit()
        self.waitsChanged.emit()
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
        """The tiles."""
        return self._works

    @Property(list, notify=waitsChanged)
    def waits(self) -> list[str]:
        """How much waits behind each tile; a tile stays when that comes."""
        return [self._said_waiting(work) for work in self._offered]

    def _show(self, start: Start) -> None:
        self._allowed, self._references = start.allowed, start.disowned
        self._reissued = start.reissued
        self.worded()
        if {work.screen for work in self._offered} == KEEPERS:
            self.onlyKeeps.emit()
            return
        asked = (waiting, self.session_id)  # follows, so that nobody waits for the tiles
        self.shell.ask(*asked, done=self._show_waiting, failed=self._refuse, owner=self)

    def _show_waiting(self, waiting: Mapping[Act, Waiting]) -> None:
        self._waiting = waiting
        self.waitsChanged.emit()

    def _tile(self, work: Work) -> WorkRow:
        return WorkRow(
            screen=work.screen,
            icon=work.icon,
            title=self.text(f"staff.{work.screen}"),
            detail=self.text(f"staff.{work.detail}"),
        )

    def _said_waiting(self, work: Work) -> str:
        """How many, and the last day of the most urgent; empty when nothing waits."""
        found = next((self._waiting[act] for act in work.acts if act in self._waiting), None)
        if found is None or not found.count:
            return ""
        said = self.text("staff.waits_one" if found.count == 1 else "staff.waits", found.count)
        if found.soonest is None:
            return said
        return self.text("staff.waits_by", said, said_short_day(self.text, found.soonest))


def _start(village: Village, session_id: str, roles: Iterable[Any]) -> Start:
    allowed = frozenset(act for work in WORKS for act in work.acts if access_roles.may(act, roles))
    found = case_disowned.not_theirs(village, session_id) if "decide_case" in allowed else ()
    told = official_cards.reissued(village) if roles else None
    reissued = doctor.reissued_phrase(told) if told else None
    return Start(allowed, tuple(each.reference for each in found), reissued)
