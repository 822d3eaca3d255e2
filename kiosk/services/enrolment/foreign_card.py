"""The card that somebody has already, taken as theirs: nothing of what stands on it is kept."""

from __future__ import annotations

from kiosk.core.errors import ExpectedError
from kiosk.core.foreign_card import content_of
from kiosk.services.access import grants
from kiosk.services.register.importing.identity_numbers import scrub
from kiosk.services.village import Village


def take(village: Village, session_id: str, resident_id: int, held_up: str) -> str:
    """Take a card that was held up as the card of a resident; the number that opens it, too.

    The card they had before ends. Like one of ours it has no PIN yet: its holder draws it, by
    holding this card up when nobody of the desk is signed in.

    Raises:
        ExpectedError: as `grants.issue_card`; ``foreign_card_unfit`` for what cannot be such a
            card, ``foreign_card_ours`` for one of ours, ``foreign_card_identity`` where it holds an
            identity number, ``foreign_card_taken`` if it is or was somebody's.
    """
    content = content_of(held_up)
    if content is None:
        raise ExpectedError("foreign_card_ours" if held_up else "foreign_card_unfit")
    _, bearers = scrub(content.decode())
    if bearers:
        raise ExpectedError("foreign_card_identity")
    return grants.issue_card(
        village, session_id, resident_id, with_pin=False, foreign=content
    ).number
