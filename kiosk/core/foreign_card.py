"""The card that somebody has already: a barcode or QR code that is unlike ours.

What a scanner read is taken as such a card when it has the form below and cannot be something else:
one line of printable ASCII, neither one of this village's codes nor a number that stands on a
thing which is sold by the thousand. It is handed on with a mark before it, which no number pad
types, so that nothing typed is taken for something held up.
"""

from __future__ import annotations

import re
from typing import Final

SHORTEST, LONGEST = 8, 256
"""Characters: fewer are no card's, and more are a document."""
_MARK: Final = "scanned:"
_FORM: Final = re.compile(rf"[!-~](?:[ -~]{{{SHORTEST - 2},{LONGEST - 2}}})[!-~]", re.ASCII)
_OURS: Final = re.compile(r"VHK.*|([0-9A-Z]{4}-){13}[0-9A-Z]{4}", re.IGNORECASE | re.ASCII)
"""Our cards, also read in part, and the keeper's recovery key."""
_GOODS: Final = (8, 12, 13, 14)
"""Digits of a GTIN (ISO/IEC 15420; GS1 General Specifications 7.9)."""


def held_up(scanned: str) -> str:
    """What a scanner read, marked as a foreign card; empty where it can be none."""
    text = scanned.strip()
    return f"{_MARK}{text}" if _FORM.fullmatch(text) and not _is_another_thing(text) else ""


def content_of(card: str) -> bytes | None:
    """What stands on a foreign card that `held_up` marked; None for anything else."""
    if not card.startswith(_MARK) or held_up(card.removeprefix(_MARK)) != card:
        return None
    return card.removeprefix(_MARK).encode()


def _is_another_thing(text: str) -> bool:
    return _OURS.fullmatch(text) is not None or _is_on_goods(text)


def _is_on_goods(text: str) -> bool:
    """Whether it is the number of an article, by its check digit."""
    if not text.isdigit() or len(text) not in _GOODS:
        return False
    weighed = (int(ch) * (3 if place % 2 else 1) for place, ch in enumerate(reversed(text)))
    return sum(weighed) % 10 == 0
