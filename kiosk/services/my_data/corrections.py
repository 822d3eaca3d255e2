"""Something about a person is written down wrongly: they ask, a clerk corrects or says why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import CHINESE
from kiosk.core.encoding import digest_of
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.access import RecordView
from kiosk.models.my_data import CorrectionRequest
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting, Once
from kiosk.services.access.sessions import SignedIn
from kiosk.services.ledger import log
from kiosk.services.register.entries import person_changed
from kiosk.services.register.importing.dates import read_date, shown_birth
from kiosk.services.register.importing.matching import register_key
from kiosk.services.register.people import related
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.rulebook import gate
from kiosk.services.village import Village
from kiosk.services.work import Work

What = Literal["name", "born_on", "phone", "house", "other"]
CORRECTABLE: tuple[What, ...] = get_args(What)
PUT_HERE: tuple[What, ...] = ("name", "born_on", "phone")
"""What a clerk writes anew; a house is corrected in `houses`, and the rest elsewhere."""
WAITING: tuple[str, ...] = ("open", "passed_on")
"""The states of a request that nobody has answered yet."""
DECLINE_REASONS: tuple[str, ...] = ("papers", "not_shown", "unclear", "elsewhere")
"""Listed reasons for leaving it as it is; words at ``rights.decline_…``."""
LONGEST = 400
_OLDEST = date(1900, 1, 1)
_LONGEST_NAME, _LONGEST_PHONE = 80, 20
_SHORTEST_SENTENCE = 4
ANSWER = "answer_correction"
"""The act of a touch that answers a request, however it is answered."""
MAY_ANSWER = roles.holders("correct_register")


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """A request; `state` is ``open``, ``passed_on``, ``done`` or ``declined``."""

    request_id: int
    person_name: str
    """Empty on the person's own screen."""
    what: str
    words: str
    """What they said: on their own screen, and where a clerk opened it; else empty."""
    state: str
    asked_at: datetime
    reason: str
    """Why it was declined: one of `DECLINE_REASONS`, or empty."""
    sentence: str
    answered_at: datetime | None


@dataclass(frozen=True)
class CorrectionPage:
    """A request, with what is held now."""

    line: CorrectionLine
    house: House
    held: str
    """The name, the day (ISO 8601), the telephone or the house as it stands; may be empty."""


@dataclass(frozen=True, kw_only=True)
class OwnEntry:
    """What the register holds about the signed-in person; each may be empty."""

    name: str
    born_on: str
    """``1965-05-20``, or ``1965-05`` where the day is not known."""
    phone: str
    house: House
    premises: str
    """home, shop, farmyard or workshop."""
    relation: str
    """To the head of the household, in the register's words."""


def own_entry(village: Village, session_id: str) -> OwnEntry:
    """What the register holds about the signed-in person, to be seen before it is corrected.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        person = work.session.get_one(Resident, me)
        return OwnEntry(
            name=person.name,
            born_on=shown_birth(person.born_on, person.born_day_known),
            phone=person.phone,
            house=_house(person),
            premises=person.household.premises,
            relation=person.relation,
        )


def ask_correction(village: Village, session_id: str, what: What, words: str, touch: str) -> int:
    """Ask for a correction; the request's id.

    Raises:
        ExpectedError: ``session_over``, ``correction_missing`` without words, ``words_refused``.
    """
    if what not in CORRECTABLE:
        raise ValueError("what is wrong is chosen from a list")
    said = _checked(words)
    if not said:
        raise ExpectedError("correction_missing")
    with acting.once(village, session_id, touch, "ask_correction") as work:
        me = work.who.resident_id
        if work.known is not None:
            return int(work.known["request"])
        row = CorrectionRequest(
            resident_id=me, what=what, words=said, state="open", asked_at=work.now
        )
        work.session.add(row)
        work.session.flush()
        content = {
            "request": row.id,
            "resident": me,
            "what": what,
            "words_digest": digest_of(said),
        }
        log.append(work, "correction_requested", content)
        work.remember({"request": row.id})
        return row.id


def my_corrections(village: Village, session_id: str) -> tuple[CorrectionLine, ...]:
    """What the signed-in person asked for and what came of it, newest first."""
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        found = work.session.scalars(
            select(CorrectionRequest)
            .where(CorrectionRequest.resident_id == me)
            .order_by(CorrectionRequest.id.desc())
        )
        return tuple(_line(each, "") for each in found)


def corrections_waiting(village: Village, session_id: str) -> tuple[CorrectionLine, ...]:
    """The requests that wait, also those that were passed on, oldest first; not the clerk's own.

    Of whom, about what, since when, and what a clerk said so far: what they wrote themselves is
    read by opening it, which is a look.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY_ANSWER) as work:
        return corrections_waiting_in(work)


