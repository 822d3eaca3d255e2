"""From a job's plain values to a paper, and from a paper to what a printer takes.

The renderers are imported where they are used: they cost a tenth of a second, which the road to
the first frame does not have.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from kiosk.core.errors import ExpectedError
from kiosk.core.shift import STRAIGHT, Shift
from kiosk.core.texts import Texts
from kiosk.devices.printers import Form, PaperJob
from kiosk.services.printing.marks import without_marks
from kiosk.services.printing.media import LABELS, QueuedMedia, place_on_sheet, put_in

if TYPE_CHECKING:
    from PIL.Image import Image

    from kiosk.documents.door_sign import DoorSign
    from kiosk.documents.enrolment_card import EnrolmentCard
    from kiosk.documents.hand_over_list import HandOverList
    from kiosk.documents.letter import Letter
    from kiosk.documents.rule_poster import RulePoster
    from kiosk.documents.sign_sheets import OffsetSheet
    from kiosk.documents.slip import Slip
    from kiosk.documents.visit_sheet import CheckForm, VisitSheet

PaperKind = Literal[
    "door_sign",
    "slip",
    "enrolment_card",
    "data_copy",
    "rule_poster",
    "visit_sheet",
    "calendar",
    "sign_list",
    "offset_sheet",
    "letter",
]

_VILLAGE: Final = "village_"
_NOT_KEPT: Final = ("qr_text", "duplicate", "sample")
"""What the queue knows by itself, or must not write down: a card's QR is its secret."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A paper to be rendered: what stands in the queue, with its QR text.

    `ready` is a PDF that was made before: a copy of somebody's data is not kept in the queue.
    """

    paper: PaperKind
    media: QueuedMedia
    payload: Mapping[str, Any]
    qr_text: str = ""
    duplicate: bool = False
    ready: bytes = b""

    @property
    def width(self) -> Literal[58, 80]:
        """The width of a roll in millimetres."""
        if self.media not in ("58", "80"):
            raise ValueError("a slip needs a roll")
        return 58 if self.media == "58" else 80


def payload_of(
    document: DoorSign
    | Slip
    | EnrolmentCard
    | RulePoster
    | VisitSheet
    | HandOverList
    | Letter
    | OffsetSheet,
) -> dict[str, Any]:
    """The plain values of a paper, as they are kept in the queue."""
    plain: dict[str, Any] = {}
    for name, value in asdict(document).items():
        plain |= value.named(name) if isinstance(value, Texts) else {name: _plain(value)}
    return {name: value for name, value in plain.items() if name not in _NOT_KEPT}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def check_payload(order: Order) -> None:
    """Refuse a paper before it is queued.

    Raises:
        ExpectedError: ``unprintable`` with the characters that no shipped font has.
        ValueError: this paper does not exist in this size.
        TypeError, KeyError: the payload does not fit the paper.
    """
    from kiosk.documents.fonts import unprintable

    if (order.paper, order.media) not in _SIZES:
        raise ValueError(f"no {order.paper} on {order.media}")
    _DOCUMENTS[order.paper](order)
    said = (without_marks(text) for text in _texts(order.payload))
    missing = dict.fromkeys(ch for text in said for ch in unprintable(text))
    if missing:
        raise ExpectedError("unprintable", " ".join(missing))


def rendered(order: Order, form: Form, title: str, shift: Shift = STRAIGHT) -> PaperJob:
    """The paper as `form`; the printer's `shift` moves signs that are cut, or lie on labels.

    Raises:
        ExpectedError: ``unprintable``, ``qr_too_long``.
        ValueError: a paper that cannot be had in this form, such as a door sign as a picture.
    """
    if form == "pdf":
        if order.paper == "door_sign":
            return sheets_together([order], title, shift)
        return PaperJob(title, _PDFS[order.paper](order), None, put_in(order.media))
    if order.paper not in _PICTURES:
        raise ValueError(f"no picture of a {order.paper}")
    buffer = io.BytesIO()
    _PICTURES[order.paper](order).save(buffer, "PNG")
    return PaperJob(title, None, buffer.getvalue(), put_in(order.media))


def sheets_together(orders: Sequence[Order], title: str, shift: Shift = STRAIGHT) -> PaperJob:
    """Door signs of one kind of media, or visit sheets, in one file.

    Raises:
        ExpectedError: as `rendered`.
    """
    from kiosk.documents.visit_sheet import visit_sheets_pdf

    paper = put_in(orders[0].media)
    if orders[0].paper == "visit_sheet":
        sheets = tuple(_visit_sheet(each) for each in orders)
        return PaperJob(title, visit_sheets_pdf(sheets), None, paper)
    return PaperJob(title, _door_signs_pdf(orders, shift), None, paper)


def _door_signs_pdf(orders: Sequence[Order], shift: Shift) -> bytes:
    from kiosk.documents.door_sign import door_signs_pdf
    from kiosk.documents.sign_sheets import labels_pdf, two_up_pdf

    signs, media = [_door_sign(each) for each in orders], orders[0].media
    if media == "A4x2":
        return two_up_pdf(signs, shift)
    if media in LABELS:
        places = [place_on_sheet(each.media) for each in orders]
        return labels_pdf(signs, places, shift)
    return door_signs_pdf(signs, "A5" if media == "A5" else "A4")


def _texts(value: Any) -> Iterator[str]:
    """Every text within plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _values(order: Order) -> dict[str, Any]:
    """A village's name is kept as version 0.1 did, a value for each language."""
    named = {key: text for key, text in order.payload.items() if key.startswith(_VILLAGE)}
    rest = {key: value for key, value in order.payload.items() if key not in named}
    name = Texts({key.removeprefix(_VILLAGE): text for key, text in named.items()})
    return {**rest, "village": name, "qr_text": order.qr_text, "duplicate": order.duplicate}


