"""Before somebody joins: the text read aloud, three plain questions, a record to practise on.

The questions are no examination. An answer that shows a misunderstanding has its sentence said
again, and is asked again; both answers are kept as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import CHINESE, Catalogue, Language
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import in_every_language
from kiosk.models.enrolment import EnrolmentTalk
from kiosk.services.access import acting, roles
from kiosk.services.consent import consents
from kiosk.services.ledger import log
from kiosk.services.record.my_record import ComingChange, Record
from kiosk.services.record.number import BASE, SumLine
from kiosk.services.village import Village
from kiosk.services.work import Work

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
class Comprehension:
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
) -> Comprehension:
    """Keep what was read and answered, in the order in which it was asked.

    The last answer to a question is the one that shows whether it was understood.

    Raises:
        ExpectedError: ``not_allowed``, ``own_enrolment``, ``not_read_aloud``,
            ``questions_missing`` unless each of the three was asked; ``resident_unknown``,
            ``under_age``, ``birth_date_missing``.
    """
    with acting.once(
        village, session_id, touch, "enrolment_talk", resident_id, roles=roles.holders("enrol")
    ) as work:
        clerk = work.who
        explain = to_explain(answers)
        if work.known is not None:
            return Comprehension(not explain, explain)
        if clerk.resident_id == resident_id:
            raise ExpectedError("own_enrolment")
        consents.check_of_age(work, resident_id)
        record_explanation(work, clerk.resident_id, resident_id, read_aloud, answers)
        work.remember({"understood": not explain})
        return Comprehension(not explain, explain)


def record_explanation(
    work: Work,
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
        "text_version": consents.CONSENT_TEXT_VERSION,
        "read_aloud": read_aloud,
        "answers": kept,
    }
    row = EnrolmentTalk(
        resident_id=resident_id,
        clerk_id=clerk_id,
        text_version=consents.CONSENT_TEXT_VERSION,
        read_aloud=read_aloud,
        answers=kept,
        at=work.now,
        ledger_index=log.append(work, "enrolment_talk", content),
    )
    work.session.add(row)
    work.session.flush()


def to_explain(answers: Iterable[Answer]) -> tuple[str, ...]:
    """The questions whose last answer shows a misunderstanding, in their usual order."""
    last = dict(answers)
    return tuple(each for each in QUESTIONS if last.get(each) != RIGHT_ANSWERS[each])


def understood(session: Session, resident_id: int) -> bool:
    """True when the last talk with this person about the current text left nothing open."""
    row = session.scalar(
        select(EnrolmentTalk)
        .where(EnrolmentTalk.resident_id == resident_id)
        .where(EnrolmentTalk.text_version == consents.CONSENT_TEXT_VERSION)
        .order_by(EnrolmentTalk.ledger_index.desc(), EnrolmentTalk.id.desc())
        .limit(1)
    )
    return row is not None and not to_explain((each[0], each[1]) for each in row.answers)


PRACTISED = (("visit", 6, 42), ("errand", 6, 54), ("docks", 3, 97))
"""Deeds of a made-up person: words at ``rights.practice_…``, points, and how many days ago."""
_PRACTISED_STARS = 2
_COUNTS_DAYS = 365


def practice_record(today: date, words: Catalogue, language: Language = CHINESE) -> Record:
    """A made-up record to look at before joining: nobody's, and stored nowhere.

    The people in it are called by what they are, in `language`.
    """
    deeds = tuple(
        _practised(words, language, name, points, today - timedelta(days=days))
        for name, points, days in PRACTISED
    )
    stars = _practised(words, language, "star", _PRACTISED_STARS, None)
    last = deeds[-1]
    ends = today + timedelta(days=_COUNTS_DAYS - PRACTISED[-1][2])
    earned = sum(line.points for line in deeds)
    return Record(
        number=BASE + earned + stars.points,
        base=BASE,
        deeds=earned,
        stars=stars.points,
        concerns=0,
        lines=(*deeds, stars),
        notes={},
        coming=(ComingChange(ends, last.title, -last.points),),
        wallet=earned,
        views=(),
        looks=0,
        cases=(),
        pending=0,
    )


def _practised(
    words: Catalogue, language: Language, name: str, points: int, day: date | None
) -> SumLine:
    """A line of a made-up deed on that day, or, without a day, of stars."""
    return SumLine(
        case_id=None,
        kind="deed" if day else "star",
        title=in_every_language(words, f"rights.practice_{name}"),
        points=points,
        full_points=points,
        happened_on=day,
        confirmed_by=(words.text("rights.practice_neighbour", language),) if day else (),
        decided_by=(words.text("rights.practice_officer", language),) if day else (),
        counts_until=day + timedelta(days=_COUNTS_DAYS - 1) if day else None,
        cap="",
    )
