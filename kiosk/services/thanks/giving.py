"""Saying thanks: somebody, a picture, and it is handed in as a nomination by whoever was helped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from kiosk.core.ages import is_adult
from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.clock import start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.models.register import Household, Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.cases import submit
from kiosk.services.cases.submit import CaseReceipt, Submission
from kiosk.services.stars.recused import Tables
from kiosk.services.thanks import circle, pictures
from kiosk.services.village import Village

MOST: Final = 4
"""In `WINDOW_DAYS`; one that was taken back counts, or the limit would be none."""
WINDOW_DAYS: Final = 30
NEAREST: Final = 8
"""People who are shown before anything is typed."""


@dataclass(frozen=True)
class Neighbour:
    """Somebody whom one may want to thank."""

    resident_id: int
    name: str
    lane: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the screen begins with."""

    near: tuple[Neighbour, ...]
    """Whom one named lately, the latest first, and then who lives next door, by house."""
    pictures: tuple[str, ...]
    left: int
    """How many thanks there are still this month."""
    again_on: date | None
    """Where there are none: from when on."""


def offer(village: Village, session_id: str) -> Offer:
    """Whom one may want to thank, and for what.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        said = _said_lately(work)
        return Offer(
            near=tuple(_near(work)),
            pictures=tuple(pictures.rules_of(work.session, work.today)),
            left=max(MOST - len(said), 0),
            again_on=_again_on(said) if len(said) >= MOST else None,
        )


def check(village: Village, session_id: str, subject_id: int) -> None:
    """Refuse somebody whom one cannot thank now, before a picture is chosen for nothing.

    Raises:
        ExpectedError: as `say`, but for what is about the picture.
    """
    with acting.reading(village, session_id) as work:
        _check(work, subject_id)


def say(
    village: Village,
    session_id: str,
    subject_id: int,
    picture: str,
    touch: str,
    language: Language = CHINESE,
) -> CaseReceipt:
    """Say thanks: a nomination of today, which needs the yes of whom it is about.

    The sentence of the picture stands in it as the giver's words, in the giver's language. Whether
    a neighbour has joined is not told, as with any report.

    Raises:
        ExpectedError: ``session_over``, ``thanks_not_offered`` when no rule stands for the picture,
            ``thanks_enough`` (most, day), ``thanked_lately`` (day), ``thanks_in_a_ring``; and as
            `submit.hand_in`.
    """
    about = f"{subject_id} {picture}"
    with acting.once(village, session_id, touch, "say_thanks", about) as work:
        if work.known is not None:
            return submit.receipt_of(work.known)
        rule = pictures.rules_of(work.session, work.today).get(picture)
        if rule is None:
            raise ExpectedError("thanks_not_offered")
        _check(work, subject_id)
        form = Submission(
            touch=work.touch,
            session_id=session_id,
            subject_id=subject_id,
            rule_version_id=rule.rule_version_id,
            happened_on=work.today,
            words=village.catalogue.text(f"thanks.said_{picture}", language),
            thanks=picture,
        )
        return submit.book(work, form, (), language)


def _check(work: Acting, subject_id: int) -> None:
    submit.check_neighbour_in(work, subject_id)
    me = work.who.resident_id
    said = _said_lately(work)
    if len(said) >= MOST:
        raise ExpectedError("thanks_enough", MOST, _again_on(said))
    lately = [each.day for each in said if each.subject_id == subject_id]
    if lately:
        raise ExpectedError("thanked_lately", lately[-1])
    if circle.closes(work.session, me, subject_id, work.now):
        raise ExpectedError("thanks_in_a_ring")


@dataclass(frozen=True)
class _Said:
    subject_id: int
    day: date


def _said_lately(work: Acting) -> list[_Said]:
    """One's own thanks of the last 30 days, oldest first."""
    since = start_of_day(work.today - timedelta(days=WINDOW_DAYS - 1))
    found = (
        select(Case.subject_id, Case.submitted_at)
        .where(Case.reporter_id == work.who.resident_id, circle.is_thanks())
        .where(Case.submitted_at >= since)
        .order_by(Case.submitted_at, Case.id)
    )
    return [_Said(who, village_day(at)) for who, at in work.session.execute(found)]


def _again_on(said: list[_Said]) -> date:
    return said[-MOST].day + timedelta(days=WINDOW_DAYS)


def _near(work: Acting) -> list[Neighbour]:
    """Nobody's figures stand in this: it is one's own doing, and where one lives."""
    found: dict[int, Neighbour] = {}
    for each in (*_named_lately(work), *_next_door(work)):
        found.setdefault(each.resident_id, each)
    return list(found.values())[:NEAREST]


def _named_lately(work: Acting) -> list[Neighbour]:
    me = work.who.resident_id
    mine = (
        select(Case.subject_id)
        .where(Case.reporter_id == me, Case.subject_id != me, Case.kind == "deed")
        .order_by(Case.submitted_at.desc(), Case.id.desc())
        .limit(NEAREST * NEAREST)
    )
    named = list(dict.fromkeys(work.session.scalars(mine)))[:NEAREST]
    rows = (
        select(Resident, Household)
        .join(Household, Household.id == Resident.household_id)
        .where(Resident.id.in_(named))
    )
    found = {each.resident_id: each for each in _thankable(work, work.session.execute(rows))}
    return [found[each] for each in named if each in found]


def _next_door(work: Acting) -> list[Neighbour]:
    doors = Tables(work.session).doors(work.who.household_id)
    rows = (
        select(Resident, Household)
        .join(Household, Household.id == Resident.household_id)
        .where(Household.id.in_(doors))
        .order_by(Household.id, Resident.id)
        .limit(2 * NEAREST)
    )
    return _thankable(work, work.session.execute(rows))


def _thankable(work: Acting, rows: Iterable[tuple[Resident, Household]]) -> list[Neighbour]:
    """Without those of one's own household, who are gone, and the young."""
    return [
        Neighbour(person.id, person.name, home.lane, home.number)
        for person, home in rows
        if person.active
        and home.id != work.who.household_id
        and (person.born_on is None or is_adult(person.born_on, work.today))
    ]
