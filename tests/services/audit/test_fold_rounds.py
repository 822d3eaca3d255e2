"""What no round of visits would say is named, and so is what a service does that was broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select, text, update

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.models.stars import Rating
from kiosk.services.audit.fold.state import State
from kiosk.services.ledger import log, lot
from kiosk.services.stars import lots, outcomes, ratings, replies, rounds, rubrics, seating, visits
from kiosk.services.stars.visits import SeatKey
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.stars.street import BAD, GOOD, Street, begun, furnish
from tests.worlds.a_round import answers_to
from tests.worlds.kept import grown

Patch = pytest.MonkeyPatch


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def _told(street: Street, letter: str) -> dict[str, Any]:
    """What the entry of a look says, by who is to look first."""
    seat = street.seats(letter)[0]
    return {
        "visit": seat.visit_id,
        "number": seat.number,
        "by": seat.resident_id,
        "entered_by": seat.resident_id,
        "answers": {},
        "put_forward": [],
    }


NOT_ALLOWED: Mapping[str, tuple[str, Mapping[str, object], str]] = {
    "opened alone": ("round_opened", {"second": "Y"}, "without two officers"),
    "opened by a neighbour": ("round_opened", {"second": "B"}, "without two officers"),
    "opened twice": ("round_opened", {}, "was opened"),
    "a quarter to come": ("round_opened", {"year": 2031}, "a quarter to come"),
    "answered by who was not asked": ("inspector_answered", {"inspector": "Y"}, "was not asked"),
    "a look from no seat": ("visit_scored", {"number": 9}, "no seat to look from"),
    "a look of somebody else": ("visit_scored", {"by": "A"}, "no seat to look from"),
    "entered without an office": ("visit_scored", {"entered_by": "A"}, "without the office"),
    "answers to no checklist": ("visit_scored", {"answers": {"x": "yes"}}, "cannot be read"),
    "six stars": ("visit_scored", {"answers": {"woodpile": "6"}}, "cannot be read"),
    "told before both are in": ("visit_told", {}, "nothing to tell"),
    "agreed before it was told": ("visit_agreed", {}, "nothing to agree to"),
    "asked for before it was told": ("look_asked", {}, "no look to ask for"),
    "ended in a way that is none": ("visit_over", {"state": "forgotten"}, "was over"),
    "closed by a neighbour": ("round_closed", {"by": "B"}, "without the office"),
    "closed before its time": ("round_closed", {"by": None}, "not in its time"),
    "stars that nobody saw": ("rating", {}, "not what was seen"),
    "a favourite in a seat": ("visit_seated", {}, "not who sits"),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_what_no_round_would_say_is_named(drawn: Street, what: str) -> None:
    kind, said, why = NOT_ALLOWED[what]
    visit, people = drawn.visit("A"), drawn.people
    quarter: dict[str, object] = {"year": 2026, "quarter": 4}
    both = {"by": people["Y"], "second": people["Z"]}
    base: Mapping[str, Mapping[str, object]] = {
        "round_opened": {"round": 77, **quarter, **both, "rubric": "2026-1", "digest": ""},
        "inspector_answered": {"round": visit.round_id, "answer": "yes", "follows": None},
        "visit_scored": _told(drawn, "A"),
        "visit_told": {"visit": visit.id, "to": people["A"], "by": None},
        "visit_agreed": {"visit": visit.id, "by": people["A"], "look": 1},
        "look_asked": {"visit": visit.id, "by": people["A"], "look": 2},
        "visit_over": {"visit": visit.id},
        "round_closed": {"round": visit.round_id, "by": people["Y"]},
        "rating": {
            "round": 1,
            **quarter,
            "valid_until": "2027-06-30",
            "household": visit.household_id,
            "stars": {"courtyard": 5},
            "put_forward": [],
            "by": None,
            "visit": visit.id,
        },
        "visit_seated": {
            "visit": visit.id,
            "look": 1,
            "left": None,
            "why": "missing",
            "doors": [],
            "free": [],
            "beside": [],
            "seats": [[3, people["B"]]],
        },
    }
    by_letter = {
        name: people.get(each, each) if isinstance(each, str) else each
        for name, each in said.items()
    }
    with writing(drawn.village) as work:
        log.append(work, kind, {**base[kind], **by_letter})
    found = [each.name for each in drawn.misfits() if each.code == "not_allowed"]
    assert any(why in each for each in found), found


@pytest.mark.parametrize(
    ("begun", "demo", "named"),
    [(furnish, False, True), (furnish, True, False), (begun, True, True)],
)
def test_stars_without_those_who_were_drawn_are_named_but_for_the_past_of_a_demo(
    sqlite_village: Village,
    clock: SettableClock,
    monkeypatch: Patch,
    begun: Callable[[Street], Street],
    demo: bool,
    named: bool,
) -> None:
    honest = State.begin
    monkeypatch.setattr(
        State, "begin", lambda state, **said: honest(state, **{**said, "demo": demo})
    )
    street = grown(Street(sqlite_village, clock), begun)
    of = {"round": 1, "year": 2026, "quarter": 4, "valid_until": "2027-06-30"}
    stars = {"stars": {"courtyard": 5}, "put_forward": [], "by": street.people["Y"]}
    with writing(street.village) as work:
        log.append(work, "round_published", of)
        log.append(work, "rating", {**of, "household": street.household("A"), **stars})
    found = {each.name for each in street.misfits() if each.code == "not_allowed"}
    assert ("rating: without those who were drawn" in found) == named


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("visit_round", "seed", "'00'"),
        ("visit_round", "second_id", "1"),
        ("inspector", "answer", "'no'"),
        ("visit", "code", "'V-26Q4-0099'"),
        ("visit", "stars", "'{\"courtyard\": 5}'"),
        ("visit", "state", "'effective'"),
        ("visit_seat", "resident_id", "1"),
        ("visit_seat", "put_forward", "'[\"good_faith\"]'"),
        ("visit_reply", "look", "3"),
        ("rating", "stars", "5"),
    ],
)
def test_whatever_is_changed_of_a_round_is_named(
    drawn: Street, table: str, column: str, value: str
) -> None:
    drawn.score("B", BAD, BAD)
    replies.agree(drawn.village, drawn.sign("B"), drawn.told("B"), new_touch_id())
    assert drawn.misfits() == []
    with drawn.village.write() as session:
        where = "WHERE id = (SELECT max(id) FROM visit)" if table == "visit" else ""
        session.execute(text(f"UPDATE {table} SET {column} = {value} {where}"))
    assert any(each.name.startswith(table) for each in drawn.misfits())


# --- Services that are broken on purpose


def a_favour(patch: Patch) -> None:
    """Whoever was listed first looks everywhere."""
    honest = lots.seats
    patch.setattr(lots, "seats", lambda _seed, *given: honest("", *given))


def kin_overlooked(patch: Patch) -> None:
    """Relatives and neighbours are drawn, too."""
    patch.setattr(lots, "barred", lambda *_: [])


def a_worse_sum(patch: Patch) -> None:
    """Of two, the worse one counts."""
    patch.setattr(
        outcomes,
        "together",
        lambda looks: {each: min(one[each] for one in looks) for each in looks[0]},
    )


def at_once(patch: Patch) -> None:
    """Stars take effect before the household had its time."""
    honest = replies._tell

    def hasty(work: Any, visit: Visit, by: int | None) -> None:
        honest(work, visit, by)
        replies.take_effect(work, visit)

    patch.setattr(replies, "_tell", hasty)


def lonely(patch: Patch) -> None:
    """One look is enough."""
    patch.setattr(visits, "lacks", lambda *_: "")
    patch.setattr(outcomes, "together", lambda looks: dict(looks[0]))
    patch.setattr(seating, "sitting", lambda session, visit: _scored(session, visit))


def _scored(session: Any, visit: Visit) -> Any:
    question = select(VisitSeat).where(VisitSeat.visit_id == visit.id, VisitSeat.number > 0)
    return session.scalars(question.where(VisitSeat.scored_at.is_not(None))).all()


def seed_chosen(patch: Patch) -> None:
    """A round's seed is one that pleases."""
    patch.setattr(lot, "seed_of", lambda *_: "ab" * 32)


