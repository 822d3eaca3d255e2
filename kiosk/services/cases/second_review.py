"""Neighbours who often confirm one another: a second person reads such a deed, no more than that.

Nothing is counted less for it, nobody is called anything, and the person sees the same note. Often
is: within a year each side confirmed the other at least twice, or three people did so in a ring.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, CaseMove, Confirmation, SecondReading
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import reasons
from kiosk.services.cases.conflict_of_interest import why_involved
from kiosk.services.cases.flow.standing import load
from kiosk.services.ledger import log
from kiosk.services.village import Village

OFTEN = 2
NOTE_KEY: Final = "reports.note_often"
_YEAR = timedelta(days=365)
_READ = ("effective",)
Pair = tuple[int, int]


class Confirmed(NamedTuple):
    """A deed, who did it, and who confirmed it."""

    case_id: int
    doer_id: int
    happened_on: date
    confirmer_ids: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class SecondReadingLine:
    """A deed to read a second time."""

    case_id: int
    reference: str
    title: Texts
    happened_on: date
    note_key: str


def waiting(village: Village, session_id: str) -> tuple[SecondReadingLine, ...]:
    """The deeds that wait for a second reader other than who decided them, oldest first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders("decide_case")) as work:
        return waiting_in(work)


def waiting_in(work: Acting) -> tuple[SecondReadingLine, ...]:
    """As `waiting`, in the caller's unit."""
    officer = work.who
    found = work.session.scalars(
        select(Case).where(Case.id.in_(_candidates(work.session))).order_by(Case.id)
    )
    return tuple(_line(case) for case in found if waits_for(work.session, case, officer))


def _candidates(session: Session) -> set[int]:
    """Deeds that count, were not read, and whose doer and a confirmer were ever in a ring.

    Counted over all the time there is and in two queries, so that the few that are looked at more
    closely are found quickly among many.
    """
    ever = Counter(
        (who, to)
        for who, to in session.execute(
            select(Confirmation.confirmer_id, Case.subject_id).join(
                Case, Case.id == Confirmation.case_id
            )
        )
    )
    ringed = _in_rings({pair for pair, times in ever.items() if times >= OFTEN})
    waiting = session.execute(
        select(Case.id, Confirmation.confirmer_id, Case.subject_id)
        .join(Confirmation, Confirmation.case_id == Case.id)
        .where(Case.kind == "deed", Case.state.in_(_READ))
        .where(Case.id.not_in(select(SecondReading.case_id)))
    )
    return {case_id for case_id, who, to in waiting if (who, to) in ringed}


def _in_rings(often: set[Pair]) -> set[Pair]:
    """Those of `often` that lie on a ring of two or three."""
    after: dict[int, set[int]] = {}
    for who, to in often:
        after.setdefault(who, set()).add(to)
    return {
        (who, to)
        for who, to in often
        if (to, who) in often or any((third, who) in often for third in after.get(to, ()))
    }


def read(village: Village, session_id: str, case_id: int, sentence: str, touch: str) -> str:
    """Read a deed a second time and say in a sentence what was found; the reference.

    Whoever thinks that it counts wrongly asks a panel to correct it; this alone changes nothing.

    Raises:
        ExpectedError: ``not_allowed``, ``sentence_missing``, ``case_moved_on`` if it does not wait
            for a second reader, ``second_officer_same_person``, and why the officer is involved.
    """
    with acting.once(
        village, session_id, touch, "read_again", case_id, roles=roles.holders("decide_case")
    ) as work:
        officer = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if why := why_involved(work.session, case, officer.resident_id, officer.household_id):
            raise ExpectedError(why)
        if _decided(case, officer.resident_id):
            raise ExpectedError("second_officer_same_person")
        if case.state not in _READ or not note_of(work.session, case):
            raise ExpectedError("case_moved_on")
        if work.session.get(SecondReading, case.id) is not None:
            raise ExpectedError("case_moved_on")
        said = reasons.checked_sentence(sentence)
        reference = case.reference
        views.record_view(work, officer, case.subject_id, "read_again", reference=reference)
        content = {
            "case": case.id,
            "reference": case.reference,
            "by": officer.resident_id,
            "sentence": said,
        }
        work.session.add(
            SecondReading(
                case_id=case.id,
                reader_id=officer.resident_id,
                sentence=said,
                at=work.now,
                ledger_index=log.append(work, "second_reading", content),
            )
        )
        work.remember({"reference": case.reference})
        return case.reference


