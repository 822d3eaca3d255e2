"""Handing in a report: for oneself or a neighbour, a good deed or a concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.catalogue import Language
from kiosk.services.village import Village

PARTS_OF_DAY: tuple[str, ...] = ("morning", "afternoon", "evening")
"""Words at ``reports.part_…``; empty when not said."""
LONGEST_WORDS = 400
OLDEST_DAYS = 30


@dataclass(frozen=True)
class HandIn:
    """A form as it was filled in.

    `subject_id` is the reporter's own id for a deed of their own. `concerned`: the reporter says
    that they are the person concerned, which rules with reporters ``person_concerned`` ask for.
    `witnesses`: residents who are asked to confirm a good deed.
    """

    touch: str
    session_id: str
    subject_id: int
    rule_version_id: int
    happened_on: date
    part_of_day: str = ""
    place: str = ""
    words: str = ""
    concerned: bool = False
    witnesses: tuple[int, ...] = ()


@dataclass(frozen=True)
class CaseReceipt:
    """What the reporter is told: `next_key` is a catalogue key whose %1 is the day `due_on`."""

    case_id: int
    reference: str
    print_job_id: int | None
    next_key: str
    due_on: date


def hand_in(village: Village, form: HandIn, language: Language = "zh") -> CaseReceipt:
    """Open a case, write it to the ledger and queue its receipt, in one transaction.

    The same touch again gets the same receipt and books nothing.

    Raises:
        ExpectedError: ``deed_in_future``, ``deed_too_old``, ``rule_not_yet`` (the rule was not in
            force that day), ``already_reported`` (reference), ``already_known`` (somebody else
            reported it), ``unknown_person``, ``not_enrolled`` (name), ``subject_under_age``,
            ``too_many_pending``, ``too_many_concerns`` (day), ``reporter_not_allowed``,
            ``concern_about_oneself``, ``not_own_household``, ``words_refused`` (term).
    """
    raise NotImplementedError


def possible_duplicate(
    village: Village, session_id: str, subject_id: int, rule_version_id: int, happened_on: date
) -> str | None:
    """The reference of the same deed reported already, if it is the asking person's to know."""
    raise NotImplementedError


def withdraw(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Take a report back before it was decided; the reference.

    Raises:
        ExpectedError: ``case_moved_on``, ``illegal_move``, ``unknown_case``.
    """
    raise NotImplementedError
