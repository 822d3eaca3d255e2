"""What a resident's or an official's card carries: 128 random bits, and nothing about the person.

Written as ``VHK1C-``, 26 characters of Crockford's base32 (no I, L, O, U) and a check character
by the recurrence of the hybrid systems of ISO/IEC 7064 with M = 32, which finds every single
wrong character. The text stays in the QR alphanumeric set, and every keyboard layout that a
scanner may be set to has its letters.
"""

from __future__ import annotations

import re
import secrets
from functools import reduce

PREFIX = "VHK1C-"
_BYTES = 16
_DIGITS = 26
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE = len(_ALPHABET)
_LOOKALIKES = str.maketrans("ILO", "110")
_FORM = re.compile(rf"{PREFIX}([0-9A-TV-Z]{{{_DIGITS + 1}}})", re.IGNORECASE | re.ASCII)


def new_card_token() -> str:
    """A fresh card token, as the text that goes into the card's QR code."""
    return format_card_token(secrets.token_bytes(_BYTES))


def format_card_token(bits: bytes) -> str:
    """The text of the 16 bytes `bits`."""
    if len(bits) != _BYTES:
        raise ValueError(f"a card token has {_BYTES} bytes, not {len(bits)}")
    number = int.from_bytes(bits, "big")
    shifts = range(5 * (_DIGITS - 1), -1, -5)
    body = "".join(_ALPHABET[number >> shift & 31] for shift in shifts)
    return f"{PREFIX}{body}{_check_character(body)}"


def parse_card_token(text: str) -> bytes | None:
    """The 16 bytes behind `text`, or None when it is no card token.

    Case does not matter, and I, L and O are read as the digits they resemble.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    characters = found[1].upper().translate(_LOOKALIKES)
    body, check = characters[:-1], characters[-1]
    number = reduce(lambda total, ch: total * _BASE + _ALPHABET.index(ch), body, 0)
    if check != _check_character(body) or number >> (8 * _BYTES):
        return None
    return number.to_bytes(_BYTES, "big")


def _check_character(body: str) -> str:
    """ISO/IEC 7064, hybrid system MOD M+1,M, here 33,32."""
    product = _BASE
    for ch in body:
        total = (product + _ALPHABET.index(ch)) % _BASE or _BASE
        product = total * 2 % (_BASE + 1)
    return _ALPHABET[(1 - product) % _BASE]
