"""What a paper turned out to be, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.dimensions import DIMENSION_ICONS
from kiosk.core.houses import number_words
from kiosk.services.cases import appeal, slips
from kiosk.services.cases.slips import CaseSlipFacts
from kiosk.services.check import kinds
from kiosk.services.check.papers import PaperCheck, SignedStars, SignFacts, SlipFacts, check_paper
from kiosk.services.my_data import copies
from kiosk.services.perks import voucher as perk_voucher
from kiosk.services.perks.voucher import VoucherFacts
from kiosk.services.village import Village
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.check"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class Face:
    """How a verdict looks: the tone of its card, and an icon."""

    tone: str
    icon: str


_FACES = {
    "genuine": Face("tea", "circle-check"),
    "used": Face("gold", "circle-check"),
    "expired": Face("gold", "calendar-time"),
    "replaced": Face("gold", "replace"),
    "taken_down": Face("gold", "home"),
    "outdated": Face("gold", "home"),
    "not_ours": Face("voice", "help-circle"),
    "altered": Face("care", "alert-circle"),
    "log_shorter": Face("gold", "books"),
    "log_rewritten": Face("care", "books"),
    "unreadable": Face("voice", "scan"),
}
_CARD = Face("voice", "id")
_WAITING = Face("tea", "scan")


def face_of(found: PaperCheck | None) -> Face:
    """The face of a verdict."""
    if found is None:
        return _WAITING
    return _CARD if found.kind == "card" else _FACES[found.verdict]


@dataclass(frozen=True)
class Seen:
    """A paper, what it says of a case, and whether that can lead to an appeal."""

    found: PaperCheck
    told: CaseSlipFacts | None
    may_appeal: bool
    copy_until: date | None
    """The last day of a slip that fetches a copy of one's data."""
    voucher: VoucherFacts | None