def waits_for(session: Session, case: Case, officer: SignedIn) -> bool:
    """True when `officer` may read this deed as its second reader."""
    return (
        case.state in _READ
        and not _decided(case, officer.resident_id)
        and session.get(SecondReading, case.id) is None
        and bool(note_of(session, case))
        and not why_involved(session, case, officer.resident_id, officer.household_id)
    )


def note_of(session: Session, case: Case) -> str:
    """The neutral note's key if the doer and a confirmer often confirm one another, else empty."""
    return notes_of(session, (case,)).get(case.id, "")


def notes_of(session: Session, cases: Sequence[Case]) -> Mapping[int, str]:
    """The note of each of `cases` that has one, by its id; many take no more statements than one.

    What confirmed each is best loaded with `cases`.
    """
    return _notes(session, [_confirmed(case) for case in cases if case.kind == "deed"])


_OF_ONE = (
    select(Case.id, Case.subject_id, Case.happened_on, Confirmation.confirmer_id)
    .join(Confirmation, Confirmation.case_id == Case.id)
    .where(Case.kind == "deed", Case.subject_id == bindparam("doer"))
)


def notes_on(session: Session, doer_id: int) -> Mapping[int, str]:
    """The note of each deed of one person that has one, by the case's id."""
    told: dict[tuple[int, int, date], list[int]] = defaultdict(list)
    for case_id, doer, day, confirmer in session.execute(_OF_ONE, {"doer": doer_id}):
        told[(case_id, doer, day)].append(confirmer)
    return _notes(session, [Confirmed(*deed, who) for deed, who in told.items()])


def _confirmed(case: Case) -> Confirmed:
    confirmers = [each.confirmer_id for each in case.confirmations]
    return Confirmed(case.id, case.subject_id, case.happened_on, confirmers)


def _notes(session: Session, deeds: Sequence[Confirmed]) -> Mapping[int, str]:
    deeds = [each for each in deeds if each.confirmer_ids]
    given = _given(session, deeds) if deeds else {}
    return {each.case_id: NOTE_KEY for each in deeds if _is_ringed(given, each)}


def _is_ringed(given: Mapping[Pair, Sequence[date]], deed: Confirmed) -> bool:
    """True if the doer and a confirmer often confirmed one another in the year up to the deed."""
    until = deed.happened_on
    often = {
        pair
        for pair, days in given.items()
        if bisect_right(days, until) - bisect_right(days, until - _YEAR) >= OFTEN
    }
    ringed = _in_rings(often)
    return any((each, deed.doer_id) in ringed for each in deed.confirmer_ids)


def _given(session: Session, deeds: Sequence[Confirmed]) -> Mapping[Pair, Sequence[date]]:
    """The days of the deeds that those around `deeds` confirmed one another, oldest first."""
    doers = {deed.doer_id for deed in deeds}
    confirmers = {each for deed in deeds for each in deed.confirmer_ids}
    who, to = Confirmation.confirmer_id, Case.subject_id
    theirs = _days(session, or_(who.in_(doers), to.in_(doers)))
    third = {other for (one, other) in theirs if one in doers}
    return theirs | _days(session, and_(who.in_(third), to.in_(confirmers)))


def _days(session: Session, wanted: ColumnElement[bool]) -> dict[Pair, list[date]]:
    """Who confirmed whom, and the days of those deeds, oldest first."""
    found: dict[Pair, list[date]] = defaultdict(list)
    rows = session.execute(
        select(Confirmation.confirmer_id, Case.subject_id, Case.happened_on)
        .join(Case, Case.id == Confirmation.case_id)
        .where(wanted, Case.state.not_in(("withdrawn", "declined")))
        .order_by(Case.happened_on)
    )
    for who, to, day in rows:
        found[(who, to)].append(day)
    return found


def _decided(case: Case, officer_id: int) -> bool:
    made: list[CaseMove] = case.moves
    return any(each.actor_id == officer_id and each.move == "approve" for each in made)


def _line(case: Case) -> SecondReadingLine:
    return SecondReadingLine(
        case_id=case.id,
        reference=case.reference,
        title=case.rule_version.title,
        happened_on=case.happened_on,
        note_key=NOTE_KEY,
    )