def contested_counts(patch: Patch) -> None:
    """Stars that are appealed go on counting."""
    patch.setattr(ratings, "contest", lambda *_: None)


def kept_open(patch: Patch) -> None:
    """A round that is closed leaves a visit open."""
    honest = rounds.end

    def forgetful(work: Any, of: VisitRound, by: int | None) -> None:
        honest(work, of, by)
        work.session.flush()
        work.session.execute(update(Visit).values(state="open", ended_at=None))

    patch.setattr(rounds, "end", forgetful)


def anothers_household(patch: Patch) -> None:
    """Stars are given to the household behind the next number."""
    honest = ratings.publish_visit

    def astray(work: Any, *given: Any) -> None:
        honest(work, *given)
        work.session.flush()
        work.session.execute(update(Rating).values(household_id=Rating.household_id + 1))

    patch.setattr(ratings, "publish_visit", astray)


def drawn_only(street: Street) -> None:
    street.drawn_round()


def a_look_comes_in(street: Street) -> None:
    """Two looks that differ by a star where two differ by one."""
    drawn_only(street)
    street.score("B", 0.8, GOOD)
    if street.visit("B").state == "open":
        street.score("B", GOOD)


def one_looks(street: Street) -> None:
    drawn_only(street)
    street.score("B", GOOD)