@QmlElement
class CheckModel(ViewModel):
    """View-model of CheckScreen: one paper after the other; the newest counts."""

    resultChanged = Signal()
    checked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: PaperCheck | None = None
        self._told: CaseSlipFacts | None = None
        self._note = ""
        self._may_appeal = False
        self._copy_until: date | None = None
        self._voucher: VoucherFacts | None = None
        self._words: dict[str, str] = {}
        self._stars: list[dict[str, Any]] = []
        self._facts: list[dict[str, str]] = []
        self._lines: list[str] = []

    @Slot(str)
    def check(self, scanned: str) -> None:
        """Look at what the scanner read."""
        self._note = scanned
        self.ask(_check, scanned, then=self._show, newest=True)

    @Slot()
    def notRecognised(self) -> None:
        """The scanner read something that is no paper of this kind."""
        self.check("")

    @Slot()
    def startAnew(self) -> None:
        """Wait for the next paper."""
        self._found, self._told, self._note, self._may_appeal = None, None, "", False
        self._copy_until = self._voucher = None
        self.worded()

    @Property(str, notify=resultChanged)
    def note(self) -> str:
        """What the scanner read."""
        return self._note

    @Property(bool, notify=resultChanged)
    def mayAppeal(self) -> bool:
        """Whether the paper tells a decision that its owner could appeal."""
        return self._may_appeal

    @Property(bool, notify=resultChanged)
    def fetchesCopy(self) -> bool:
        """Whether the paper fetches its owner a copy of their data."""
        return self._copy_until is not None

    @Property(str, notify=resultChanged)
    def verdict(self) -> str:
        """The verdict's code; empty while waiting."""
        return self._found.verdict if self._found else ""

    @Property(str, notify=resultChanged)
    def tone(self) -> str:
        """``tea``, ``gold``, ``care`` or ``voice``."""
        return face_of(self._found).tone

    @Property(str, notify=resultChanged)
    def icon(self) -> str:
        """The verdict's picture."""
        return face_of(self._found).icon

    @Property(str, notify=resultChanged)
    def heading(self) -> str:
        """The verdict in a few words."""
        return self._words.get("heading", "")

    @Property(str, notify=resultChanged)
    def detail(self) -> str:
        """What the verdict means, and what to do."""
        return self._words.get("detail", "")

    @Property(str, notify=resultChanged)
    def logFits(self) -> str:
        """That the log still fits the paper; empty when it does not or nobody can tell."""
        return self._words.get("log_fits", "")

    @Property(str, notify=resultChanged)
    def lane(self) -> str:
        """The lane on a sign."""
        return self._words.get("lane", "")

    @Property(str, notify=resultChanged)
    def house(self) -> str:
        """The house number on a sign."""
        return self._words.get("house", "")

    @Property(str, notify=resultChanged)
    def quarter(self) -> str:
        """The quarter on a sign."""
        return self._words.get("quarter", "")

    @Property(list, notify=resultChanged)
    def stars(self) -> list[dict[str, Any]]:
        """A sign's lines: ``name``, ``icon``, ``stars``, ``spoken``."""
        return self._stars

    @Property(list, notify=resultChanged)
    def facts(self) -> list[dict[str, str]]:
        """What else stands on the paper: ``name`` and ``value``."""
        return self._facts

    @Property(list, notify=resultChanged)
    def lines(self) -> list[str]:
        """What a slip says, as signed."""
        return self._lines

    def worded(self) -> None:
        """Say the verdict in the language on the screen."""
        self._words, self._stars, self._facts, self._lines = {}, [], [], []
        if self._found is not None:
            self._word_verdict(self._found)
            self._word_facts(self._found)
        self.resultChanged.emit()

    def _show(self, seen: Seen) -> None:
        self._found, self._told, self._may_appeal = seen.found, seen.told, seen.may_appeal
        self._copy_until, self._voucher = seen.copy_until, seen.voucher
        self.worded()
        self.checked.emit()

    def _word_verdict(self, found: PaperCheck) -> None:
        heading = kinds.heading(found.verdict, found.kind)
        said = self.text(f"check.{heading}")
        self._words = {"heading": said, "detail": self._detail(found, heading)}
        if found.consistent:
            self._words["log_fits"] = self.text("check.log_fits", found.tree_size)

    def _detail(self, found: PaperCheck, heading: str) -> str:
        words, told = f"check.detail_{heading}", found.facts
        if found.verdict in ("log_shorter", "log_rewritten"):
            return self.text(words, found.tree_size)
        if not isinstance(told, SignFacts):
            return self.text(words)
        if found.verdict == "replaced":
            words = words if told.newer_serial else "check.replaced_only"
            return self.text(words, told.ended_on, told.newer_serial)
        return self.text(words, told.valid_until)

    def _word_facts(self, found: PaperCheck) -> None:
        if isinstance(found.facts, SignFacts):
            self._word_sign(found, found.facts)
        elif isinstance(found.facts, SlipFacts):
            self._word_slip(found, found.facts)

    def _word_sign(self, found: PaperCheck, told: SignFacts) -> None:
        house = number_words(told.number, self.shell.tongue)
        quarter = self.text("check.quarter", told.year, told.quarter)
        self._words |= {"lane": told.lane, "house": house, "quarter": quarter}
        self._stars = [self._star_line(each) for each in told.stars]
        self._facts = [
            self._fact("valid_until", told.valid_until),
            self._fact("serial", found.reference),
        ]

    def _word_slip(self, found: PaperCheck, told: SlipFacts) -> None:
        self._lines = self._case_lines(self._told) if self._told else list(told.words or told.lines)
        if self._copy_until:
            self._lines = [self.text("check.copy_slip", self._copy_until)]
        if self._voucher:
            self._lines = self._voucher_lines(self._voucher)
        if found.reference:
            self._facts.append(self._fact("reference", found.reference))
        if told.printed_on:
            self._facts.append(self._fact("printed_on", told.printed_on))

    def _case_lines(self, told: CaseSlipFacts) -> list[str]:
        """What the slip says of a case, in words."""
        title = told.title.said(self.shell.tongue)
        points = f"+{told.points}" if told.points > 0 else f"\u2212{-told.points}"
        state = self.text(f"reports.state_{told.state}")
        return [
            self.text("check.slip_kind", self.text(f"paper.kind_{told.kind}")),
            self.text("check.slip_about", title, points),
            self.text("check.slip_state", state, date.fromisoformat(told.on)),
        ]

    def _voucher_lines(self, told: VoucherFacts) -> list[str]:
        """What the voucher is for, in words."""
        title = told.title.said(self.shell.tongue)
        return [
            self.text("check.voucher_about", title, told.price),
            self.text("check.voucher_until", date.fromisoformat(told.collect_by)),
        ]

    def _fact(self, key: str, value: str | date) -> dict[str, str]:
        return {
            "name": self.text(f"check.{key}"),
            "value": value if isinstance(value, str) else said_day(self.text, value),
        }

    def _star_line(self, each: SignedStars) -> dict[str, Any]:
        name = self.text(f"stars.{each.dimension}") if each.dimension else each.label
        spoken = self.text("check.stars_spoken", name, each.stars)
        icon = DIMENSION_ICONS.get(each.dimension, "star")
        return {"name": name, "icon": icon, "stars": each.stars, "spoken": spoken}


def _check(village: Village, scanned: str) -> Seen:
    found = check_paper(village, scanned)
    lines = found.facts.lines if isinstance(found.facts, SlipFacts) else ()
    told = slips.told_by(village, lines)
    copy_until = copies.slip_until(lines) if found.verdict == "genuine" else None
    voucher = perk_voucher.told_by(village, lines)
    return Seen(found, told, appeal.opens_appeal(found, told), copy_until, voucher)
