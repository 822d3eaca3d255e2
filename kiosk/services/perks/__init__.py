"""The perks room: what the village gives for points of the wallet, never for the number.

`catalogue` (what there is), `redemptions` (reserve, cancel, collect, points back), `voucher` (the
slip with which it is collected).
"""

from kiosk.services.perks.catalogue import PerkLine, offer, perks, restock
from kiosk.services.perks.redemptions import (
    KEPT_DAYS,
    STATES,
    HandedOver,
    Reserved,
    State,
    VoucherLine,
    VoucherView,
    cancel,
    collect,
    erase,
    look,
    my_vouchers,
    refund_overdue,
    reserve,
)
from kiosk.services.perks.voucher import VoucherTold, told_by

__all__ = [
    "KEPT_DAYS",
    "STATES",
    "HandedOver",
    "PerkLine",
    "Reserved",
    "State",
    "VoucherLine",
    "VoucherTold",
    "VoucherView",
    "cancel",
    "collect",
    "erase",
    "look",
    "my_vouchers",
    "offer",
    "perks",
    "refund_overdue",
    "reserve",
    "restock",
    "told_by",
]
