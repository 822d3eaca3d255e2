"""A new card, drawn and sent to the printer: what the desk does when somebody is given one."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.errors import ExpectedError
from kiosk.services.access import grants
from kiosk.services.access.cards import IssuedCard
from kiosk.services.consent import consents
from kiosk.services.printing import queue
from kiosk.services.register import people
from kiosk.services.village import Village
from kiosk.services.work import writing


@dataclass(frozen=True)
class NewCard:
    """The card, which has no PIN yet, and the job that prints it."""

    issued: IssuedCard
    print_job_id: int | None
    """None when the name has a character that cannot be printed; the card's number opens it."""
    unprintable: str = ""
    """The characters that no shipped font has."""


def issue_and_print(village: Village, session_id: str, resident_id: int) -> NewCard:
    """Issue a card to a resident and queue its paper; the card they had before ends.

    Its PIN is drawn by its holder, once nobody of the desk is signed in (`access.first_pin`).

    Raises:
        ExpectedError: as `access.grants.issue_card`.
    """
    issued = grants.issue_card(village, session_id, resident_id, with_pin=False)
    try:
        return NewCard(issued, _queue(village, issued))
    except ExpectedError as refusal:
        if refusal.code != "unprintable":
            raise
        return NewCard(issued, None, str(refusal.values[0]))


def _queue(village: Village, issued: IssuedCard) -> int:
    from kiosk.documents.enrolment_card import EnrolmentCard

    name = people.resident(village, issued.resident_id).name
    with writing(village) as work:
        card = EnrolmentCard(
            village=village.settings.name,
            name=name,
            card_number=issued.number,
            qr_text=issued.token_text,
            enrolled_on=consents.enrolled_since(work.session, issued.resident_id),
            demo=village.settings.demo,
        )
        return queue.enqueue_card(work, card, "A5")
