"""Something about a person is written down wrongly: they ask, a clerk corrects or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.models.residents import Resident
from kiosk.models.rights import CorrectionRequest
from kiosk.services import access
from kiosk.services.ledger import log
from kiosk.services.residents.index import index_residents, reading_of
from kiosk.services.rulebook import gate
from kiosk.services.village import Village

What = Literal["name", "born_on", "phone", "house", "other"]
CORRECTABLE: tuple[What, ...] = get_args(What)
LONGEST = 400
_LONGEST_NAME, _LONGEST_PHONE = 80, 20
_SHORTEST_SENTENCE = 4


@dataclass(frozen=True)
class CorrectionLine:
    """A request; `state` is ``open``, ``done`` or ``declined``."""

    request_id: int
    person_name: str
    """Empty on the person's own screen."""
    what: str
    words: str
    state: str
    asked_at: datetime
    sentence: str
    answered_at: datetime | None


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
    with village.write() as session:
        me = access.require(session, village, session_id).resident_id
        if (known := access.answered(session, touch)) is not None:
            return int(known["request"])
        row = CorrectionRequest(
            resident_id=me, what=what, words=said, state="open", asked_at=village.clock.now()
        )
        session.add(row)
        session.flush()
        content = {"request": row.id, "resident": me, "what": what}
        log.append(session, village, "correction_requested", content)
        access.remember(session, village, touch, {"request": row.id})
        return row.id


def my_corrections(village: Village, session_id: str) -> tuple[CorrectionLine, ...]:
    """What the signed-in person asked for and what came of it, newest first."""
    with village.read() as session:
        me = access.require(session, village, session_id).resident_id
        found = session.scalars(
            select(CorrectionRequest)
            .where(CorrectionRequest.resident_id == me)
            .order_by(CorrectionRequest.id.desc())
        )
        return tuple(_line(each, "") for each in found)


def corrections_waiting(village: Village, session_id: str) -> tuple[CorrectionLine, ...]:
    """The open requests, oldest first; not the clerk's own.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with village.read() as session:
        clerk = access.require(session, village, session_id, *access.holders("correct_register"))
        found = session.execute(
            select(CorrectionRequest, Resident.name)
            .join(Resident, Resident.id == CorrectionRequest.resident_id)
            .where(CorrectionRequest.state == "open")
            .where(CorrectionRequest.resident_id != clerk.resident_id)
            .order_by(CorrectionRequest.id)
        )
        return tuple(_line(each, name) for each, name in found)


def correct(
    village: Village, session_id: str, request_id: int, value: str, sentence: str, touch: str
) -> None:
    """Correct what was asked for and say so in a sentence.

    `value` is the new name, the birth date as ``1950-01-31`` or the telephone; it is empty for
    ``house`` and ``other``, which are put right elsewhere (a new import, a panel).

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction``, ``request_unknown`` (or answered),
            ``correction_value``, ``sentence_missing``, ``words_refused``.
    """
    with village.write() as session:
        found = _to_answer(session, village, session_id, request_id, touch)
        if found is not None:
            _write(session, found, value)
            _answer(session, village, session_id, found, "done", sentence, touch)


def decline_correction(
    village: Village, session_id: str, request_id: int, sentence: str, touch: str
) -> None:
    """Say why what is written stays as it is.

    Raises:
        ExpectedError: as `correct`.
    """
    with village.write() as session:
        found = _to_answer(session, village, session_id, request_id, touch)
        if found is not None:
            _answer(session, village, session_id, found, "declined", sentence, touch)


def _checked(words: str) -> str:
    said = clean(words, LONGEST)
    if found := gate.check_words(said):
        # A telephone number may well be what is wrong; the subjects of charter 2 may not.
        protected = [each for each in found if each.area in gate.SUBJECTS]
        if protected:
            raise ExpectedError("words_refused", protected[0].term)
    return said


def _to_answer(
    session: Session, village: Village, session_id: str, request_id: int, touch: str
) -> CorrectionRequest | None:
    clerk = access.require(session, village, session_id, *access.holders("correct_register"))
    if access.answered(session, touch) is not None:
        return None
    found = session.get(CorrectionRequest, request_id, with_for_update=True)
    if found is None or found.state != "open":
        raise ExpectedError("request_unknown")
    if found.resident_id == clerk.resident_id:
        raise ExpectedError("own_correction")
    access.record_view(session, village, clerk, found.resident_id, "correct_register")
    return found


def _write(session: Session, request: CorrectionRequest, value: str) -> None:
    person = session.get_one(Resident, request.resident_id)
    if request.what == "name":
        person.name = _filled(clean(value, _LONGEST_NAME))
        for column, reading in reading_of(person.name).items():
            setattr(person, column, reading)
        index_residents(session, [person.id])
    elif request.what == "born_on":
        person.born_on = _day(value)
    elif request.what == "phone":
        person.phone = clean(value, _LONGEST_PHONE)


def _filled(value: str) -> str:
    if not value:
        raise ExpectedError("correction_value")
    return value


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as trouble:
        raise ExpectedError("correction_value") from trouble


def _answer(
    session: Session,
    village: Village,
    session_id: str,
    request: CorrectionRequest,
    state: str,
    sentence: str,
    touch: str,
) -> None:
    said = _checked(sentence)
    if sum(ch.isalnum() for ch in said) < _SHORTEST_SENTENCE:
        raise ExpectedError("sentence_missing")
    clerk = access.require(session, village, session_id)
    request.state, request.sentence = state, said
    request.answered_by, request.answered_at = clerk.resident_id, village.clock.now()
    content = {
        "request": request.id,
        "resident": request.resident_id,
        "what": request.what,
        "state": state,
        "by": clerk.resident_id,
    }
    log.append(session, village, "correction", content)
    access.remember(session, village, touch, {"answered": request.id})


def _line(request: CorrectionRequest, name: str) -> CorrectionLine:
    return CorrectionLine(
        request.id,
        name,
        request.what,
        request.words,
        request.state,
        request.asked_at,
        request.sentence,
        request.answered_at,
    )
