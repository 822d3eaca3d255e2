"""Before somebody joins: the text read aloud, three plain questions, a record to practise on.

The questions are no examination. An answer that shows a misunderstanding has its sentence said
again, and is asked again; both answers are kept as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Catalogue
from kiosk.core.errors import ExpectedError
from kiosk.models.rights import EnrolmentTalk
from kiosk.services import access
from kiosk.services.ledger import log
from kiosk.services.rights import consent
from kiosk.services.village import Village

if TYPE_CHECKING:
    from kiosk.services.numbers import Record

ANSWERS = MappingProxyType(
    {
        "stay_out": ("loses", "nothing", "unsure"),
        "who_sees": ("me", "everybody", "unsure"),
        "leave": ("never", "any_time", "unsure"),
    }
)
"""What happens to who stays out; who sees the number; when one may leave."""
RIGHT_ANSWERS = MappingProxyType({"stay_out": "nothing", "who_sees": "me", "leave": "any_time"})
QUESTIONS: tuple[str, ...] = tuple(RIGHT_ANSWERS)
Answer = tuple[str, str]
"""A question and the key of its answer, as given."""
UNDERSTOOD: tuple[Answer, ...] = tuple(RIGHT_ANSWERS.items())


@dataclass(frozen=True)
class Talk:
    """What came of the questions."""

    understood: bool
    explain: tuple[str, ...]
    """The questions whose answer is to be explained once more, and asked again."""


def talk(
    village: Village,
    session_id: str,
    resident_id: int,
    read_aloud: bool,
    answers: tuple[Answer, ...],
    touch: str,
) -> Talk:
    """Keep what was read and answered, in the order in which it was asked.

    The last answer to a question is the one that shows whether it was understood.

    Raises:
        ExpectedError: ``not_allowed``, ``own_enrolment``, ``not_read_aloud``,
            ``questions_missing`` unless each of the three was asked; ``resident_unknown``,
            ``under_age``, ``birth_date_missing``.
    """
    with village.write() as session:
        clerk = access.require(session, village, session_id, *access.holders("enrol"))
        explain = to_explain(answers)
        if access.answered(session, touch) is not None:
            return Talk(not explain, explain)
        if clerk.resident_id == resident_id:
            raise ExpectedError("own_enrolment")
        consent.check_of_age(session, village, resident_id)
        book_talk(session, village, clerk.resident_id, resident_id, read_aloud, answers)
        access.remember(session, village, touch, {"understood": not explain})
        return Talk(not explain, explain)


def book_talk(
    session: Session,
    village: Village,
    clerk_id: int,
    resident_id: int,
    read_aloud: bool,
    answers: tuple[Answer, ...],
) -> None:
    """Book a talk in the caller's transaction.

    Raises:
        ExpectedError: ``not_read_aloud``, ``questions_missing``.
    """
    if not read_aloud:
        raise ExpectedError("not_read_aloud")
    if {question for question, _ in answers} != set(QUESTIONS):
        raise ExpectedError("questions_missing")
    if not all(said in ANSWERS[question] for question, said in answers):
        raise ValueError("an answer is chosen from a list")
    kept = [[question, said, said == RIGHT_ANSWERS[question]] for question, said in answers]
    content = {
        "resident": resident_id,
        "clerk": clerk_id,
        "text_version": consent.CONSENT_TEXT_VERSION,
        "read_aloud": read_aloud,
        "answers": kept,
    }
    row = EnrolmentTalk(
        resident_id=resident_id,
        clerk_id=clerk_id,
        text_version=consent.CONSENT_TEXT_VERSION,
        read_aloud=read_aloud,
        answers=kept,
        at=village.clock.now(),
        ledger_index=log.append(session, village, "enrolment_talk", content),
    )
    session.add(row)
    session.flush()


def to_explain(answers: Iterable[Answer]) -> tuple[str, ...]:
    """The questions whose last answer shows a misunderstanding, in their usual order."""
    last = dict(answers)
    return tuple(each for each in QUESTIONS if last.get(each) != RIGHT_ANSWERS[each])


def understood(session: Session, resident_id: int) -> bool:
    """True when the last talk with this person about the current text left nothing open."""
    row = session.scalar(
        select(EnrolmentTalk)
        .where(EnrolmentTalk.resident_id == resident_id)
        .where(EnrolmentTalk.text_version == consent.CONSENT_TEXT_VERSION)
        .order_by(EnrolmentTalk.id.desc())
        .limit(1)
    )
    return row is not None and not to_explain((each[0], each[1]) for each in row.answers)


def practice_record(today: date, words: Catalogue) -> Record:
    """A made-up record to look at before joining: nobody's, and stored nowhere."""
    from kiosk.services.numbers import BASE, ComingChange, Record, SumLine

    zh, en = (words.text("rights.practice_deed", language) for language in ("zh", "en"))
    name = words.text("rights.practice_name", "zh")
    day = today - timedelta(days=9)
    ends = day + timedelta(days=364)
    line = SumLine(None, "deed", zh, en, 6, 6, day, (name,), (name,), ends, "")
    coming = (ComingChange(ends + timedelta(days=1), zh, en, -6),)
    return Record(BASE + 6, BASE, 6, 0, 0, (line,), coming, 6, (), (), 0)
