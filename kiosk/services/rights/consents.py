"""Consents: versioned, per purpose, given at the desk, withdrawn in two taps (charter 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy.orm import Session

from kiosk.services.village import Village

CONSENT_TEXT_VERSION = 1
Purpose = Literal["number", "household_sign", "thank_you_wall", "letter"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@dataclass(frozen=True)
class ConsentLine:
    """Where one purpose stands for one person."""

    purpose: Purpose
    given: bool
    """True only for a consent to the current text that was not withdrawn."""
    text_version: int | None
    given_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Enrolment:
    """What an enrolment at the desk led to."""

    resident_id: int
    purposes: tuple[Purpose, ...]
    text_version: int


def enrol(
    village: Village,
    clerk_session_id: str,
    resident_id: int,
    purposes: tuple[Purpose, ...],
    touch: str,
) -> Enrolment:
    """Write down what a resident consents to, with a clerk beside them."""
    raise NotImplementedError


def withdraw(village: Village, session_id: str, purpose: Purpose, touch: str) -> ConsentLine:
    """Withdraw the signed-in person's consent to `purpose`; it costs nothing."""
    raise NotImplementedError


def consents(village: Village, session_id: str) -> tuple[ConsentLine, ...]:
    """The signed-in person's consents, one line per purpose."""
    raise NotImplementedError


def enrolled(session: Session, resident_id: int) -> bool:
    """True for an adult in the register whose consent to the number, current text, stands."""
    raise NotImplementedError


def missing_agreements(session: Session, household_id: int, today: date) -> tuple[int, ...]:
    """The ids of the household's adults who did not agree to its sign."""
    raise NotImplementedError


def household_agrees(session: Session, household_id: int, today: date) -> bool:
    """True when every adult of the household agreed to its sign."""
    raise NotImplementedError
