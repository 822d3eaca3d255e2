"""What cannot be right in the register: named by house, each with what to ask there.

It names no person. What is found leads to the household, which is opened for a purpose as any
other, and there to what puts it right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from sqlalchemy import Integer, and_, cast, func, or_, select

from kiosk.core.ages import is_adult
from kiosk.core.catalogue import Language
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.households import LifeEvent
from kiosk.models.register import Household, Resident
from kiosk.services.access import acting
from kiosk.services.access.languages import languages_of
from kiosk.services.access.roles import holders
from kiosk.services.check import kinds
from kiosk.services.households.events import DONE
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, queue
from kiosk.services.register.search import house_place
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to look the register over
    from kiosk.documents.slip import Said

Code = Literal[
    "no_head", "two_heads", "no_adult", "born_ahead", "born_long_ago", "twice", "one_door"
]
CODES: Final[tuple[Code, ...]] = get_args(Code)
"""What can be wrong; words at ``register.find_<code>``, what to ask at ``register.ask_<code>``."""
OLDEST_YEARS: Final = 115
"""Nobody is: hardly anybody in the world is older, and a register errs more often than that."""
MOST_ON_PAPER: Final = 30
"""How many questions stand on one slip; the others follow once these are answered."""
PAPER: Final = "questions"
_MAY = holders("keep_register")


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something that cannot be right in a household."""

    code: Code
    household_id: int
    house: House
    other: House | None = None
    """The other household that it is about, where there is one."""


def examine(village: Village, session_id: str) -> tuple[Found, ...]:
    """Look the register over, by house; nothing is changed, and nobody is looked at.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *_MAY) as work:
        return _examined(work)


def print_questions(village: Village, session_id: str, touch: str) -> int:
    """Print what to ask in which house; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``nothing_to_ask``.
    """
    with acting.once(village, session_id, touch, "print_questions", "", _MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        found = _examined(work)
        if not found:
            raise ExpectedError("nothing_to_ask")
        index = log.append(work, PAPER, {"by": work.who.resident_id, "count": len(found)})

        def say(language: Language) -> Said:
            return _said(village, found, language)

        who = addressed.Reader(languages_of(work, work.who.resident_id))
        slip = addressed.slip_for(village, who, PAPER, f"R{index}", say, keep_why=False)
        lines = kinds.QUESTIONS.write(entry=index)
        job = queue.enqueue_slip(work, slip, index, lines)
        work.remember({"job": job})
        return job


def _said(village: Village, found: Sequence[Found], language: Language) -> Said:
    from kiosk.documents.slip import Said, SlipLine

    def words(key: str, *values: object) -> str:
        return village.catalogue.text(f"register.{key}", language, *values)

    asked = tuple(
        SlipLine(
            words(f"ask_{each.code}", *([each.other.words(language)] if each.other else [])),
            words("ask_lead", each.house.words(language)),
        )
        for each in found[:MOST_ON_PAPER]
    )
    return Said(language, (words("questions_fact", len(found)),), asked)


def _examined(work: Work) -> tuple[Found, ...]:
    every = (*_heads_and_adults(work), *_ages(work), *_twice(work), *_one_door(work))
    return tuple(
        sorted(
            set(every),
            key=lambda each: (
                house_place(each.house.lane, each.house.number),
                CODES.index(each.code),
                each.household_id,
            ),
        )
    )


def _heads_and_adults(work: Work) -> Iterator[Found]:
    heads = func.sum(cast(Resident.is_head, Integer))
    counted = (
        select(
            Household,
            heads,
            func.count(),
            func.count(Resident.born_on),
            func.min(Resident.born_on),
        )
        .join(Resident, Resident.household_id == Household.id)
        .where(Resident.active)
        .group_by(Household.id)
    )
    for home, head, people, dated, oldest in work.session.execute(counted):
        if head != 1:
            yield _found("two_heads" if head else "no_head", home)
        if people == dated and not is_adult(oldest, work.today):
            yield _found("no_adult", home)


def _ages(work: Work) -> Iterator[Found]:
    oldest = work.today.replace(year=work.today.year - OLDEST_YEARS, day=1)
    wrong = or_(Resident.born_on > work.today, Resident.born_on < oldest)
    for each in work.session.scalars(select(Resident).where(Resident.active, wrong)):
        ahead = each.born_on is not None and each.born_on > work.today
        yield _found("born_ahead" if ahead else "born_long_ago", each.household)


def _twice(work: Work) -> Iterator[Found]:
    """Two people of one name and one day of birth; where the day is not known, nobody can say."""
    same = (Resident.name, Resident.born_on)
    doubled = (
        select(*same)
        .where(Resident.active, Resident.born_day_known, Resident.born_on.is_not(None))
        .group_by(*same)
        .having(func.count() > 1)
        .subquery()
    )
    where = and_(Resident.name == doubled.c.name, Resident.born_on == doubled.c.born_on)
    people = select(Resident).join(doubled, where).where(Resident.active)
    groups = defaultdict[object, list[Resident]](list)
    for each in work.session.scalars(people.order_by(Resident.id)):
        groups[each.name, each.born_on].append(each)
    for group in groups.values():
        for one, other in zip(group, (*group[1:], group[0]), strict=True):
            yield _found("twice", one.household, other.household)


def _one_door(work: Work) -> Iterator[Found]:
    """Two households in which people live have one plate, and did not part behind that door."""
    inhabited = Household.id.in_(select(Resident.household_id).where(Resident.active))
    doors = (
        select(Household.lane, Household.number)
        .where(inhabited)
        .group_by(Household.lane, Household.number)
        .having(func.count() > 1)
        .subquery()
    )
    same = and_(Household.lane == doors.c.lane, Household.number == doors.c.number)
    behind = defaultdict[House, list[Household]](list)
    for home in work.session.scalars(select(Household).join(doors, same).where(inhabited)):
        behind[House(home.lane, home.number)].append(home)
    for homes in behind.values():
        if len(homes) > 1 + _parted(work, homes):
            yield from (_found("one_door", each) for each in homes)


def _parted(work: Work, homes: Sequence[Household]) -> int:
    """How often one of these households split, which it may behind its own door."""
    split = (LifeEvent.kind == "split", LifeEvent.state == DONE)
    of_these = LifeEvent.household_id.in_([each.id for each in homes])
    return work.session.scalar(select(func.count()).where(*split, of_these)) or 0


def _found(code: Code, home: Household, other: Household | None = None) -> Found:
    return Found(
        code=code,
        household_id=home.id,
        house=House(home.lane, home.number),
        other=House(other.lane, other.number) if other else None,
    )