def corrections_waiting_in(work: Acting) -> tuple[CorrectionLine, ...]:
    """As `corrections_waiting`, in the caller's unit."""
    clerk = work.who
    found = work.session.execute(
        select(CorrectionRequest, Resident.name)
        .join(Resident, Resident.id == CorrectionRequest.resident_id)
        .where(CorrectionRequest.state.in_(WAITING))
        .where(CorrectionRequest.resident_id != clerk.resident_id)
        .order_by(CorrectionRequest.id)
    )
    return tuple(replace(_line(each, name), words="") for each, name in found)


def open_correction(village: Village, session_id: str, request_id: int) -> CorrectionPage:
    """A request with what is held now; the person sees that the clerk looked.

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction`` (or of family), ``request_unknown`` (or
            answered).
    """
    with acting.writing(village, session_id, *MAY_ANSWER) as work:
        found = to_answer(work, request_id)
        person = work.session.get_one(Resident, found.resident_id)
        return CorrectionPage(_line(found, person.name), _house(person), _held(person, found.what))


def correct(
    village: Village, session_id: str, request_id: int, value: str, sentence: str, touch: str
) -> None:
    """Correct what was asked for and say so in a sentence.

    `value` is the new name, the birth date (``1950-01-31``, and as registers write it) or the
    telephone; it is empty for ``other``, which is put right elsewhere before this is answered. A
    ``house`` is never answered so: see `houses`.

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction``, ``request_unknown`` (or answered),
            ``correction_value``, ``namesake_there``, ``sentence_missing``, ``words_refused``.
    """
    with acting.once(village, session_id, touch, ANSWER, request_id, MAY_ANSWER) as work:
        if work.known is None:
            found = to_answer(work, request_id)
            _write(work, found, value)
            answer_request(work, found, "done", "", sentence)


def pass_on(village: Village, session_id: str, request_id: int, sentence: str, touch: str) -> None:
    """Say that it cannot be corrected here yet, and what it waits for; the request stays open.

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction``, ``request_unknown`` (or answered),
            ``sentence_missing``, ``words_refused``.
    """
    with acting.once(village, session_id, touch, ANSWER, request_id, MAY_ANSWER) as work:
        if work.known is None:
            found = to_answer(work, request_id)
            answer_request(work, found, "passed_on", "", sentence)


def decline_correction(
    village: Village, session_id: str, request_id: int, reason: str, sentence: str, touch: str
) -> None:
    """Say why what is written stays as it is: a listed reason and a sentence.

    Raises:
        ExpectedError: as `correct`; ``reason_missing``.
    """
    if reason not in DECLINE_REASONS:
        raise ExpectedError("reason_missing")
    with acting.once(village, session_id, touch, ANSWER, request_id, MAY_ANSWER) as work:
        if work.known is None:
            found = to_answer(work, request_id)
            answer_request(work, found, "declined", reason, sentence)


def _checked(words: str) -> str:
    said = clean(words, LONGEST)
    if found := gate.check_words(said):
        # A telephone number may well be what is wrong; what charter 2 keeps out stays out.
        protected = [each for each in found if each.area != "telephone"]
        if protected:
            raise ExpectedError("words_refused", protected[0].term)
    return said


def to_answer(work: Acting, request_id: int) -> CorrectionRequest:
    """The request that a clerk is about to answer, or to look at first.

    Raises:
        ExpectedError: ``own_correction``, ``request_unknown`` (or answered).
    """
    found = _open(work.session, work.who, request_id)
    _record_look(work, work.who, found)
    return found


