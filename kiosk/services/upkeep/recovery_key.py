"""The keeper's recovery key: what a person copies from a sheet of paper, without mistakes."""

from __future__ import annotations

import hashlib

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.services.village import Village

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""
_SLIPS = str.maketrans("ILO", "110")
_KEY_BITS, _CHECK_BITS = 256, 24
_LETTERS = (_KEY_BITS + _CHECK_BITS) // 5
GROUP = 4


def key_text(key: bytes) -> str:
    """The 32-byte `key` and a 24-bit check as 14 groups of four letters, joined by hyphens."""
    number = int.from_bytes(key + _check(key), "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    return "-".join(letters[start : start + GROUP] for start in range(0, _LETTERS, GROUP))


def parse_key(typed: str) -> bytes:
    """The key behind what somebody typed from the sheet.

    Raises:
        ExpectedError: ``recovery_key_wrong``.
    """
    letters = "".join(typed.upper().split()).replace("-", "").translate(_SLIPS)
    if len(letters) != _LETTERS or not set(letters) <= set(ALPHABET):
        raise ExpectedError("recovery_key_wrong")
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    raw = number.to_bytes((_KEY_BITS + _CHECK_BITS) // 8, "big")
    key, check = raw[: _KEY_BITS // 8], raw[_KEY_BITS // 8 :]
    if _check(key) != check:
        raise ExpectedError("recovery_key_wrong")
    return key


def sheet_pdf(village: Village, language: Language) -> bytes:
    """The sheet that the keeper locks away: the key in letters and as a code, `language` first."""
    from kiosk.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf

    text = key_text(village.keys.backup)
    return recovery_sheet_pdf(
        RecoverySheet(
            village=village.settings.name,
            language=language,
            groups=tuple(text.split("-")),
            qr_text=text,
            key_id=village.keys.verifier.key_id.hex().upper(),
            verifier=village.keys.verifier.text(),
            made_on=village_day(village.clock.now()),
        )
    )


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"village-hall kiosk recovery key\n" + key).digest()[: _CHECK_BITS // 8]