def by_one_hand(patch: Patch) -> None:
    """Whoever has a stack of sheets enters all of them."""
    patch.setattr(visits, "_check_enters", lambda _work, _visit, _inspector: None)


def one_enters_both(street: Street) -> None:
    """An officer who looks there, too, enters the other's sheet."""
    drawn_only(street)
    one, other = street.seats("B")
    seat = street.open_session(one.resident_id, "officer")
    rubric = rubrics.rubric(rubrics.CURRENT, street.visit("B").premises)
    key = SeatKey(other.visit_id, other.number)
    given = answers_to(rubric, GOOD)
    visits.score(street.village, seat, key, given, (), new_touch_id())


def told_and_agreed(street: Street) -> None:
    a_look_comes_in(street)
    visit = street.told("B")
    if street.visit("B").state == "told":
        replies.agree(street.village, street.sign("B"), visit, new_touch_id())


def appealed(street: Street) -> None:
    told_and_agreed(street)
    visit = street.visit("B").id
    replies.ask(street.village, street.sign("B"), visit, "appeal", new_touch_id())


def closed(street: Street) -> None:
    drawn_only(street)
    round_id = street.visit("A").round_id
    missing = rounds.rounds(street.village, street.officer("Y"))[0].missing
    rounds.close(street.village, street.officer("Y"), round_id, missing, new_touch_id())


Way = Callable[[Street], None]
BROKEN: dict[str, tuple[Callable[[Patch], None], Way]] = {
    "a seat by favour": (a_favour, drawn_only),
    "a seed that somebody chose": (seed_chosen, drawn_only),
    "the worse of two": (a_worse_sum, a_look_comes_in),
    "one look is enough": (lonely, one_looks),
    "both looks by one hand": (by_one_hand, one_enters_both),
    "before the household had its time": (at_once, told_and_agreed),
    "stars astray": (anothers_household, told_and_agreed),
    "appealed stars that count": (contested_counts, appealed),
    "a round that does not end": (kept_open, closed),
}
"""How a service is broken, and what happens meanwhile."""


@pytest.fixture
def street(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), furnish)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_round_is_found_by_the_log_alone(
    name: str, street: Street, monkeypatch: Patch
) -> None:
    break_it, way = BROKEN[name]
    with monkeypatch.context() as patch:
        break_it(patch)
        way(street)
    assert street.misfits()
