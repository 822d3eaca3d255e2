"""What a phone shows first of a slip's code: what it is, its number, the house, the day.

It says nothing of the matter, for whoever finds a slip can read its code, and no name, for it is
kept. `docs/decisions/words-in-a-slips-code.md` says where it stands and how it is held to what was
signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Final

from kiosk.core.catalogue import Language
from kiosk.core.days import plain, said_day
from kiosk.services.village import Village

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS: Final = 12
"""60 bits: the words are signed by their hash, from which nobody shall guess a house."""


def code_words(
    village: Village,
    languages: Sequence[Language],
    kind: str,
    reference: str,
    day: date,
    house: str = "",
) -> tuple[str, ...]:
    """The human lines of a slip's code, none of them empty."""
    names = (_said(village, each, f"kind_{kind}").upper() for each in languages)
    lines = (
        *(_said(village, each, "code_head", _village(village, each)) for each in languages),
        " ".join((*names, reference)),
        house,
        day.isoformat() if len(languages) > 1 else _day(village, languages[0], day),
        *(_said(village, each, "code_check") for each in languages),
        _said(village, languages[0], "code_salt", _salt()),
    )
    return tuple(line for line in lines if line)


def printed_day(printed: str) -> date:
    """The day of a slip that was made at ``2026-11-29 09:42``."""
    return datetime.fromisoformat(printed).date()


def _salt() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))


def _village(village: Village, language: Language) -> str:
    return village.settings.name.said(language)


def _day(village: Village, language: Language, day: date) -> str:
    say = partial(_text, village, language)
    return plain(said_day(say, day))


def _text(village: Village, language: Language, key: str, *values: object) -> str:
    return village.catalogue.text(key, language, *values)


def _said(village: Village, language: Language, name: str, *values: object) -> str:
    return _text(village, language, f"paper.{name}", *values)
