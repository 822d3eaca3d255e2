"""The officer's desk: the queue, a case on one page, decisions by two pairs of eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.core.catalogue import Language
from kiosk.services.rulebook import Rule
from kiosk.services.village import Village

SHORTEST_SENTENCE = 4
LONGEST_SENTENCE = 400


@dataclass(frozen=True)
class QueueLine:
    """A case that waits for an officer; `why_not` has words at ``desk.why_<code>``.

    The name and house are empty for a concern that this officer may not handle.
    """

    case_id: int
    reference: str
    kind: str
    title_zh: str
    title_en: str
    points: int
    """Signed."""
    subject_name: str
    house: str
    state: str
    submitted_at: datetime
    due_at: datetime | None
    due_on: date | None
    lapses: bool
    """True when the case lapses after `due_on`; False when the day is only a promise."""
    overdue: bool
    mine_to_decide: bool
    why_not: str


@dataclass(frozen=True)
class StepView:
    """One step of the way at the top of the case; words at ``desk.step_<key>``."""

    key: str
    done: bool
    current: bool


@dataclass(frozen=True)
class MoveLine:
    """A move that was made; words at ``reports.move_<move>``; `actor_name` empty for time."""

    move: str
    actor_name: str
    at: datetime
    reason: str
    """A catalogue key, or empty."""
    sentence: str


@dataclass(frozen=True)
class CaseView:
    """A case on one page. `points` and the names are empty or 0 where they are sealed."""

    case_id: int
    reference: str
    kind: str
    state: str
    steps: tuple[StepView, ...]
    rule: Rule
    points: int
    """Signed."""
    subject_name: str
    subject_house: str
    reporter_name: str
    happened_on: date
    part_of_day: str
    place: str
    words: str
    reply_choice: str
    """``reports.reply_<choice>``, or empty."""
    reply_words: str
    replied_at: datetime | None
    confirmations: tuple[str, ...]
    """Names of those who confirmed."""
    moves: tuple[MoveLine, ...]
    may: tuple[str, ...]
    """What is possible now: ``approve``, ``decline``, ``countersign``, ``recuse``, ``put_right``."""
    why_not: str
    """Words at ``desk.why_<code>``; empty when it is this officer's to decide."""
    due_at: datetime | None
    due_on: date | None
    days_left: int | None
    lapses: bool
    reasons_approve: tuple[str, ...]
    """Catalogue keys; `decide` and `countersign` take one of them as `reason`."""
    reasons_decline: tuple[str, ...]


@dataclass(frozen=True)
class CaseOutcome:
    """What a decision led to."""

    case_id: int
    reference: str
    state: str
    print_job_id: int | None


def queue(village: Village, session_id: str) -> tuple[QueueLine, ...]:
    """The cases that wait for an officer, oldest first."""
    raise NotImplementedError


def open_case(
    village: Village, session_id: str, case_id: int, purpose: str = "decide_case"
) -> CaseView:
    """Open a case; the person sees that it was opened, by whom and why.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``; for a concern also why this officer may
            not handle it.
    """
    raise NotImplementedError


def decide(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """Decide a good deed, or decide a concern as the first officer.

    Raises:
        ExpectedError: ``reason_missing``, ``sentence_missing``, ``words_refused`` (term),
            ``own_case``, ``own_household``, ``own_report``, ``relative``, ``recused``,
            ``own_confirmation``, ``case_moved_on``, ``not_allowed``, ``not_enrolled`` (name).
    """
    raise NotImplementedError


def countersign(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """The second officer's word on a concern.

    Raises:
        ExpectedError: as `decide`, and ``second_officer_same_person``,
            ``second_officer_same_household``.
    """
    raise NotImplementedError


def recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Step aside from a case; it stays for the other officers."""
    raise NotImplementedError


def put_right(
    village: Village,
    session_id: str,
    case_id: int,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """Confirm that what a concern is about was put right: it ends at once."""
    raise NotImplementedError
