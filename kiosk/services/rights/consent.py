"""Consents: versioned, per purpose, first given at the desk, withdrawn in two taps (charter 1).

The text that people consent to stands in the catalogue under ``rights.consent_…``. Whoever changes
its meaning counts `CONSENT_TEXT_VERSION` up, and every consent to the older text stops counting
until it is given anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.residents import Resident
from kiosk.models.rights import Consent, Pause
from kiosk.services.access import roles, sessions, tongues, touches, views
from kiosk.services.ledger import log
from kiosk.services.residents.people import is_adult
from kiosk.services.village import Village

CONSENT_TEXT_VERSION = 1
Purpose = Literal["number", "household_sign", "thank_you_wall", "letter", "panel"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@dataclass(frozen=True)
class ConsentLine:
    """Where one purpose stands for one person; words at ``rights.purpose_…``."""

    purpose: Purpose
    given: bool
    """True only for a consent to the current text that was not withdrawn."""
    text_version: int | None
    given_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Enrolment:
    """What a resident consents to after an enrolment at the desk."""

    resident_id: int
    purposes: tuple[Purpose, ...]
    text_version: int


def enrol(
    village: Village,
    clerk_session_id: str,
    resident_id: int,
    purposes: tuple[Purpose, ...],
    touch: str,
    *,
    read_aloud: bool = False,
    answers: tuple[tuple[str, str], ...] = (),
    language: Language | None = None,
) -> Enrolment:
    """Write down what a resident consents to, with a clerk beside them.

    `read_aloud` and `answers` are the talk before it (`enrolment_talk`); who had that talk about
    the current text before needs none. `language` is the one in which they read the text.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``, ``own_enrolment``
            for the clerk's own, ``birth_date_missing``, ``under_age``, ``consent_missing`` if no
            purpose is chosen, ``not_understood`` before the text was read aloud and the three
            questions showed that it was understood.
    """
    from kiosk.services.rights import enrolment_talk  # which asks here which text stands

    with village.write() as session:
        clerk = sessions.require(session, village, clerk_session_id, *roles.holders("enrol"))
        known = touches.answered(session, touch, "enrol", clerk.resident_id, resident_id)
        if known is not None:
            return _enrolment(known)
        if clerk.resident_id == resident_id:
            raise ExpectedError("own_enrolment")
        check_of_age(session, village, resident_id)
        if answers:
            enrolment_talk.book_talk(
                session, village, clerk.resident_id, resident_id, read_aloud, answers
            )
        if not enrolment_talk.understood(session, resident_id):
            raise ExpectedError("not_understood")
        views.record_view(session, village, clerk, resident_id, "enrol")
        book_consents(session, village, clerk.resident_id, resident_id, purposes)
        if language:
            tongues.set_language(session, resident_id, language)
        answer = {
            "resident_id": resident_id,
            "purposes": list(_standing(session, resident_id)),
            "text_version": CONSENT_TEXT_VERSION,
        }
        touches.remember(session, village, touch, answer)
        return _enrolment(answer)


def book_consents(
    session: Session,
    village: Village,
    clerk_id: int,
    resident_id: int,
    purposes: tuple[Purpose, ...],
) -> None:
    """Book consents to the current text in the caller's transaction; standing ones are left.

    Raises:
        ExpectedError: as `enrol`, without the clerk's own.
    """
    if not purposes or not set(purposes) <= set(PURPOSES):
        raise ExpectedError("consent_missing")
    check_of_age(session, village, resident_id)
    standing = _standing(session, resident_id)
    for purpose in PURPOSES:
        if purpose in purposes and purpose not in standing:
            _give(session, village, clerk_id, resident_id, purpose)


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
            number, and before the talk.
    """
    from kiosk.services.rights import enrolment_talk  # which asks here which text stands

    with village.write() as session:
        me = sessions.require(session, village, session_id).resident_id
        if touches.answered(session, touch, "agree", me, purpose) is None:
            check_of_age(session, village, me)
            if text_version != CONSENT_TEXT_VERSION:
                raise ExpectedError("consent_text_changed")
            if purpose == "number" or not enrolment_talk.understood(session, me):
                raise ExpectedError("consent_at_desk")
            if _standing_consent(session, me, purpose) is None:
                _give(session, village, None, me, purpose)
            touches.remember(session, village, touch, {"agreed": purpose})
        return _line(session, me, purpose)


def withdraw(village: Village, session_id: str, purpose: Purpose, touch: str) -> ConsentLine:
    """Withdraw the signed-in person's consent to `purpose`; it costs nothing.

    Harmless where there is nothing to withdraw.

    Raises:
        ExpectedError: ``session_over``.
    """
    with village.write() as session:
        person = sessions.require(session, village, session_id)
        if (
            touches.answered(session, touch, "withdraw_consent", person.resident_id, purpose)
            is None
        ):
            withdraw_in(session, village, person.resident_id, purpose)
            touches.remember(session, village, touch, {"withdrawn": purpose})
        return _line(session, person.resident_id, purpose)


def consents(village: Village, session_id: str) -> tuple[ConsentLine, ...]:
    """The signed-in person's consents, one line per purpose.

    Raises:
        ExpectedError: ``session_over``.
    """
    with village.read() as session:
        person = sessions.require(session, village, session_id)
        return tuple(_line(session, person.resident_id, purpose) for purpose in PURPOSES)


