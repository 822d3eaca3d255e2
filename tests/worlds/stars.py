"""Stars for a household: by a round of visits in the fewest steps, or put into the tables.

What a test holds against the log needs a round; what only shows, prints or counts stars does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.services.access import cards
from kiosk.services.access.offices import Signature
from kiosk.services.stars import inspectors, ratings, recused, replies, rounds, rubrics, visits
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import Answer, Rubric
from kiosk.services.stars.terms import OPEN
from kiosk.services.stars.visits import SeatKey
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.worlds.builder import Builder, Person

INSPECTORS = "评星弄"
"""The lane in which three live who are near nobody."""
Opening = tuple[str, Signature]
"""An officer's session, and another one's card and PIN."""


def put(
    village: Village, household_id: int, stars: Mapping[str, int], year: int, quarter: int
) -> None:
    """The stars of a quarter, in the tables as a visit leaves them; the log knows of no visit."""
    given = ratings.HouseholdRating(household_id, stars, PUT_FORWARD_ONLY & stars.keys())
    with writing(village) as work:
        ratings.publish_visit(work, year, quarter, given, 0)


def by_a_round(
    world: Builder, household_id: int, stars: Mapping[str, int], opening: Opening | None = None
) -> None:
    """A round of this quarter gives them: drawn inspectors, and every adult agrees.

    Somebody in the household takes part. The round stays open for the next household. Where
    `opening` says who opens it, neighbours inspect; otherwise three officers come for it.
    """
    with world.village.read() as session:
        begun = rounds.current(session) is not None
    if not begun:
        _begin(world, opening)
    visit = _visit(world.village, household_id)
    rubric = rubrics.rubric(rubrics.CURRENT, visit.premises)
    put_forward = sorted(PUT_FORWARD_ONLY & stars.keys())
    for number, who in _waiting(world.village, visit.id):
        given, seat = _answers(rubric, stars), world.open_session(who)
        key = SeatKey(visit.id, number)
        visits.score(world.village, seat, key, given, put_forward, new_touch_id())
    with reading(world.village) as work:
        adults = [world.open_session(each) for each in recused.replying(work, household_id)]
    replies.read(world.village, adults[0], visit.id, new_touch_id())
    for each in adults:
        replies.agree(world.village, each, visit.id, new_touch_id())


def close(village: Village, session_id: str) -> None:
    """The round is over; nobody else was looked at."""
    with village.read() as session:
        of = rounds.current(session)
        assert of is not None
        number, missing = of.id, rounds.missing_in(session, of.id)
    rounds.close(village, session_id, number, missing, new_touch_id())


def _begin(world: Builder, opening: Opening | None) -> None:
    people = [
        world.home([Person(f"I{place}", f"评{name}")], code=f"I{place}", lane=INSPECTORS, number=at)
        for place, (name, at) in enumerate((("甲", "1"), ("乙", "11"), ("丙", "21")))
    ]
    ours = [each.people[0] for each in people]
    if opening is None:
        seat, signature = _officers(world, ours)
    else:
        seat, signature = opening
        world.consent(ours, "number")
    today = village_day(world.village.clock.now())
    quarter = (today.year, (today.month + 2) // 3)
    of = rounds.open_round(world.village, seat, *quarter, signature, new_touch_id())
    if opening is not None:
        volunteer(world, of, ours)
    rounds.draw(world.village, seat, of, new_touch_id())


def _officers(world: Builder, people: Sequence[int]) -> Opening:
    seats = [world.open_session(each, "officer") for each in people]
    drawn = cards.draw_card(world.village, people[1])
    with writing(world.village) as work:
        cards.write_card(work, drawn, None)
    return seats[0], Signature(drawn.issued.number, drawn.issued.pin)


def volunteer(world: Builder, round_id: int, people: Sequence[int]) -> None:
    """Whoever is invited says no, and these say yes, until nobody is asked any more."""
    while invited := _invited(world.village, round_id):
        for who in invited:
            seat, agrees = world.open_session(who), who in people
            inspectors.answer(world.village, seat, round_id, agrees, new_touch_id())


def _invited(village: Village, round_id: int) -> Sequence[int]:
    with village.read() as session:
        asked = select(Inspector.resident_id).where(
            Inspector.round_id == round_id, Inspector.answer == ""
        )
        return session.scalars(asked).all()


def _visit(village: Village, household_id: int) -> Visit:
    with village.read() as session:
        where = (Visit.household_id == household_id, Visit.state == OPEN)
        found = session.scalars(select(Visit).where(*where)).one()
        session.expunge(found)
        return found


def _waiting(village: Village, visit_id: int) -> list[tuple[int, int]]:
    """The seats from which nobody has looked, and who sits there."""
    with village.read() as session:
        empty = select(VisitSeat.number, VisitSeat.resident_id).where(
            VisitSeat.visit_id == visit_id, VisitSeat.scored_at.is_(None)
        )
        return [(number, who) for number, who in session.execute(empty)]


def _answers(rubric: Rubric, stars: Mapping[str, int]) -> dict[str, Answer]:
    """What has to be seen for these stars; what is to have none does not apply."""
    given: dict[str, Answer] = {}
    for dimension in rubric.dimensions:
        if dimension in PUT_FORWARD_ONLY - stars.keys():
            continue
        keys = [each.key for each in rubric.of(dimension)]
        if dimension not in stars:
            given |= dict.fromkeys(keys, "na")
            continue
        good = next(n for n in range(len(keys) + 1) if _stars(n, len(keys)) == stars[dimension])
        given |= {key: "yes" if place < good else "no" for place, key in enumerate(keys)}
    return given


def _stars(good: int, items: int) -> int:
    return max(1, ratings.MOST_STARS * good // items)
