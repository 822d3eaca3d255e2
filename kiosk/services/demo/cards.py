"""The demo's cards: shown on the start screen and printed with their PINs, in a demo alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from kiosk.core.errors import EnvironmentFault
from kiosk.documents.enrolment_card import EnrolmentCard, card_sheet_pdf
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.roles import ROLES
from kiosk.services.village import Village

_FILE = "demo_cards.json"
_SHEET = "demo-cards.pdf"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, kw_only=True)
class DemoCard:
    """A card to try.

    `story` says why: ``main``, ``nomination``, ``concern``, ``fresh``, or the role of an official.
    """

    name: str
    story: str
    number: str
    pin: str = field(repr=False)
    token_text: str = field(repr=False)

    @property
    def official(self) -> bool:
        """Whether this card opens the officials' side."""
        return self.story in ROLES

    @property
    def words_key(self) -> str:
        """The catalogue's key of what there is to try with it."""
        return f"residents.demo_{self.story}"


def card_of(name: str, story: str, issued: IssuedCard) -> DemoCard:
    """A card that was just issued."""
    return DemoCard(
        name=name, story=story, number=issued.number, pin=issued.pin, token_text=issued.token_text
    )


def keep_cards(village: Village, cards: tuple[DemoCard, ...], enrolled_on: date) -> None:
    """Write the cards into the demo village's directory, and the sheet to print and cut out."""
    root = village.directory.root
    table = {"cards": [asdict(card) for card in cards]}
    _write(root / _FILE, json.dumps(table, ensure_ascii=False, indent=2).encode())
    papers = tuple(
        EnrolmentCard(
            village=village.settings.name,
            name=card.name,
            card_number=card.number,
            qr_text=card.token_text,
            enrolled_on=enrolled_on,
            demo=True,
        )
        for card in cards
    )
    _write(root / _SHEET, card_sheet_pdf(papers, tuple(card.pin for card in cards)))


def demo_cards(village: Village) -> tuple[DemoCard, ...]:
    """The cards to try; none in a village that is no demo, whatever lies in its directory."""
    file = village.directory.root / _FILE
    if not village.settings.demo or not file.exists():
        return ()
    try:
        return tuple(DemoCard(**card) for card in json.loads(file.read_text("utf-8"))["cards"])
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise EnvironmentFault("settings_damaged", file, "demo_cards") from trouble


def _write(file: Path, content: bytes) -> None:
    """For the user alone, like everything in the directory: the cards open the demo's records."""
    file.touch(mode=_OWNER_ONLY)
    file.write_bytes(content)
