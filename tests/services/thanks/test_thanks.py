"""Thanks: a picture becomes a nomination, a few a month, and rings do not count."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.cases import notices, submit
from kiosk.services.cases.submit import CaseReceipt
from kiosk.services.my_data import data_copy
from kiosk.services.rulebook import book
from kiosk.services.thanks import circle, giving, pictures, wall
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet


def say(
    hamlet: Hamlet, by: str, to: str, picture: str = "harvest", touch: str = "", tongue: str = "zh"
) -> CaseReceipt:
    seat, whom = hamlet.sign(by), hamlet.people[to]
    return giving.say(hamlet.village, seat, whom, picture, touch or new_touch_id(), tongue)


def refused(hamlet: Hamlet, by: str, to: str, picture: str = "harvest") -> ExpectedError:
    before = hamlet.cases()
    with pytest.raises(ExpectedError) as refusal:
        say(hamlet, by, to, picture)
    assert hamlet.cases() == before
    return refusal.value


def counted(hamlet: Hamlet, case_id: int) -> str:
    """It goes the whole road of a nomination."""
    (told,) = notices.notices(hamlet.village, hamlet.sign("B"))
    assert told.case_id == case_id
    hamlet.accept("B", case_id)
    hamlet.decide("Y", case_id)
    return hamlet.state(case_id)


def test_thanks_are_a_nomination_that_needs_a_yes_and_an_officer(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B")
    (told,) = notices.notices(hamlet.village, hamlet.sign("B"))
    assert (told.needs, told.thanks, told.from_whom) == ("accept", "harvest", "林A")
    assert told.words == "谢谢您帮我收茶收稻。"
    before = hamlet.number("B")
    assert counted(hamlet, made.case_id) == "effective"
    assert hamlet.number("B") == before + 3
    case = hamlet.case(made.case_id)
    assert [each.confirmer_id for each in case.confirmations] == [hamlet.people["A"]]
    assert hamlet.misfits() == []


def test_a_no_leaves_nothing_that_counts(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B")
    notices.decline_nomination(hamlet.village, hamlet.sign("B"), made.case_id, new_touch_id())
    assert hamlet.state(made.case_id) == "withdrawn"
    assert hamlet.entries() == []


def test_the_same_touch_says_it_once(hamlet: Hamlet) -> None:
    seat, touch = hamlet.sign("A"), new_touch_id()
    whom = hamlet.people["B"]
    first = giving.say(hamlet.village, seat, whom, "harvest", touch)
    assert giving.say(hamlet.village, seat, whom, "harvest", touch) == first
    assert hamlet.cases() == 1


def test_what_is_written_down_is_in_the_language_of_who_says_it(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B", "home", tongue="en")
    assert hamlet.case(made.case_id).words == "Thank you for bringing me home safely."


def test_it_can_be_taken_back(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B")
    submit.withdraw(hamlet.village, hamlet.sign("A"), made.case_id, new_touch_id())
    assert notices.notices(hamlet.village, hamlet.sign("B")) == ()


def test_nobody_thanks_themselves_their_household_or_who_is_gone(hamlet: Hamlet) -> None:
    assert refused(hamlet, "A", "A").code == "not_own_household"
    assert refused(hamlet, "A", "a").code == "not_own_household"
    with writing(hamlet.village) as work:
        work.session.get_one(Resident, hamlet.people["B"]).active = False
    assert refused(hamlet, "A", "B").code == "resident_unknown"


def test_four_in_thirty_days_also_when_one_was_taken_back(hamlet: Hamlet) -> None:
    first = say(hamlet, "A", "B")
    submit.withdraw(hamlet.village, hamlet.sign("A"), first.case_id, new_touch_id())
    for letter in "CDE":
        say(hamlet, "A", letter)
    refusal = refused(hamlet, "A", "Z")
    assert (refusal.code, refusal.values[0]) == ("thanks_enough", 4)
    assert refusal.values[1] == hamlet.today + timedelta(days=30)
    assert giving.offer(hamlet.village, hamlet.sign("A")).left == 0
    hamlet.clock.advance(days=30)
    assert giving.offer(hamlet.village, hamlet.sign("A")).left == 4
    say(hamlet, "A", "Z")


def test_the_same_neighbour_once_in_thirty_days(hamlet: Hamlet) -> None:
    said_on = hamlet.today
    say(hamlet, "A", "B")
    hamlet.clock.advance(days=29)
    refusal = refused(hamlet, "A", "B", "found")
    assert (refusal.code, refusal.values) == ("thanked_lately", (said_on,))
    hamlet.clock.advance(days=1)
    say(hamlet, "A", "B", "found")


@pytest.mark.parametrize("ring", ["AB", "ABC", "ABCD"])
def test_thanks_that_close_a_ring_do_not_count(hamlet: Hamlet, ring: str) -> None:
    for by, to in pairwise(ring):
        say(hamlet, by, to)
    assert refused(hamlet, ring[-1], ring[0]).code == "thanks_in_a_ring"
    hamlet.clock.advance(days=circle.WITHIN.days)
    say(hamlet, ring[-1], ring[0])


def test_what_was_not_accepted_is_no_link_of_a_ring(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B")
    notices.decline_nomination(hamlet.village, hamlet.sign("B"), made.case_id, new_touch_id())
    say(hamlet, "B", "A")


def test_thanks_to_somebody_who_has_not_joined_are_answered_alike_and_reach_nobody(
    hamlet: Hamlet,
) -> None:
    hamlet.add("N", enrolled=False)
    made, other = say(hamlet, "A", "N"), say(hamlet, "A", "B")
    assert (made.next_key, made.due_on) == (other.next_key, other.due_on)
    assert notices.notices(hamlet.village, hamlet.sign("N")) == ()


def test_a_picture_stands_for_a_rule_of_the_book_and_without_one_it_is_not_offered(
    hamlet: Hamlet,
) -> None:
    with writing(hamlet.village) as work:
        book.end(work, "lost_property", hamlet.today + timedelta(days=1), {})
    offered = giving.offer(hamlet.village, hamlet.sign("A")).pictures
    assert offered == tuple(pictures.RULES)
    hamlet.clock.advance(days=1)
    offered = giving.offer(hamlet.village, hamlet.sign("A")).pictures
    assert offered == tuple(each for each in pictures.RULES if each != "found")
    assert refused(hamlet, "A", "B", "found").code == "thanks_not_offered"
    made = say(hamlet, "A", "B", "machine")
    with hamlet.village.read() as session:
        rule = session.get_one(RuleVersion, hamlet.case(made.case_id).rule_version_id)
        assert rule.rule == "help_neighbour"  # the village has no rule about machines


def test_whom_one_named_lately_stands_first_and_then_who_lives_next_door(hamlet: Hamlet) -> None:
    here = hamlet.people
    near = [each.resident_id for each in giving.offer(hamlet.village, hamlet.sign("C")).near]
    assert near == [here["B"], here["D"], here["E"]]  # the doors beside it, and across
    say(hamlet, "C", "Z")
    near = [each.resident_id for each in giving.offer(hamlet.village, hamlet.sign("C")).near]
    assert near == [here["Z"], here["B"], here["D"], here["E"]]


def test_the_copy_of_ones_data_has_the_picture(hamlet: Hamlet) -> None:
    say(hamlet, "A", "B")
    copy = data_copy.data_copy(hamlet.village, hamlet.sign("A"))
    assert '"thanks": "harvest"' in data_copy.copy_json(copy)


def test_on_the_wall_stand_those_who_wish_it_once_each_by_the_calendar(hamlet: Hamlet) -> None:
    made = say(hamlet, "A", "B")
    counted(hamlet, made.case_id)
    assert wall.wall(hamlet.village) == ()
    hamlet.consent([hamlet.people["B"]], "thank_you_wall")
    assert [(each.name, each.picture) for each in wall.wall(hamlet.village)] == [("林B", "harvest")]
    hamlet.clock.advance(days=40)
    again = say(hamlet, "C", "B", "home")
    assert len(wall.wall(hamlet.village)) == 1  # not before it counts
    counted(hamlet, again.case_id)
    assert [each.picture for each in wall.wall(hamlet.village)] == ["home"]
    hamlet.clock.advance(days=wall.SHOWN.days)
    assert wall.wall(hamlet.village) == ()
