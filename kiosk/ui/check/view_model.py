"""What a paper turned out to be, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.check"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StarLine(Row):
    """One line of a sign as signed."""

    name: str
    icon: str
    stars: int
    spoken: str


@QmlElement
class Fact(Row):
    """One thing more that stands on a paper."""

    name: str
    value: str


@QmlElement
class Verdict(Row):
    """What a paper turned out to be; its code is empty while waiting for one."""

    code: str = ""
    tone: str = "tea"
    icon: str = "scan"
    heading: str = ""
    detail: str = ""
    logFits: str = ""


@QmlElement
class Signed(Row):
    """What stands on the paper: of a sign its house and stars, of a slip its lines."""

    lane: str = ""
    house: str = ""
    quarter: str = ""
    stars: tuple[StarLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class VerdictLook:
    """How a verdict looks: the tone of its card, and an icon."""

    tone: str
    icon: str


_FACES = {
    "genuine": VerdictLook("tea", "circle-check"),
    "used": VerdictLook("gold", "circle-check"),
    "revoked": VerdictLook("gold", "x"),
    "expired": VerdictLook("gold", "calendar-time"),
    "replaced": VerdictLook("gold", "replace"),
    "taken_down": VerdictLook("gold", "home"),
    "outdated": VerdictLook("gold", "home"),
    "not_ours": VerdictLook("voice", "help-circle"),
    "altered": VerdictLook("care", "alert-circle"),
    "log_shorter": VerdictLook("gold", "books"),
    "log_rewritten": VerdictLook("care", "books"),
    "key_ended": VerdictLook("care", "alert-circle"),
    "unreadable": VerdictLook("voice", "scan"),
}
_CARD = VerdictLook("voice", "id")


def face_of(found: PaperCheck) -> VerdictLook:
    """The face of a verdict."""
    return _CARD if found.kind == "card" else _FACES[found.verdict]


@dataclass(frozen=True)
class CheckedPaper:
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
        self._verdict, self._signed = Verdict(), Signed()

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

    @Property(Verdict, notify=resultChanged)
    def verdict(self) -> Verdict:
        """What the paper is, in a few words."""
        return self._verdict

    @Property(Signed, notify=resultChanged)
    def signed(self) -> Signed:
        """What stands on it."""
        return self._signed

    def worded(self) -> None:
        """Say the verdict in the language on the screen."""
        found = self._found
        self._verdict = self.renewed(self._verdict, self._said(found) if found else Verdict())
        self._signed = self.renewed(self._signed, self._read(found) if found else Signed())
        self.resultChanged.emit()

    def _show(self, seen: CheckedPaper) -> None:
        self._found, self._told, self._may_appeal = seen.found, seen.told, seen.may_appeal
        self._copy_until, self._voucher = seen.copy_until, seen.voucher
        self.worded()
        self.checked.emit()

    def _said(self, found: PaperCheck) -> Verdict:
        face, heading = face_of(found), kinds.heading(found.verdict, found.kind)
        return Verdict(
            code=found.verdict,
            tone=face.tone,
            icon=face.icon,
            heading=self.text(f"check.{heading}"),
            detail=self._detail(found, heading),
            logFits=self.text("check.log_fits", found.tree_size) if found.consistent else "",
        )

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

    def _read(self, found: PaperCheck) -> Signed:
        if isinstance(found.facts, SignFacts):
            return self._sign(found, found.facts)
        if isinstance(found.facts, SlipFacts):
            return self._slip(found, found.facts)
        return Signed()

    def _sign(self, found: PaperCheck, told: SignFacts) -> Signed:
        return Signed(
            lane=told.lane,
            house=number_words(told.number, self.shell.tongue),
            quarter=self.text("check.quarter", told.year, told.quarter),
            stars=tuple(self._star_line(each) for each in told.stars),
            facts=(
                self._fact("valid_until", told.valid_until),
                self._fact("serial", found.reference),
            ),
        )

    def _slip(self, found: PaperCheck, told: SlipFacts) -> Signed:
        facts = {"reference": found.reference, "printed_on": told.printed_on}
        return Signed(
            lines=tuple(self._slip_lines(told)),
            facts=tuple(self._fact(key, value) for key, value in facts.items() if value),
        )

    def _slip_lines(self, told: SlipFacts) -> list[str]:
        if self._voucher:
            return self._voucher_lines(self._voucher)
        if self._copy_until:
            return [self.text("check.copy_slip", self._copy_until)]
        return self._case_lines(self._told) if self._told else list(told.words or told.lines)

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

    def _fact(self, key: str, value: str | date) -> Fact:
        said = value if isinstance(value, str) else said_day(self.text, value)
        return Fact(name=self.text(f"check.{key}"), value=said)

    def _star_line(self, each: SignedStars) -> StarLine:
        name = self.text(f"stars.{each.dimension}") if each.dimension else each.label
        return StarLine(
            name=name,
            icon=DIMENSION_ICONS.get(each.dimension, "star"),
            stars=each.stars,
            spoken=self.text("check.stars_spoken", name, each.stars),
        )


def _check(village: Village, scanned: str) -> CheckedPaper:
    found = check_paper(village, scanned)
    lines = found.facts.lines if isinstance(found.facts, SlipFacts) else ()
    told = slips.told_by(village, lines)
    copy_until = copies.slip_until(lines) if found.verdict == "genuine" else None
    voucher = perk_voucher.told_by(village, lines)
    return CheckedPaper(found, told, appeal.opens_appeal(found, told), copy_until, voucher)