def enrolled(session: Session, resident_id: int) -> bool:
    """True for an adult in the register whose consent to the number, current text, stands.

    Who pauses counts as not enrolled until they come back.
    """
    resident = session.get(Resident, resident_id)
    consent = _standing_consent(session, resident_id, "number")
    if resident is None or not resident.active or consent is None:
        return False
    if standing_pause(session, resident_id) is not None:
        return False
    return is_adult(resident.born_on, village_day(consent.given_at))


def enrolled_since(session: Session, resident_id: int) -> date | None:
    """The village's day on which somebody joined for good so far; None for who has no number.

    A consent that is given anew, to a new text or with a new card, changes nothing about it.
    """
    numbers = select(Consent).where(Consent.resident_id == resident_id, Consent.purpose == "number")
    given = session.scalars(numbers.order_by(Consent.given_at)).all()
    left = [each.withdrawn_at for each in given if each.withdrawn_at]
    joined = [each.given_at for each in given if not left or each.given_at > max(left)]
    return village_day(joined[0]) if joined else None


def standing_pause(session: Session, resident_id: int) -> Pause | None:
    """The pause that this person took and has not ended."""
    return session.scalar(
        select(Pause).where(Pause.resident_id == resident_id, Pause.ended_at.is_(None)).limit(1)
    )


def missing_agreements(session: Session, household_id: int, today: date) -> tuple[int, ...]:
    """The ids of the household's adults who did not agree to its sign.

    Somebody whose birth date is not known counts as an adult here: a sign needs them to agree.
    """
    members = session.scalars(
        select(Resident)
        .where(Resident.household_id == household_id, Resident.active)
        .order_by(Resident.id)
    ).all()
    return tuple(
        member.id
        for member in members
        if (member.born_on is None or is_adult(member.born_on, today))
        and _standing_consent(session, member.id, "household_sign") is None
    )


def household_agrees(session: Session, household_id: int, today: date) -> bool:
    """True when the household has members and every adult of it agreed to its sign."""
    inhabited = session.scalar(
        select(Resident.id).where(Resident.household_id == household_id, Resident.active).limit(1)
    )
    return inhabited is not None and not missing_agreements(session, household_id, today)


def check_of_age(session: Session, village: Village, resident_id: int) -> None:
    """Refuse who is not in the register, or not of age."""
    resident = session.get(Resident, resident_id)
    if resident is None or not resident.active:
        raise ExpectedError("resident_unknown")
    if resident.born_on is None:
        raise ExpectedError("birth_date_missing")
    if not is_adult(resident.born_on, village_day(village.clock.now())):
        raise ExpectedError("under_age")


def _give(
    session: Session, village: Village, clerk_id: int | None, resident_id: int, purpose: Purpose
) -> None:
    """Without a clerk it is the person's own tap."""
    content = {
        "resident": resident_id,
        "purpose": purpose,
        "text_version": CONSENT_TEXT_VERSION,
        **({} if clerk_id is None else {"clerk": clerk_id}),
    }
    consent = Consent(
        resident_id=resident_id,
        purpose=purpose,
        text_version=CONSENT_TEXT_VERSION,
        given_at=village.clock.now(),
        ledger_index=log.append(session, village, "consent_given", content),
    )
    session.add(consent)
    session.flush()


def withdraw_in(session: Session, village: Village, resident_id: int, purpose: Purpose) -> None:
    """End a consent in the caller's transaction; harmless where none stands."""
    standing = session.scalars(
        select(Consent).where(
            Consent.resident_id == resident_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    if not standing:
        return
    for consent in standing:
        consent.withdrawn_at = village.clock.now()
    content = {"resident": resident_id, "purpose": purpose}
    log.append(session, village, "consent_withdrawn", content)
    if purpose == "household_sign":
        from kiosk.services import signs  # which asks this room who agrees

        household_id = session.get_one(Resident, resident_id).household_id
        signs.end_without_consent(session, village, household_id)


def _standing_consent(session: Session, resident_id: int, purpose: Purpose) -> Consent | None:
    return session.scalar(
        select(Consent)
        .where(
            Consent.resident_id == resident_id,
            Consent.purpose == purpose,
            Consent.text_version == CONSENT_TEXT_VERSION,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )


def _standing(session: Session, resident_id: int) -> tuple[Purpose, ...]:
    return tuple(
        purpose for purpose in PURPOSES if _standing_consent(session, resident_id, purpose)
    )


def _line(session: Session, resident_id: int, purpose: Purpose) -> ConsentLine:
    last = session.scalar(
        select(Consent)
        .where(Consent.resident_id == resident_id, Consent.purpose == purpose)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    if last is None:
        return ConsentLine(purpose, False, None, None, None)
    given = last.withdrawn_at is None and last.text_version == CONSENT_TEXT_VERSION
    return ConsentLine(purpose, given, last.text_version, last.given_at, last.withdrawn_at)


def _enrolment(answer: dict[str, Any]) -> Enrolment:
    return Enrolment(answer["resident_id"], tuple(answer["purposes"]), answer["text_version"])
