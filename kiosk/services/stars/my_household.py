"""A household's own page: its stars, item by item why, and what it can do about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.houses import House
from kiosk.core.texts import Texts
from kiosk.models.register import Household, Resident
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.open_days import open_days
from kiosk.services.stars import checklists, ratings, recused, replies, rubrics
from kiosk.services.stars.my_sign import MySign, my_sign_in
from kiosk.services.stars.ratings import MOST_STARS, RatingView
from kiosk.services.stars.terms import (
    AGAIN,
    APPEAL,
    EFFECTIVE,
    GONE,
    MISSED,
    OPEN,
    OWN,
    SEATS,
    TOLD,
)
from kiosk.services.village import Village
from kiosk.services.work import Work


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One thing that was looked at: how many said yes, how many no, and the household itself."""

    key: str
    text: Texts
    yes: int
    no: int
    own: str
    """yes, no, na, or empty where the household did not look."""


@dataclass(frozen=True, kw_only=True)
class DimensionLine:
    """A dimension: the stars that count, those that were seen, and why."""

    dimension: str
    counts: RatingView
    seen: int | None
    """What the last look gave; None where it did not rate it, or there is none yet."""
    items: tuple[ItemLine, ...]
    more: int
    """How many of what was not in order would bring the next star; 0 at the most, or unknown."""


@dataclass(frozen=True, kw_only=True)
class MyHousehold:
    """What an adult of a household sees of its round, and what they can do."""

    house: House
    visit_id: int | None
    """None while no round looks at it."""
    state: str
    look: int
    year: int
    quarter: int
    reply_by: date | None
    """The last day to reply, while there is time."""
    agreed: int
    adults: int
    may_read: bool
    """Whether something is to be told: opening the page tells it."""
    may_agree: bool
    may_ask: bool
    may_appeal: bool
    may_look: bool
    """Whether the household can look at itself."""
    inspectors: tuple[str, ...]
    """Who looked, once all looks are in."""
    dimensions: tuple[DimensionLine, ...]
    sign: MySign


def my_household(village: Village, session_id: str) -> MyHousehold:
    """The page of the household of whoever is signed in.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        return my_household_in(work)


def my_household_in(work: Acting) -> MyHousehold:
    """As `my_household`, in the caller's unit."""
    home = work.session.get_one(Household, work.who.household_id)
    adults = recused.replying(work, home.id)
    visit = _newest(work, home.id) if work.who.resident_id in adults else None
    counts = ratings.current(work, home.id)
    if visit is None:
        return _without(House(home.lane, home.number), counts, my_sign_in(work))
    of = work.session.get_one(VisitRound, visit.round_id)
    seats = _revealed(work, visit)
    agreed = replies.agreed(work.session, visit)
    me_too = work.who.resident_id not in agreed
    rubric = checklists.named(work.session, of.rubric).of(visit.premises)
    own = work.session.get(VisitSeat, (visit.id, OWN))
    due, told = visit.due_at if visit.state == TOLD else None, open_days(work.session).told
    asks = visit.state in (TOLD, EFFECTIVE)
    return MyHousehold(
        house=House(home.lane, home.number),
        visit_id=visit.id,
        state=visit.state,
        look=visit.look,
        year=of.year,
        quarter=of.quarter,
        reply_by=told(village_day(due) - timedelta(days=1)) if due else None,
        agreed=len(agreed & set(adults)),
        adults=len(adults),
        may_read=visit.state == "to_tell",
        may_agree=visit.state == TOLD and me_too,
        may_ask=asks and not replies.may_ask(work, visit, AGAIN),
        may_appeal=asks and not replies.may_ask(work, visit, APPEAL),
        may_look=visit.state == OPEN and own is None,
        inspectors=tuple(_name(work, each) for each in seats if each.number != OWN),
        dimensions=_lines(rubric, visit, seats, own if seats else None, counts),
        sign=my_sign_in(work),
    )


def _without(house: House, counts: Sequence[RatingView], sign: MySign) -> MyHousehold:
    lines = tuple(
        DimensionLine(dimension=each.dimension, counts=each, seen=None, items=(), more=0)
        for each in counts
    )
    return MyHousehold(
        house=house,
        visit_id=None,
        state="",
        look=0,
        year=0,
        quarter=0,
        reply_by=None,
        agreed=0,
        adults=0,
        may_read=False,
        may_agree=False,
        may_ask=False,
        may_appeal=False,
        may_look=False,
        inspectors=(),
        dimensions=lines,
        sign=sign,
    )


def _newest(work: Work, household_id: int) -> Visit | None:
    question = select(Visit).where(Visit.household_id == household_id)
    found = work.session.scalars(question.order_by(Visit.round_id.desc())).first()
    return None if found is None or found.state in (MISSED, GONE) else found


def _revealed(work: Work, visit: Visit) -> list[VisitSeat]:
    """The looks of the last time at which all were in; none before."""
    looks = [each for each in replies.looks_at(work.session, visit) if each.number != OWN]
    if visit.state == OPEN:
        looks = [each for each in looks if each.look < visit.look]
    counted = Counter(each.look for each in looks)
    whole = (look for look, count in counted.items() if count >= SEATS[look])
    last = max(whole, default=0)
    return [each for each in looks if each.look == last]


def _name(work: Work, seat: VisitSeat) -> str:
    return work.session.get_one(Resident, seat.resident_id).name


def _lines(
    rubric: rubrics.Rubric,
    visit: Visit,
    seats: Sequence[VisitSeat],
    own: VisitSeat | None,
    counts: Sequence[RatingView],
) -> tuple[DimensionLine, ...]:
    lines = []
    for each in counts:
        seen = visit.stars.get(each.dimension) if seats else None
        items = tuple(_item(item, seats, own) for item in rubric.of(each.dimension))
        lines.append(
            DimensionLine(
                dimension=each.dimension,
                counts=each,
                seen=seen,
                items=items if seen is not None else (),
                more=_more(seen, items),
            )
        )
    return tuple(lines)


def _item(item: rubrics.Item, seats: Sequence[VisitSeat], own: VisitSeat | None) -> ItemLine:
    said = [each.answers.get(item.key) for each in seats]
    return ItemLine(
        key=item.key,
        text=item.text,
        yes=said.count("yes"),
        no=said.count("no"),
        own=own.answers.get(item.key, "") if own else "",
    )


def _more(seen: int | None, items: Sequence[ItemLine]) -> int:
    """How many more in order give a star more, where each item is as most saw it."""
    if seen is None or seen == MOST_STARS:
        return 0
    good = sum(each.yes >= each.no > 0 or each.yes > each.no for each in items)
    applies = sum(each.yes + each.no > 0 for each in items)
    for more in range(1, applies - good + 1):
        if MOST_STARS * (good + more) // applies > seen:
            return more
    return 0
