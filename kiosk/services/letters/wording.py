"""All that a letter says, as it is kept, as it is printed, and as a phone reads it in its code."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kiosk.core.catalogue import Language
from kiosk.core.days import plain, said_day
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a letter's words
    from kiosk.documents.letter import Letter as Paper

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS: Final = 12
"""60 bits: the words are signed by their hash, from which nobody shall guess a name."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a letter says of its person, in one language; all of it goes with them."""

    name: str
    house: str
    to: str
    """For whom it is; empty for whoever reads it."""
    facts: tuple[str, ...]
    salt: str
    words: tuple[str, ...] = ()
    """What a phone reads in its code, line by line."""

    def kept(self) -> str:
        """As the table keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read(kept: str) -> Said:
    """What the table keeps."""
    told = json.loads(kept)
    lines = {name: tuple(told[name]) for name in ("facts", "words")}
    return Said(**{**told, **lines})


def new_salt() -> str:
    """Letters that nobody guesses."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Says a letter; without a reference it is a sample."""

    village: Village
    language: Language
    reference: str
    issued: date
    until: date

    def code_words(self, said: Said) -> tuple[str, ...]:
        """The human lines of the code, none of them empty: what the letter says, whole."""
        lines = (
            self._text("paper.code_head", self.village.settings.name.said(self.language)),
            self._text("letters.code_title", self.reference),
            self._text("letters.code_who", said.name, said.house),
            self._to(said),
            *said.facts,
            self._text("letters.code_until", self._day(self.issued), self._day(self.until)),
            self._text("paper.code_check"),
            self._text("paper.code_salt", said.salt),
        )
        return tuple(plain(line) for line in lines)

    def paper(self, said: Said, qr_text: str = "", duplicate: bool = False) -> Paper:
        """The sheet."""
        from kiosk.documents.letter import Letter as Paper

        return Paper(
            village=self.village.settings.name,
            language=self.language,
            person=said.name,
            house=said.house,
            to=self._to(said),
            facts=said.facts,
            reference=self.reference,
            issued=self._day(self.issued),
            until=self._day(self.until),
            qr_text=qr_text,
            duplicate=duplicate,
            sample=not self.reference,
            code_words=said.words,
        )

    def _to(self, said: Said) -> str:
        return self._text("letters.to", said.to) if said.to else self._text("letters.to_anybody")

    def _day(self, day: date) -> str:
        return plain(said_day(self._text, day))

    def _text(self, key: str, *values: object) -> str:
        return self.village.catalogue.text(key, self.language, *values)
