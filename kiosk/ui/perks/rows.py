"""What the screens of the shelf show."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.perks"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class OfferRow(Row):
    """Something on the shelf, for whoever is signed in."""

    perkId: int
    title: str
    picture: str
    price: str
    left: str
    limit: str
    mark: str
    """Why it cannot be reserved now; empty when it can."""
    may: bool
    question: str
    explanation: str


@QmlElement
class VoucherRow(Row):
    """Something that was reserved, and what became of it."""

    reference: str
    title: str
    picture: str
    detail: str
    mayCancel: bool
    question: str


@QmlElement
class LotRow(Row):
    """Points of one day, and when they end."""

    points: str
    until: str
    since: str
    soon: bool


@QmlElement
class MovementRow(Row):
    """Points that came or went."""

    points: str
    what: str
    on: str


@QmlElement
class ReservedWords(Row):
    """What came of a reservation."""

    reference: str = ""
    until: str = ""
    left: str = ""


@QmlElement
class FoundVoucher(Row):
    """A voucher as the desk sees it."""

    name: str = ""
    title: str = ""
    picture: str = ""
    reference: str = ""
    until: str = ""
    why: str = ""
    """Why it is not handed over; empty when it can be."""


@QmlElement
class StockRow(Row):
    """Something on the shelf, for who keeps it."""

    perkId: int
    title: str
    picture: str
    detail: str


@QmlElement
class HandOutRow(Row):
    """Something that everybody gets."""

    handOutId: int
    title: str
    picture: str
    detail: str


@QmlElement
class PictureRow(Row):
    """A picture that something new can have."""

    picture: str
    name: str
