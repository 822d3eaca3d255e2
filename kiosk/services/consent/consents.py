"""Consents: versioned, per purpose; and who is enrolled because of them (charter 1).

The text that people consent to stands in the catalogue under ``rights.consent_…``. Whoever changes
its meaning counts `CONSENT_TEXT_VERSION` up, and every consent to the older text stops counting
until it is given anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kiosk.core.ages import is_adult
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.consent import Consent, Pause
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.consent.leaving import standing_wish
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work

CONSENT_TEXT_VERSION = 1
Purpose = Literal["number", "household_sign", "thank_you_wall", "letter", "panel"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


_TEXT_OF_TODAY = bindparam("text_of_today", type_=Integer, callable_=lambda: CONSENT_TEXT_VERSION)


@dataclass(frozen=True, kw_only=True)
class ConsentLine:
    """Where one purpose stands for one person; words at ``rights.purpose_…``."""

    purpose: Purpose
    given: bool
    """True only for a consent to the current text that was not withdrawn."""
    text_version: int | None
    given_at: datetime | None
    withdrawn_at: datetime | None


def book_consents(
    work: Work,
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
    check_of_age(work, resident_id)
    standing = standing_purposes(work.session, resident_id)
    for purpose in PURPOSES:
        if purpose in purposes and purpose not in standing:
            give(work, clerk_id, resident_id, purpose)


def consents(village: Village, session_id: str) -> tuple[ConsentLine, ...]:
    """The signed-in person's consents, one line per purpose.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        person = work.who
        return tuple(line_of(work.session, person.resident_id, purpose) for purpose in PURPOSES)


def enrolled(session: Session, resident_id: int) -> bool:
    """Whether this person is enrolled, as `enrolled_among` says it."""
    return bool(enrolled_among(session, (resident_id,)))


def _standing_for(purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    """A consent to `purpose` that counts: to the text of today, and not withdrawn."""
    return (
        Consent.purpose == purpose,
        Consent.text_version == _TEXT_OF_TODAY,
        Consent.withdrawn_at.is_(None),
    )


_ENROLLED = (
    select(Resident.id, Resident.born_on, Consent.given_at)
    .join(Consent, Consent.resident_id == Resident.id)
    .where(Resident.id.in_(bindparam("people", expanding=True)), Resident.active)
    .where(*_standing_for("number"))
    .where(Resident.id.not_in(select(Pause.resident_id).where(Pause.ended_at.is_(None))))
)


def enrolled_among(session: Session, resident_ids: Collection[int]) -> frozenset[int]:
    """Who of these is enrolled: the one definition of it.

    Enrolled is an adult in the register whose consent to the number, current text, stands; who
    pauses counts as not enrolled until they come back.
    """
    given = session.execute(_ENROLLED, {"people": list(resident_ids)})
    return frozenset(row.id for row in given if is_adult(row.born_on, village_day(row.given_at)))


def enrolled_when(
    who: InstrumentedAttribute[int], moment: InstrumentedAttribute[datetime]
) -> ColumnElement[bool]:
    """The condition that somebody was enrolled at a moment, by a consent to the text of today."""
    gave = select(Consent.id).where(
        Consent.resident_id == who,
        Consent.purpose == "number",
        Consent.text_version == _TEXT_OF_TODAY,
        Consent.given_at <= moment,
        or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > moment),
    )
    paused = select(Pause.id).where(
        Pause.resident_id == who,
        Pause.since <= moment,
        or_(Pause.ended_at.is_(None), Pause.ended_at > moment),
    )
    return and_(gave.exists(), ~paused.exists())


def enrolled_since(session: Session, resident_id: int) -> date | None:
    """The village's day on which somebody joined for good so far; None for who has no number.

    A consent that is given anew, to a new text or with a new card, changes nothing about it.
    """
    numbers = select(Consent).where(Consent.resident_id == resident_id, Consent.purpose == "number")
    given = session.scalars(numbers.order_by(Consent.given_at)).all()
    left = [each.withdrawn_at for each in given if each.withdrawn_at]
    joined = [each.given_at for each in given if not left or each.given_at > max(left)]
    return village_day(joined[0]) if joined else None


def check_of_age(work: Work, resident_id: int) -> None:
    """Refuse who is not in the register, or not of age."""
    resident = work.session.get(Resident, resident_id)
    if resident is None or not resident.active:
        raise ExpectedError("resident_unknown")
    if resident.born_on is None:
        raise ExpectedError("birth_date_missing")
    if not is_adult(resident.born_on, work.today):
        raise ExpectedError("under_age")


def give(work: Work, clerk_id: int | None, resident_id: int, purpose: Purpose) -> None:
    """Book a consent in the caller's transaction; without a clerk it is the person's own tap.

    Raises:
        ExpectedError: ``leaving_stands`` for who asked to leave and has not taken that back.
    """
    if standing_wish(work.session, resident_id):
        raise ExpectedError("leaving_stands")
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
        given_at=work.now,
        ledger_index=log.append(work, "consent_given", content),
    )
    work.session.add(consent)
    work.session.flush()


def withdraw_in(work: Work, resident_id: int, purpose: Purpose) -> bool:
    """End a consent in the caller's transaction; False, and harmless, where none stands."""
    standing = work.session.scalars(
        select(Consent).where(
            Consent.resident_id == resident_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    if not standing:
        return False
    for consent in standing:
        consent.withdrawn_at = work.now
    content = {"resident": resident_id, "purpose": purpose}
    log.append(work, "consent_withdrawn", content)
    return True


_STANDING: Mapping[Purpose, Select[Consent]] = {
    purpose: select(Consent)
    .where(Consent.resident_id == bindparam("resident_id"), *_standing_for(purpose))
    .order_by(Consent.ledger_index.desc(), Consent.id.desc())
    .limit(1)
    for purpose in PURPOSES
}


def standing_consent(session: Session, resident_id: int, purpose: Purpose) -> Consent | None:
    """The consent to `purpose` that counts, or None."""
    return session.scalar(_STANDING[purpose], {"resident_id": resident_id})


_STANDING_AMONG: Mapping[Purpose, Select[int]] = {
    purpose: select(Consent.resident_id).where(
        Consent.resident_id.in_(bindparam("people", expanding=True)), *_standing_for(purpose)
    )
    for purpose in PURPOSES
}


def standing_among(
    session: Session, resident_ids: Collection[int], purpose: Purpose
) -> frozenset[int]:
    """Who of these has a consent to `purpose` that counts, in one question."""
    return frozenset(session.scalars(_STANDING_AMONG[purpose], {"people": list(resident_ids)}))


def standing_purposes(session: Session, resident_id: int) -> tuple[Purpose, ...]:
    """What this person consents to today."""
    return tuple(purpose for purpose in PURPOSES if standing_consent(session, resident_id, purpose))


def line_of(session: Session, resident_id: int, purpose: Purpose) -> ConsentLine:
    """Where `purpose` stands for this person."""
    last = session.scalar(
        select(Consent)
        .where(Consent.resident_id == resident_id, Consent.purpose == purpose)
        .order_by(Consent.ledger_index.desc(), Consent.id.desc())
        .limit(1)
    )
    if last is None:
        return ConsentLine(
            purpose=purpose, given=False, text_version=None, given_at=None, withdrawn_at=None
        )
    given = last.withdrawn_at is None and last.text_version == CONSENT_TEXT_VERSION
    return ConsentLine(
        purpose=purpose,
        given=given,
        text_version=last.text_version,
        given_at=last.given_at,
        withdrawn_at=last.withdrawn_at,
    )
