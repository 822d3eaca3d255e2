"""A household is opened for a purpose, and relatives are written down by whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.models.consent import Consent
from kiosk.services.access import grants, views
from kiosk.services.access.offices import Signature
from kiosk.services.cases.conflict_of_interest import why_involved
from kiosk.services.households import desk, past_cases
from kiosk.services.register.people import related
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import CLERK, clerk, happens, home_of, misfits, plan

Code = Callable[..., str]


def declared(hamlet: Hamlet, session: str, signature: Signature | None = None) -> None:
    pair = hamlet.people["A"], hamlet.people["B"]
    desk.declare(hamlet.village, session, *pair, new_touch_id(), signature)


def test_a_household_is_shown_with_counts_and_without_a_word_of_any_concern(
    hamlet: Hamlet,
) -> None:
    hamlet.hand_in("B", "A", "litter")
    hamlet.consent([hamlet.people["A"]], "household_sign")
    session = clerk(hamlet)
    opened = desk.open_household(hamlet.village, session, home_of(hamlet, "A"), "household_asks")
    assert [each.name for each in opened.members] == ["林A", "林a"]
    assert (opened.agreed, opened.of_age, opened.to_collect, opened.corrections) == (1, 2, 0, 0)
    assert all(each.takes_part and each.adult and not each.away for each in opened.members)
    for letter in "Aa":
        looks = views.views_of(hamlet.village, hamlet.sign(letter))
        assert (looks[0].viewer_name, looks[0].purpose) == (f"林{CLERK}", "household_asks")


def test_without_a_listed_purpose_or_an_office_nothing_is_opened(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    home = home_of(hamlet, "A")
    opened = (desk.open_household, hamlet.village)
    assert refused(*opened, clerk(hamlet), home, "curiosity") == "purpose_missing"
    assert refused(*opened, clerk(hamlet), 9999, "life_event") == "household_unknown"
    for session in (hamlet.sign("B"), hamlet.sign("C", "keeper")):
        assert refused(*opened, session, home, "life_event") == "not_allowed"


def test_who_came_of_age_may_be_asked_and_is_enrolled_in_nothing_by_that(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    hamlet.add("M", born=date(2008, 5, 1), enrolled=False)
    home = home_of(hamlet, "M")
    opened = desk.open_household(hamlet.village, clerk(hamlet), home, "keep_in_order")
    assert [each.came_of_age for each in opened.members] == [True]
    with hamlet.village.read() as session:
        given = session.query(Consent).filter_by(resident_id=hamlet.people["M"])
        assert given.all() == []


@pytest.mark.long
def test_relatives_are_written_down_by_an_officer_or_with_the_card_of_one_of_them(
    hamlet: Hamlet, refused: Code
) -> None:
    alone = clerk(hamlet)
    assert refused(declared, hamlet, alone) == "relative_card"
    assert refused(declared, hamlet, alone, hamlet.signature("C")) == "relative_card"
    declared(hamlet, alone, hamlet.signature("B"))
    with hamlet.village.read() as session:
        assert related(session, hamlet.people["A"], hamlet.people["B"])
    pair = hamlet.people["A"], hamlet.people["B"]
    assert desk.end(hamlet.village, hamlet.officer("Y"), *pair, new_touch_id()) == ()
    with hamlet.village.read() as session:
        assert not related(session, hamlet.people["A"], hamlet.people["B"])
    assert misfits(hamlet) == []


def test_a_relative_who_decides_stands_aside_at_once(hamlet: Hamlet) -> None:
    case = hamlet.hand_in("A", "A", "help").case_id
    pair = hamlet.people["A"], hamlet.people["Y"]
    desk.declare(hamlet.village, hamlet.officer("Z"), *pair, new_touch_id())
    with hamlet.village.read() as session:
        found = hamlet.case(case)
        assert why_involved(session, found, hamlet.people["Y"], home_of(hamlet, "Y"))


def test_an_officer_cannot_end_what_keeps_themselves_from_deciding(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    pair = hamlet.people["A"], hamlet.people["Y"]
    mine = hamlet.officer("Y")
    desk.declare(hamlet.village, mine, *pair, new_touch_id())
    end = (desk.end, hamlet.village, mine, *pair, new_touch_id())
    assert refused(*end) == "life_own_family"


@pytest.mark.parametrize(("pair", "code"), [("AA", "relative_is_self"), ("Aa", "relative_at_home")])
def test_nobody_is_their_own_relative_and_one_household_needs_no_saying(
    sqlite_hamlet: Hamlet, refused: Code, pair: str, code: str
) -> None:
    hamlet = sqlite_hamlet
    two = (hamlet.people[each] for each in pair)
    say = (desk.declare, hamlet.village, hamlet.officer("Z"), *two, new_touch_id())
    assert refused(*say) == code


def test_who_is_away_is_shown_as_that(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    happens(hamlet, plan(hamlet, "away", "A", "A"))
    home = home_of(hamlet, "A")
    opened = desk.open_household(hamlet.village, clerk(hamlet), home, "life_event")
    assert [(each.away, each.takes_part) for each in opened.members] == [
        (True, False),
        (False, True),
    ]


def test_a_card_finds_its_household_and_a_replaced_one_nobodys(
    hamlet: Hamlet, refused: Code
) -> None:
    session = clerk(hamlet)
    first = grants.issue_card(hamlet.village, session, hamlet.people["A"])
    found = desk.household_of_card(hamlet.village, session, first.token_text)
    assert found == home_of(hamlet, "A")
    grants.issue_card(hamlet.village, session, hamlet.people["A"])
    by_card = (desk.household_of_card, hamlet.village)
    assert refused(*by_card, session, first.token_text) == "card_of_nobody"
    assert refused(*by_card, session, first.number) == "card_unreadable"
    assert refused(*by_card, hamlet.sign("B"), first.token_text) == "not_allowed"


def test_past_cases_show_deeds_and_of_concerns_what_this_officer_decides(
    hamlet: Hamlet, refused: Code
) -> None:
    deed = hamlet.approved_deed("A")
    concern = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", concern)
    before = past_cases.past_cases(hamlet.village, hamlet.officer("Z"), hamlet.people["A"])
    assert {each.case_id for each in before} == {deed, concern}
    hamlet.decide("Y", concern)
    hamlet.countersign("Z", concern)
    hamlet.add("V")
    for letter, known in (("Y", {deed, concern}), ("V", {deed})):
        officer = hamlet.officer(letter)
        shown = past_cases.past_cases(hamlet.village, officer, hamlet.people["A"])
        assert {each.case_id for each in shown} == known
    looks = views.views_of(hamlet.village, hamlet.sign("A"))
    assert (looks[0].viewer_name, looks[0].purpose) == ("林V", "answer_question")
    asked = (past_cases.past_cases, hamlet.village)
    assert refused(*asked, clerk(hamlet), hamlet.people["A"]) == "not_allowed"
    assert refused(*asked, hamlet.officer("a"), hamlet.people["A"]) == "life_own_family"
