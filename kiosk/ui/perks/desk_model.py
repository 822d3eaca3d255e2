"""The desk where a voucher becomes something in the hand."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_touch_id
from kiosk.services.perks import desk, redemptions
from kiosk.services.perks.redemptions import HandedOver, VoucherView
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.perks.rows import FoundVoucher

QML_IMPORT_NAME = "kiosk.ui.perks"
QML_IMPORT_MAJOR_VERSION = 1

VOUCHER, DONE = "voucher", "done"
_YEAR = 4


@QmlElement
class PerkDeskModel(StagedModel):
    """View-model of PerkDeskScreen."""

    voucherChanged = Signal()
    numberRefused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: VoucherView | None = None
        self._voucher = FoundVoucher()
        self._outcome = ""
        self._touch = ""

    def worded(self) -> None:
        """Say it in the language on the screen."""
        if self._seen is not None:
            self._voucher = self.renewed(self._voucher, self._said(self._seen))
            title = self._seen.title.said(self.shell.tongue)
            self._outcome = self.text("perks.handed_over", title, self._seen.name)
        self.voucherChanged.emit()

    @Property(FoundVoucher, notify=voucherChanged)
    def voucher(self) -> FoundVoucher:
        """The voucher that is looked at."""
        return self._voucher

    @Property(str, notify=voucherChanged)
    def outcome(self) -> str:
        """What was handed over, to whom."""
        return self._outcome

    @Slot(str)
    def takeNote(self, note: str) -> None:
        """A paper was held to the scanner."""
        found = (desk.look_at_paper, self.session_id, note)
        self.ask(*found, then=self._show, refused=self._refused)

    @Slot(str)
    def takeNumber(self, digits: str) -> None:
        """The number of a voucher was typed: the year, and the four digits after it."""
        reference = f"P{digits[:_YEAR]}-{digits[_YEAR:]}"
        asked = (redemptions.look, self.session_id, reference)
        self.ask(*asked, then=self._show, refused=self._refused)

    @Slot()
    def handOver(self) -> None:
        """Hand it over."""
        if self._seen is None:
            return
        asked = (self.session_id, self._seen.reference, self._touch)
        self.ask(redemptions.collect, *asked, then=self._handed_over)

    @Slot()
    def back(self) -> None:
        """To the next voucher."""
        self._seen = None
        self._go(PAGE)

    def _show(self, seen: VoucherView) -> None:
        self._seen, self._touch = seen, new_touch_id()
        self._go(VOUCHER)

    def _handed_over(self, _answer: HandedOver) -> None:
        self._go(DONE)

    def _refused(self, _refusal: KioskError) -> None:
        self.numberRefused.emit()

    def _said(self, seen: VoucherView) -> FoundVoucher:
        return FoundVoucher(
            name=seen.name,
            title=seen.title.said(self.shell.tongue),
            picture=seen.picture,
            reference=seen.reference,
            until=self.text("perks.until_desk", said_day(self.text, seen.collect_by)),
            why=self._why_not(seen),
        )

    def _why_not(self, seen: VoucherView) -> str:
        if seen.ended_on is not None:
            return self.text(f"perks.was_{seen.state}", said_day(self.text, seen.ended_on))
        if seen.late:
            return self.text("perks.was_late")
        return self.text("error.own_voucher") if seen.own else ""