def _open(session: Session, clerk: SignedIn, request_id: int) -> CorrectionRequest:
    found = session.get(CorrectionRequest, request_id, with_for_update=True)
    if found is None or found.state not in WAITING:
        raise ExpectedError("request_unknown")
    if related(session, found.resident_id, clerk.resident_id):
        raise ExpectedError("own_correction")
    return found


def _record_look(work: Work, clerk: SignedIn, request: CorrectionRequest) -> None:
    """One look of one clerk for one request, however often the page is opened."""
    looked = select(RecordView.id).where(
        RecordView.viewer_id == clerk.resident_id,
        RecordView.subject_id == request.resident_id,
        RecordView.purpose == "correct_register",
        RecordView.at >= request.asked_at,
    )
    if work.session.scalar(looked.limit(1)) is None:
        views.record_view(work, clerk, request.resident_id, "correct_register")


def _held(person: Resident, what: str) -> str:
    if what == "born_on":
        return shown_birth(person.born_on, person.born_day_known)
    house = _house(person).words(CHINESE)
    return {"name": person.name, "phone": person.phone, "house": house}.get(what, "")


def _house(person: Resident) -> House:
    return House(person.household.lane, person.household.number)


def _write(work: Acting, request: CorrectionRequest, value: str) -> None:
    person = work.session.get_one(Resident, request.resident_id)
    if request.what == "name":
        person.name = _filled(clean(value, _LONGEST_NAME))
        for column, reading in reading_of(person.name).items():
            setattr(person, column, reading)
        rekey(work.session, person)
        index_residents(work.session, [person.id])
        person_changed(work, person, work.who.resident_id)
    elif request.what == "born_on":
        person.born_on = _day(value, work.today)
        person.born_day_known = True
        rekey(work.session, person)
        person_changed(work, person, work.who.resident_id)
    elif request.what == "phone":
        person.phone = _filled(_checked(clean(value, _LONGEST_PHONE)))
    elif request.what == "house":
        raise ExpectedError("correction_value")


def rekey(session: Session, person: Resident) -> None:
    """Let the next import find a person under what was corrected.

    Raises:
        ExpectedError: ``namesake_there`` if their household has another one who is the same in it.
    """
    code, born_on = person.household.code, person.born_on
    key = register_key(code, person.name, born_on, person.born_day_known)
    other = select(Resident.id).where(Resident.register_key == key, Resident.id != person.id)
    if session.scalar(other) is not None:
        raise ExpectedError("namesake_there")
    person.register_key = key


def _filled(value: str) -> str:
    if not value:
        raise ExpectedError("correction_value")
    return value


def _day(value: str, today: date) -> date:
    try:
        found = read_date(value)
    except ValueError as trouble:
        raise ExpectedError("correction_value") from trouble
    if found is None or not _OLDEST <= found <= today:
        raise ExpectedError("correction_value")
    return found


def answer_request(
    work: Once, request: CorrectionRequest, state: str, reason: str, sentence: str
) -> None:
    """Answer a request in the caller's transaction, in the log and in a sentence for the person.

    Raises:
        ExpectedError: ``sentence_missing``, ``words_refused``.
    """
    said = _checked(sentence)
    if sum(ch.isalnum() for ch in said) < _SHORTEST_SENTENCE:
        raise ExpectedError("sentence_missing")
    by = work.who.resident_id
    request.state, request.reason, request.sentence = state, reason, said
    request.answered_by, request.answered_at = by, work.now
    content = {
        "request": request.id,
        "resident": request.resident_id,
        "what": request.what,
        "state": state,
        "reason": reason,
        "sentence_digest": digest_of(said),
        "by": by,
    }
    log.append(work, "correction", content)
    work.remember({"answered": request.id})


def _line(request: CorrectionRequest, name: str) -> CorrectionLine:
    return CorrectionLine(
        request_id=request.id,
        person_name=name,
        what=request.what,
        words=request.words,
        state=request.state,
        asked_at=request.asked_at,
        reason=request.reason,
        sentence=request.sentence,
        answered_at=request.answered_at,
    )