def _door_sign(order: Order) -> DoorSign:
    from kiosk.documents.door_sign import DimensionStars, DoorSign

    values = _values(order)
    values["dimensions"] = tuple(DimensionStars(**each) for each in values["dimensions"])
    values["valid_until"] = date.fromisoformat(values["valid_until"])
    return DoorSign(**values)


def _slip(order: Order) -> Slip:
    from kiosk.documents.slip import Said, Slip

    values = _values(order)
    values |= _slip_words(values)
    values["code_words"] = tuple(values.get("code_words", ()))  # a slip of version 0.1 has none
    if also := values.get("also"):
        values["also"] = Said(**also | _slip_words(also))
    return Slip(**values)


def _slip_words(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Facts and steps as a slip has them."""
    from kiosk.documents.slip import SlipLine

    steps = tuple(SlipLine(**each) for each in plain["next_steps"])
    return {"facts": tuple(plain["facts"]), "next_steps": steps}


def _enrolment_card(order: Order) -> EnrolmentCard:
    from kiosk.documents.enrolment_card import EnrolmentCard

    values = _values(order)
    if day := values["enrolled_on"]:
        values["enrolled_on"] = date.fromisoformat(day)
    return EnrolmentCard(**values)


def _rule_poster(order: Order) -> RulePoster:
    from kiosk.documents.rule_poster import RulePart, RulePoster

    values = _values(order)
    parts = (each | {"lines": tuple(each["lines"])} for each in values["parts"])
    values["parts"] = tuple(RulePart(**each) for each in parts)
    values["lead"] = tuple(values["lead"])
    return RulePoster(**values)


def _rule_poster_pdf(order: Order) -> bytes:
    from kiosk.documents.rule_poster import rule_poster_pdf

    return rule_poster_pdf(_rule_poster(order), "A3" if order.media == "A3" else "A4")


def _visit_sheet(order: Order) -> VisitSheet:
    from kiosk.documents.visit_sheet import VisitSheet

    values = _values(order)
    values["forms"] = tuple(_check_form(each) for each in values["forms"])
    return VisitSheet(**values)


def _check_form(plain: Mapping[str, Any]) -> CheckForm:
    from kiosk.documents.visit_sheet import CheckForm, CheckItem

    lists = {name: tuple(plain[name]) for name in ("house", "quarter", "asked")}
    items = tuple(CheckItem(**each) for each in plain["items"])
    return CheckForm(**{**plain, **lists, "items": items})


def _visit_sheet_pdf(order: Order) -> bytes:
    from kiosk.documents.visit_sheet import visit_sheet_pdf

    return visit_sheet_pdf(_visit_sheet(order))


def _data_copy(order: Order) -> object:
    return order.payload["resident"]


def _data_copy_pdf(order: Order) -> bytes:
    return order.ready


def _hand_over_list(order: Order) -> HandOverList:
    from kiosk.documents.hand_over_list import HandOverList, ListedLane, ListedSign

    values = _values(order)
    lanes = (
        ListedLane(each["lane"], tuple(ListedSign(**_as_told(sign)) for sign in each["signs"]))
        for each in values["lanes"]
    )
    values["lanes"] = tuple(lanes)
    values["day"] = date.fromisoformat(values["day"])
    return HandOverList(**values)


def _as_told(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {**plain, "stars": tuple(plain["stars"])}


def _hand_over_list_pdf(order: Order) -> bytes:
    from kiosk.documents.hand_over_list import hand_over_list_pdf

    return hand_over_list_pdf(_hand_over_list(order))


def _offset_sheet(order: Order) -> OffsetSheet:
    from kiosk.documents.sign_sheets import OffsetSheet

    return OffsetSheet(**_values(order))


def _offset_sheet_pdf(order: Order) -> bytes:
    from kiosk.documents.sign_sheets import offset_sheet_pdf

    return offset_sheet_pdf(_offset_sheet(order))


def _letter(order: Order) -> Letter:
    from kiosk.documents.letter import Letter

    values = _values(order)
    del values["resident"]  # whose it is; the sheet has the name
    for name in ("facts", "code_words"):
        values[name] = tuple(values[name])
    return Letter(**values)


def _letter_pdf(order: Order) -> bytes:
    from kiosk.documents.letter import letter_pdf

    return letter_pdf(_letter(order))


def _slip_pdf(order: Order) -> bytes:
    from kiosk.documents.slip import slip_pdf

    return slip_pdf(_slip(order), order.width)


def _card_pdf(order: Order) -> bytes:
    from kiosk.documents.enrolment_card import enrolment_card_pdf

    return enrolment_card_pdf(_enrolment_card(order))


def _slip_picture(order: Order) -> Image:
    from kiosk.documents.slip import slip_raster

    return slip_raster(_slip(order), order.width)


def _card_picture(order: Order) -> Image:
    from kiosk.documents.enrolment_card import enrolment_card_slip

    return enrolment_card_slip(_enrolment_card(order), order.width)


_SIZES: Final[frozenset[tuple[PaperKind, QueuedMedia]]] = frozenset(
    {
        ("door_sign", "A4"),
        ("door_sign", "A5"),
        ("door_sign", "A4x2"),
        *(("door_sign", each) for each in LABELS),
        ("sign_list", "A4"),
        ("offset_sheet", "A4"),
        ("slip", "58"),
        ("slip", "80"),
        ("enrolment_card", "A5"),
        ("enrolment_card", "58"),
        ("enrolment_card", "80"),
        ("data_copy", "A4"),
        ("rule_poster", "A4"),
        ("calendar", "A3"),
        ("calendar", "A4"),
        ("visit_sheet", "A4"),
        ("letter", "A4"),
    }
)
_DOCUMENTS: Final[Mapping[PaperKind, Callable[[Order], object]]] = {
    "door_sign": _door_sign,
    "slip": _slip,
    "enrolment_card": _enrolment_card,
    "data_copy": _data_copy,
    "rule_poster": _rule_poster,
    "calendar": _rule_poster,
    "visit_sheet": _visit_sheet,
    "sign_list": _hand_over_list,
    "offset_sheet": _offset_sheet,
    "letter": _letter,
}
_PDFS: Final[Mapping[PaperKind, Callable[[Order], bytes]]] = {
    "slip": _slip_pdf,
    "enrolment_card": _card_pdf,
    "data_copy": _data_copy_pdf,
    "rule_poster": _rule_poster_pdf,
    "calendar": _rule_poster_pdf,
    "visit_sheet": _visit_sheet_pdf,
    "sign_list": _hand_over_list_pdf,
    "offset_sheet": _offset_sheet_pdf,
    "letter": _letter_pdf,
}
_PICTURES: Final[Mapping[PaperKind, Callable[[Order], Image]]] = {
    "slip": _slip_picture,
    "enrolment_card": _card_picture,
}
