"""What people choose themselves: agreeing to a purpose, taking a consent back in two taps."""

from __future__ import annotations

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.consent import consents
from kiosk.services.consent.consents import ConsentLine, Purpose
from kiosk.services.enrolment import explanation
from kiosk.services.letters import letters
from kiosk.services.stars import door_signs
from kiosk.services.village import Village
from kiosk.services.work import Work


def agree(
    village: Village, session_id: str, purpose: Purpose, text_version: int, touch: str
) -> ConsentLine:
    """The signed-in adult agrees to `purpose` themselves, at the place where they can withdraw.

    `text_version` is that of the text on their screen. A number begins at the desk, with the talk
    (`enrolment_talk`); whoever had that talk about the current text can agree here to the rest.
    Harmless where the consent stands.

    Raises:
        ExpectedError: ``session_over``, ``birth_date_missing``, ``under_age``,
            ``consent_text_changed`` if it is not the current text, ``consent_at_desk`` for the
            number, and before the talk, ``leaving_stands``.
    """
    with acting.once(village, session_id, touch, "agree", purpose) as work:
        me = work.who.resident_id
        if work.known is None:
            consents.check_of_age(work, me)
            if text_version != consents.CONSENT_TEXT_VERSION:
                raise ExpectedError("consent_text_changed")
            if purpose == "number" or not explanation.understood(work.session, me):
                raise ExpectedError("consent_at_desk")
            if consents.standing_consent(work.session, me, purpose) is None:
                consents.give(work, None, me, purpose)
            work.remember({"agreed": purpose})
        return consents.line_of(work.session, me, purpose)


def withdraw(village: Village, session_id: str, purpose: Purpose, touch: str) -> ConsentLine:
    """Withdraw the signed-in person's consent to `purpose`; it costs nothing.

    Harmless where there is nothing to withdraw.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.once(village, session_id, touch, "withdraw_consent", purpose) as work:
        person = work.who
        if work.known is None:
            take_back(work, person.resident_id, purpose)
            work.remember({"withdrawn": purpose})
        return consents.line_of(work.session, person.resident_id, purpose)


def take_back(work: Work, resident_id: int, purpose: Purpose) -> None:
    """End a consent in the caller's transaction, and what cannot be without it."""
    if not consents.withdraw_in(work, resident_id, purpose):
        return
    if purpose == "letter":
        letters.end_without_consent(work, resident_id)
    if purpose == "household_sign":
        household_id = work.session.get_one(Resident, resident_id).household_id
        door_signs.end_without_consent(work, household_id)
