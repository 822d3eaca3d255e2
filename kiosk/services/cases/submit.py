"""Handing in a report: for oneself or a neighbour, a good deed or a concern."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from kiosk.core.ages import is_adult
from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.clock import start_of_day, village_day
from kiosk.core.encoding import digest_of
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case, CaseMove, Confirmation, ReportingPause
from kiosk.models.register import Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting, Once
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import duplicates, photos, slips, third_party_names
from kiosk.services.cases.confirmations import ask_witness
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import (
    checked_words,
    hand_in_alone,
    load,
    next_reference,
    track_of,
)
from kiosk.services.consent.consents import enrolled
from kiosk.services.hall import words as words_of_hall
from kiosk.services.rulebook import book as rule_book
from kiosk.services.rulebook import ladder
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.services.work import Work

PARTS_OF_DAY: tuple[str, ...] = ("morning", "afternoon", "evening")
"""Words at ``reports.part_…``; empty when not said."""
LONGEST_WORDS = 400
OLDEST_DAYS = 30
MOST_PENDING = 3
MOST_CONCERNS = 2
CONCERN_WINDOW_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Submission:
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
    hours: int = 0
    """From so many hours on, where the rule has a ladder; 0 below its first step."""
    words: str = ""
    concerned: bool = False
    witnesses: tuple[int, ...] = ()
    photos: tuple[bytes, ...] = ()
    """Files as they were taken; at most three."""
    others: tuple[str, ...] = ()
    """References of reports that the reporter was asked about, and that are another thing."""
    thanks: str = ""
    """The picture of thanks (`services.thanks`) with which somebody who was helped says it."""


@dataclass(frozen=True, kw_only=True)
class CaseReceipt:
    """What the reporter is told: `next_key` is a catalogue key whose %1 is the day `due_on`."""

    case_id: int
    reference: str
    print_job_id: int | None
    next_key: str
    due_on: date


def hand_in(village: Village, form: Submission, language: Language = CHINESE) -> CaseReceipt:
    """Open a case, write it to the ledger and queue its receipt, in one transaction.

    The same touch again gets the same receipt and books nothing. Whether a neighbour has joined is
    not told: the case of one who has not reaches nobody (`reaching`).

    Raises:
        ExpectedError: ``deed_in_future``, ``deed_too_old``, ``rule_not_yet`` (the rule was not in
            force that day), ``rule_hours`` (no step of the rule that day),
            ``reporting_paused`` (day), ``already_reported`` (reference),
            ``resident_unknown``, ``not_enrolled`` (one's own name), ``subject_under_age``,
            ``too_many_pending``, ``too_many_concerns`` (day), ``reporter_not_allowed``,
            ``concern_about_oneself``, ``not_own_household``, ``words_refused`` (term),
            ``words_name_somebody`` (name), ``confirm_own_household``, ``too_many_photos``,
            ``photo_too_large``, ``photo_unreadable``.
    """
    if len(form.photos) > photos.MOST_PHOTOS:
        raise ExpectedError("too_many_photos", photos.MOST_PHOTOS)
    pictures = tuple(photos.prepared(each) for each in form.photos)
    with acting.once(village, form.session_id, form.touch, "hand_in") as work:
        if work.known is not None:
            return receipt_of(work.known)
        return book(work, form, pictures, language)


def book(
    work: Once, form: Submission, pictures: tuple[bytes, ...], language: Language
) -> CaseReceipt:
    """As `hand_in`, in the caller's unit; `pictures` are ready to be kept.

    Raises:
        ExpectedError: as `hand_in`, but for what is about photographs.
    """
    rule, words = _checked(work, work.who, form)
    receipt = _open(work, work.who, form, rule, words, pictures, language)
    work.remember(asdict(receipt) | {"due_on": receipt.due_on.isoformat()})
    return receipt


def check_neighbour(village: Village, session_id: str, subject_id: int) -> None:
    """Refuse somebody of whom nothing can be written down, before a form is filled in for nothing.

    Whether they joined is nobody's business, and is not among the reasons.

    Raises:
        ExpectedError: ``session_over``, ``resident_unknown``, ``not_own_household``,
            ``subject_under_age``.
    """
    with acting.reading(village, session_id) as work:
        check_neighbour_in(work, subject_id)


def check_neighbour_in(work: Acting, subject_id: int) -> None:
    """As `check_neighbour`, in the caller's unit."""
    subject = work.session.get(Resident, subject_id)
    if subject is None or not subject.active:
        raise ExpectedError("resident_unknown")
    if subject.household_id == work.who.household_id:
        raise ExpectedError("not_own_household")
    _check_of_age(work, subject)


def withdraw(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Take a report back before it was decided; the reference.

    Raises:
        ExpectedError: ``case_moved_on``, ``illegal_move``, ``unknown_case``.
    """
    with acting.once(village, session_id, touch, "withdraw_report", case_id) as work:
        person = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        me = person.resident_id
        if me not in (case.reporter_id, case.subject_id):
            raise ExpectedError("unknown_case")
        role: table.Role = "reporter" if me == case.reporter_id else "subject"
        advance(work, case, "withdraw", role, actor_id=me)
        work.remember({"reference": case.reference})
        return case.reference


def _checked(work: Work, reporter: SignedIn, form: Submission) -> tuple[Rule, str]:
    """The rule in force on the day of the deed and the words that may stand, or a refusal."""
    if form.part_of_day not in ("", *PARTS_OF_DAY):
        raise ValueError("the part of day is chosen from a list")
    if form.place not in ("", *words_of_hall.places_in(work)):
        raise ExpectedError("place_over")
    hand_in_alone(work.session)
    subject = work.session.get(Resident, form.subject_id)
    if subject is None or not subject.active:
        raise ExpectedError("resident_unknown")
    _check_day(work.village, form.happened_on)
    rule = _rule_of_the_day(work.session, form)
    _check_reporter(reporter, subject, rule, form)
    _check_not_paused(work, reporter, subject)
    _check_of_age(work, subject)
    if subject.id == reporter.resident_id and not enrolled(work.session, subject.id):
        raise ExpectedError("not_enrolled", subject.name)
    words = checked_words(form.words, LONGEST_WORDS, (subject.name,))
    named = (subject.id, reporter.resident_id, *form.witnesses)
    third_party_names.refuse(work.session, words, named)
    about = (form.subject_id, rule.rule, form.happened_on)
    duplicates.refuse(work.session, reporter.resident_id, *about, others=form.others)
    _check_limits(work, reporter, subject, rule)
    return rule, words


def _check_day(village: Village, happened_on: date) -> None:
    today = village_day(village.clock.now())
    if happened_on > today:
        raise ExpectedError("deed_in_future")
    if (today - happened_on).days > OLDEST_DAYS:
        raise ExpectedError("deed_too_old", OLDEST_DAYS)


def _rule_of_the_day(session: Session, form: Submission) -> Rule:
    chosen = session.get_one(RuleVersion, form.rule_version_id)
    found = rule_book.version_on(session, chosen, form.happened_on)
    if found is None:
        raise ExpectedError("rule_not_yet")
    if form.hours not in ladder.hours_of(found.ladder):
        raise ExpectedError("rule_hours")
    return found


def _check_reporter(reporter: SignedIn, subject: Resident, rule: Rule, form: Submission) -> None:
    own = subject.id == reporter.resident_id
    if own:
        if rule.kind == "concern":
            raise ExpectedError("concern_about_oneself")
        return
    if rule.reporters == "self":
        raise ExpectedError("reporter_not_allowed")
    if rule.reporters == "person_concerned" and (reporter.roles or not form.concerned):
        raise ExpectedError("reporter_not_allowed")
    if subject.household_id == reporter.household_id:
        raise ExpectedError("not_own_household")


def _check_not_paused(work: Work, reporter: SignedIn, subject: Resident) -> None:
    """A panel's finding of malice: nothing about others for a while; one's own deeds go on."""
    if subject.id == reporter.resident_id:
        return
    until = work.session.scalar(
        select(func.max(ReportingPause.until)).where(
            ReportingPause.resident_id == reporter.resident_id
        )
    )
    if until is not None and work.now < until:
        raise ExpectedError("reporting_paused", village_day(until))


def _check_of_age(work: Work, subject: Resident) -> None:
    born_on = subject.born_on
    if born_on is not None and not is_adult(born_on, work.today):
        raise ExpectedError("subject_under_age")


_WAITING = select(func.count()).where(
    Case.reporter_id == bindparam("me"),
    Case.subject_id == bindparam("me"),
    Case.state == "submitted",
)


def _check_limits(work: Work, reporter: SignedIn, subject: Resident, rule: Rule) -> None:
    if rule.kind == "concern":
        _check_concerns(work, reporter)
    elif subject.id == reporter.resident_id:
        waiting = work.session.scalar(_WAITING, {"me": reporter.resident_id})
        if (waiting or 0) >= MOST_PENDING:
            raise ExpectedError("too_many_pending", MOST_PENDING)


def _check_concerns(work: Work, reporter: SignedIn) -> None:
    """At most two in thirty days; one taken back counts, or the limit would be no limit."""
    today = work.today
    since = today - timedelta(days=CONCERN_WINDOW_DAYS - 1)
    submitted = work.session.scalars(
        select(Case.submitted_at)
        .where(
            Case.reporter_id == reporter.resident_id,
            Case.kind == "concern",
            Case.submitted_at >= start_of_day(since),
        )
        .order_by(Case.submitted_at)
    ).all()
    if len(submitted) >= MOST_CONCERNS:
        freed = village_day(submitted[-MOST_CONCERNS]) + timedelta(days=CONCERN_WINDOW_DAYS)
        raise ExpectedError("too_many_concerns", MOST_CONCERNS, freed)


def _open(
    work: Work,
    reporter: SignedIn,
    form: Submission,
    rule: Rule,
    words: str,
    pictures: tuple[bytes, ...],
    language: Language,
) -> CaseReceipt:
    now = work.now
    case = Case(
        reference=next_reference(work.session, now),
        kind=rule.kind,
        rule_version_id=rule.rule_version_id,
        subject_id=form.subject_id,
        reporter_id=reporter.resident_id,
        happened_on=form.happened_on,
        part_of_day=form.part_of_day,
        place=form.place,
        hours=form.hours,
        words=words,
        state="draft",
        submitted_at=now,
        thanks=form.thanks,
        touch_id=form.touch,
        handed_in_session=form.session_id,
        moves=[],
    )
    work.session.add(case)
    work.session.flush()
    about: dict[str, Any] = {
        "subject": form.subject_id,
        "household": reporter.household_id,
        "rule": rule.rule,
        "version": rule.version,
        "happened_on": form.happened_on.isoformat(),
        "part_of_day": form.part_of_day,
        "place": form.place,
        "words": words,
        "session": digest_of(case.handed_in_session),
    }
    witnesses = list(dict.fromkeys(form.witnesses))
    if form.hours:
        about["hours"] = form.hours
    if form.thanks:
        about["thanks"] = form.thanks
    if witnesses:
        about["witnesses"] = witnesses
    if pictures:
        about["photos"] = [photos.digest_of(each) for each in pictures]
        photos.keep(work, case, pictures)
    made = advance(
        work,
        case,
        "hand_in",
        "reporter",
        actor_id=reporter.resident_id,
        also=about,
        language=language,
    )
    track = track_of(case)
    if track == "nomination":
        _reporter_confirms(work.session, case, reporter, made.move)
    for witness_id in witnesses:
        ask_witness(work, case, witness_id)
    key, day = slips.NEXT_KEYS[track], slips.told_day(case)
    return CaseReceipt(
        case_id=case.id,
        reference=case.reference,
        print_job_id=made.print_job_id,
        next_key=key,
        due_on=day,
    )


def _reporter_confirms(session: Session, case: Case, reporter: SignedIn, move: CaseMove) -> None:
    """Who nominates a neighbour has thereby confirmed the deed."""
    session.add(
        Confirmation(
            case_id=case.id,
            confirmer_id=reporter.resident_id,
            household_id=reporter.household_id,
            at=move.at,
            ledger_index=move.ledger_index,
        )
    )


def receipt_of(answer: dict[str, Any]) -> CaseReceipt:
    """The receipt that a touch was answered with."""
    return CaseReceipt(**(answer | {"due_on": date.fromisoformat(answer["due_on"])}))
