"""One's own wallet: what is in it and until when, what is reserved, and what came and went."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day, said_short_day
from kiosk.core.ids import new_touch_id
from kiosk.services.perks import redemptions, shelf
from kiosk.services.perks.redemptions import VoucherLine
from kiosk.services.perks.shelf import MovementLine, Wallet
from kiosk.services.wallet.lots import Lot, ending_soon
from kiosk.ui.parts.wording import said_points
from kiosk.ui.perks.rows import LotRow, MovementRow, VoucherRow
from kiosk.ui.shell.view_model import ViewModel, followed_by

QML_IMPORT_NAME = "kiosk.ui.perks"
QML_IMPORT_MAJOR_VERSION = 1

_CANCEL = followed_by(redemptions.cancel, shelf.my_wallet)


@QmlElement
class WalletModel(ViewModel):
    """View-model of WalletScreen."""

    walletChanged = Signal()
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wallet: Wallet | None = None
        self._touch = ""
        self._lots: list[LotRow] = []
        self._vouchers: list[VoucherRow] = []
        self._movements: list[MovementRow] = []

    def started(self) -> None:
        """Ask for the wallet of whoever is signed in."""
        if self.session_id:
            self.ask(shelf.my_wallet, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        seen = self._wallet
        if seen is None:
            return
        soon = ending_soon(seen.lots, seen.today)
        lots = [self._lot(each, soon=each in soon) for each in seen.lots]
        self._lots = self.renewed(self._lots, lots)
        vouchers = [self._voucher(each) for each in seen.vouchers]
        self._vouchers = self.renewed(self._vouchers, vouchers)
        movements = [self._movement(each) for each in seen.movements]
        self._movements = self.renewed(self._movements, movements)
        self.walletChanged.emit()

    @Property(bool, notify=walletChanged)
    def there(self) -> bool:
        """Whether the wallet has arrived."""
        return self._wallet is not None

    @Property(int, notify=walletChanged)
    def points(self) -> int:
        """Points to spend."""
        return self._wallet.points if self._wallet else 0

    @Property(list, notify=walletChanged)
    def lots(self) -> list[LotRow]:
        """What it is made of, the next to end first."""
        return self._lots

    @Property(list, notify=walletChanged)
    def vouchers(self) -> list[VoucherRow]:
        """What was reserved, the newest first."""
        return self._vouchers

    @Property(list, notify=walletChanged)
    def movements(self) -> list[MovementRow]:
        """What came and went, the newest first."""
        return self._movements

    @Slot()
    def aboutToAnswer(self) -> None:
        """The question opens: whatever is tapped in it is one touch."""
        self._touch = new_touch_id()

    @Slot(str)
    def cancel(self, reference: str) -> None:
        """Have the points back."""
        self.ask(_CANCEL, self.session_id, reference, self._touch, then=self._show_after)

    def _show_after(self, seen: Wallet) -> None:
        self._show(seen)
        self.cancelled.emit()

    def _show(self, seen: Wallet) -> None:
        self._wallet = seen
        self.worded()

    def _lot(self, lot: Lot, *, soon: bool) -> LotRow:
        return LotRow(
            points=self.text("perks.price", lot.points),
            until=self.text("perks.lot_until", said_day(self.text, lot.ends)),
            since=self.text("perks.lot_since", said_day(self.text, lot.since)),
            soon=soon,
        )

    def _voucher(self, line: VoucherLine) -> VoucherRow:
        title = line.title.said(self.shell.tongue)
        said = self.text(f"perks.state_{line.state}", said_short_day(self.text, line.collect_by))
        return VoucherRow(
            reference=line.reference,
            title=title,
            picture=line.picture,
            detail=self.text("perks.voucher_line", said, line.reference, line.price),
            mayCancel=line.state == "reserved",
            question=self.text("perks.cancel_sure", title, line.price),
        )

    def _movement(self, line: MovementLine) -> MovementRow:
        said = line.title.said(self.shell.tongue)
        why = self.text(f"perks.why_{line.why}")
        return MovementRow(
            points=said_points(line.points),
            what=self.text("perks.why_of", why, said) if said else why,
            on=said_day(self.text, line.on),
        )
