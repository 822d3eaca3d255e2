"""What a round is asked that cannot be: a clear sentence, and everything stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Household, Resident
from kiosk.models.rounds import Visit, VisitSeat
from kiosk.services.register.people import declare_relative
from kiosk.services.stars import (
    inspectors,
    my_household,
    outcomes,
    replies,
    rounds,
    rubrics,
    seating,
    visits,
)
from kiosk.services.stars.visits import SeatKey
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import refused
from tests.services.stars.street import BAD, GOOD, Street, begun, furnish
from tests.worlds.a_round import answers_to
from tests.worlds.kept import grown

__all__ = ["refused"]
Refused = Callable[..., str]


@pytest.fixture
def street(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), furnish)


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def first(street: Street, letter: str) -> tuple[str, SeatKey, VisitSeat]:
    """The first who looks at a household: signed in, with the seat."""
    seat = street.seats(letter)[0]
    key = SeatKey(seat.visit_id, seat.number)
    return street.open_session(seat.resident_id), key, seat


def good(street: Street, letter: str) -> dict[str, rubrics.Answer]:
    return answers_to(rubrics.rubric(rubrics.CURRENT, street.visit(letter).premises), GOOD)


def test_a_round_is_opened_by_two_for_a_quarter_that_has_begun_and_once(
    street: Street, refused: Refused
) -> None:
    def opened(year: int, quarter: int, second: str = "Z") -> str:
        given = (street.officer("Y"), year, quarter, street.signature(second), new_touch_id())
        return refused(rounds.open_round, street.village, *given)

    assert opened(2027, 1) == "quarter_to_come"
    assert opened(2026, 2) == "quarter_over"
    assert opened(2026, 4, "Y") == "second_officer"
    street.open_round()
    assert opened(2026, 4) == "round_there"
    street.clock.advance(days=45)
    assert opened(2027, 1) == "round_before"


def test_a_round_is_drawn_once_and_not_by_too_few(street: Street, refused: Refused) -> None:
    round_id = street.open_round()
    for letter in "XZ":
        with writing(street.village) as work:
            declared = work.session.get_one(Resident, street.people[letter])
            declared.active = False
    given = (street.village, street.officer("Y"), round_id)
    assert refused(rounds.draw, *given, new_touch_id()) == "too_few_inspectors"
    street.volunteer(round_id)
    assert rounds.draw(*given, new_touch_id()) > 0
    assert refused(rounds.draw, *given, new_touch_id()) == "round_drawn"


def test_nobody_answers_who_was_not_asked(street: Street, refused: Refused) -> None:
    round_id = street.open_round()
    said = refused(
        inspectors.answer, street.village, street.officer("Y"), round_id, True, new_touch_id()
    )
    assert said == "not_invited"


def test_a_round_is_closed_only_by_who_knows_how_much_is_missing(
    drawn: Street, refused: Refused
) -> None:
    round_id = drawn.visit("A").round_id
    given = (drawn.village, drawn.officer("Y"), round_id, 0, new_touch_id())
    assert refused(rounds.close, *given) == "round_missing"
    assert drawn.visit("A").state == "open"


@pytest.mark.parametrize("code", ["", "V-26Q4-0001-1", "V-26Q4-0001-1-0000", "S26Q4-0001"])
def test_a_sheet_of_another_village_is_none_of_ours(
    drawn: Street, refused: Refused, code: str
) -> None:
    assert refused(visits.find, drawn.village, drawn.officer("Y"), code) == "sheet_not_ours"


def test_a_sheet_of_a_round_that_is_over_is_not_read(drawn: Street, refused: Refused) -> None:
    seat, key, _ = first(drawn, "A")
    code = visits.code_of(drawn.village, drawn.visit("A").code, key.number)
    assert visits.find(drawn.village, seat, code).seat == key
    missing = rounds.rounds(drawn.village, drawn.officer("Y"))[0].visits
    over = (drawn.officer("Y"), drawn.visit("A").round_id, missing, new_touch_id())
    rounds.close(drawn.village, *over)
    assert refused(visits.find, drawn.village, seat, code) == "visit_over"
    given = (key, good(drawn, "A"), (), new_touch_id())
    assert refused(visits.score, drawn.village, seat, *given) == "visit_over"


def test_a_sheet_read_twice_is_entered_once(drawn: Street, refused: Refused) -> None:
    seat, key, _ = first(drawn, "A")
    given = good(drawn, "A")
    touch = new_touch_id()
    for _ in range(2):
        assert not visits.score(drawn.village, seat, key, given, (), touch)
    again = (key, given, (), new_touch_id())
    assert refused(visits.score, drawn.village, seat, *again) == "visit_scored"


def test_both_looks_are_not_of_one_hand(drawn: Street, refused: Refused) -> None:
    seat, key, held = first(drawn, "A")
    given = good(drawn, "A")
    visits.score(drawn.village, seat, key, given, (), new_touch_id())
    other = SeatKey(key.visit_id, drawn.seats("A")[1].number)
    lay = next(letter for letter in "ABCDE" if drawn.people[letter] not in _looking(drawn, "A"))
    for who in (seat, drawn.sign(lay)):
        code = refused(visits.score, drawn.village, who, other, given, (), new_touch_id())
        assert code in ("not_allowed", "visit_too_near")
    for office in ("clerk", "officer"):
        who = drawn.open_session(held.resident_id, office)
        assert refused(visits.score, drawn.village, who, other, given, (), new_touch_id()) == (
            "visit_one_hand"
        )
        code = visits.code_of(drawn.village, drawn.visit("A").code, other.number)
        assert refused(visits.find, drawn.village, who, code) == "visit_one_hand"
    assert not drawn.visit("A").stars


def _looking(street: Street, letter: str) -> set[int]:
    return {each.resident_id for each in street.seats(letter)}


def test_answers_that_do_not_fit_are_refused_and_nothing_is_kept(
    drawn: Street, refused: Refused
) -> None:
    seat, key, _ = first(drawn, "A")

    def said(given: Mapping[str, str], put_forward: tuple[str, ...] = ()) -> str:
        return refused(visits.score, drawn.village, seat, key, given, put_forward, new_touch_id())

    whole: dict[str, str] = dict(good(drawn, "A"))
    item = next(iter(whole))
    kept = next(
        each.key
        for each in rubrics.rubric(rubrics.CURRENT, "home").items
        if each.dimension == "good_faith"
    )
    assert said({}) == "scoring_unanswered"
    assert said(whole | {item: "6"}) == "visit_answers"
    assert said(whole | {"stars": "yes"}) == "visit_answers"
    assert said(whole, ("courtyard",)) == "visit_answers"
    assert said(whole | {kept: "yes"}) == "not_put_forward"
    assert drawn.seats("A")[0].scored_at is None


def test_who_moved_in_or_became_a_relative_looks_no_more_and_another_is_drawn(
    drawn: Street, refused: Refused
) -> None:
    mover = first(drawn, "A")[2].resident_id
    other = next(each for each in "BC" if drawn.people[each] != mover)
    for letter, change in (("A", _moves_in), (other, _marries)):
        seat, key, held = first(drawn, letter)
        change(drawn, held.resident_id, letter)
        given = (key, good(drawn, letter), (), new_touch_id())
        assert refused(visits.score, drawn.village, seat, *given) == "visit_too_near"
    drawn.tick()
    for letter in ("A", other):
        assert len(drawn.seats(letter)) == 2
        assert 1 not in {each.number for each in drawn.seats(letter)}


def _moves_in(street: Street, resident_id: int, letter: str) -> None:
    with writing(street.village) as work:
        work.session.get_one(Resident, resident_id).household_id = street.household(letter)


def _marries(street: Street, resident_id: int, letter: str) -> None:
    with writing(street.village) as work:
        declare_relative(work, resident_id, street.people[letter])


def test_a_household_in_which_nobody_is_left_is_not_looked_at(
    drawn: Street, refused: Refused
) -> None:
    seat, key, _ = first(drawn, "E")
    drawn.leave("E")
    drawn.tick()
    assert drawn.visit("E").state == "gone"
    given = (key, good(drawn, "E"), (), new_touch_id())
    assert refused(visits.score, drawn.village, seat, *given) == "visit_over"


def test_of_two_households_that_became_one_the_one_that_is_left_is_looked_at(
    drawn: Street, refused: Refused
) -> None:
    empty = drawn.visit("E").id
    drawn.score("D", BAD, BAD)
    visit = drawn.told("D")
    _moves_in(drawn, drawn.people["E"], "D")
    drawn.tick()
    with drawn.village.read() as session:
        assert session.get_one(Visit, empty).state == "gone"
    replies.agree(drawn.village, drawn.sign("D"), visit, new_touch_id())
    assert drawn.visit("D").state == "told"  # who moved in is asked, too
    replies.agree(drawn.village, drawn.sign("E"), visit, new_touch_id())
    assert drawn.visit("D").state == "effective"


def test_a_household_that_moves_is_looked_at_where_it_lives_now(
    drawn: Street, refused: Refused
) -> None:
    near = drawn.seats("A")[0].resident_id
    with writing(drawn.village) as work:
        home = work.session.get_one(Resident, near).household
        moved = work.session.get_one(Household, drawn.household("A"))
        moved.lane, moved.number = home.lane, f"{home.number}-1"
    drawn.tick()
    assert near not in _looking(drawn, "A")
    assert drawn.score("A", GOOD, GOOD)


def test_who_splits_off_has_no_visit_and_keeps_nobody_from_agreeing(drawn: Street) -> None:
    drawn.score("A", GOOD, GOOD)
    visit = drawn.told("A")
    home = drawn.home((), code="A2", lane="", number="1")
    with writing(drawn.village) as work:
        work.session.get_one(Resident, drawn.people["a"]).household_id = home.id
    assert my_household.my_household(drawn.village, drawn.sign("a")).visit_id is None
    replies.agree(drawn.village, drawn.sign("A"), visit, new_touch_id())
    assert drawn.visit("A").state == "effective"


def test_who_falls_ill_is_followed_by_the_next_in_the_draw(drawn: Street, refused: Refused) -> None:
    seat, key, held = first(drawn, "A")
    given = (drawn.village, seat, key.visit_id, key.number)
    assert refused(seating.reassign, *given, "dislike", new_touch_id()) == "reason_missing"
    stranger = (drawn.village, drawn.sign("a"), key.visit_id, key.number)
    assert refused(seating.reassign, *stranger, "ill", new_touch_id()) == "not_allowed"
    assert seating.reassign(*given, "ill", new_touch_id())
    assert held.resident_id not in _looking(drawn, "A")
    assert len(drawn.seats("A")) == 2
    assert drawn.misfits() == []


def test_a_reveal_that_breaks_off_leaves_nothing_behind(
    drawn: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn.score("A", GOOD)

    def power_cut(_looks: object) -> dict[str, int]:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "together", power_cut)
        with pytest.raises(RuntimeError):
            drawn.score("A", GOOD)
    assert drawn.visit("A").state == "open"
    assert [each.scored_at is None for each in drawn.seats("A")] == [False, True]
    assert drawn.score("A", GOOD)
    assert drawn.misfits() == []


def test_nobody_replies_for_another_household_or_out_of_time(
    drawn: Street, refused: Refused
) -> None:
    visit = drawn.visit("A").id
    given = (drawn.village, drawn.sign("A"), visit, new_touch_id())
    assert refused(replies.read, *given) == "visit_over"
    drawn.score("A", BAD, BAD)
    other = (drawn.village, drawn.sign("B"), visit)
    assert refused(replies.read, *other, new_touch_id()) == "visit_not_yours"
    drawn.told("A")
    assert refused(replies.agree, *other, new_touch_id()) == "visit_not_yours"
    assert refused(replies.ask, *other, "again", new_touch_id()) == "visit_not_yours"
    own = (drawn.village, drawn.sign("A"), visit)
    replies.ask(*own, "again", new_touch_id())
    drawn.score("A", BAD, BAD)
    drawn.told("A")
    assert refused(replies.ask, *own, "again", new_touch_id()) == "look_was"
    drawn.clock.advance(days=30)
    drawn.tick()
    own = (drawn.village, drawn.sign("A"), visit)
    drawn.clock.advance(days=21)
    own = (drawn.village, drawn.sign("A"), visit)
    assert refused(replies.ask, *own, "appeal", new_touch_id()) == "visit_over"
