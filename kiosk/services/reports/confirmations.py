"""Somebody of another household says: yes, I saw that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.services.village import Village


@dataclass(frozen=True)
class ConfirmLine:
    """A good deed that somebody asked the signed-in person to confirm."""

    case_id: int
    reference: str
    title_zh: str
    title_en: str
    subject_name: str
    happened_on: date
    part_of_day: str
    place: str
    words: str


def confirmable(village: Village, session_id: str) -> tuple[ConfirmLine, ...]:
    """The deeds that the signed-in person was asked to confirm and may, oldest first."""
    raise NotImplementedError


def ask_to_confirm(
    village: Village, session_id: str, case_id: int, witness_id: int, touch: str
) -> str:
    """Ask somebody of another household to confirm one's own deed; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``unknown_person``, ``confirm_own_household``,
            ``case_moved_on``, ``not_enrolled`` (name), ``confirmed_lately`` (day).
    """
    raise NotImplementedError


def confirm(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Confirm a deed that one was asked to confirm; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``confirm_own_household``, ``case_moved_on``,
            ``confirmed_lately`` (the day from which one may confirm for this person again).
    """
    raise NotImplementedError
