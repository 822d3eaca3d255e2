"""The register desk by touch: find a household, open it, write down what happens, take it back."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access import sessions, views
from kiosk.services.households import desk, events
from kiosk.services.households.plans import Plan
from kiosk.services.register import people
from kiosk.services.register.search import search
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import at_rest, see, tap, texts, until, write
from tests.worlds.kept import grown

FATHER, MOTHER, SON, AUNT = "林春生", "李秀兰", "林小满", "林桂花"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join(FATHER)
    neighbours.join(MOTHER)
    neighbours.settle(AUNT, "新街", "7")


def come_to_the_desk(stage: MainWindow, lane: Neighbours, who: str = CLERK) -> None:
    card = lane.cards[who]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin, official=True))
    stage.kiosk.open("register")
    until(lambda: see(stage.window, "register.search.input"), "the field")


def open_household(stage: MainWindow, who: str = FATHER) -> None:
    write(stage.window, "register.search.input", who)
    until(lambda: see(stage.window, "register.household.0"), "the household")
    tap(stage.window, "register.household.0")
    until(lambda: see(stage.window, "register.purpose.0"), "the purposes")
    tap(stage.window, "register.purpose.0")
    until(lambda: see(stage.window, "register.member.0"), "who lives there")
    at_rest(stage)


def begin(stage: MainWindow, kind: str) -> None:
    tap(stage.window, f"register.happens.{kind}")


def write_down(stage: MainWindow) -> None:
    until(lambda: see(stage.window, "register.changes"), "what changes")
    tap(stage.window, "register.write")
    until(lambda: see(stage.window, "register.done"), "that it is written down")


def is_said(stage: MainWindow, code: str) -> None:
    said = stage.kiosk.text(f"error.{code}")
    until(lambda: said in texts(stage.window), f"the sentence of {code}")


def household_of(lane: Neighbours, name: str) -> int:
    with lane.village.read() as session:
        return session.get_one(Resident, lane.people[name]).household_id


def test_a_birth_is_written_down_and_takes_effect_after_ten_minutes(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "birth")
    until(lambda: see(stage.window, "register.name.input"), "the name")
    write(stage.window, "register.name.input", SON)
    write(stage.window, "register.born.input", lane.today.isoformat())
    tap(stage.window, "register.next")
    write_down(stage)
    tap(stage.window, "register.to_list")
    until(lambda: see(stage.window, "register.waits.0"), "what waits")
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert [row.name for row in search(lane.village, SON).rows] == [SON]


def test_everybody_who_lives_there_sees_who_opened_the_household_and_why(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    for name in (FATHER, MOTHER):
        newest = views.views_of(lane.village, lane.at_home(name))[0]
        assert (newest.viewer_name, newest.purpose) == (CLERK, desk.PURPOSES[0])


def test_what_was_written_down_is_taken_back_on_the_same_page(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "move")
    until(lambda: see(stage.window, "register.who.0"), "who lives there")
    tap(stage.window, "register.who.0")
    tap(stage.window, "register.next")
    until(lambda: see(stage.window, "there.search.input"), "the field")
    write(stage.window, "there.search.input", AUNT)
    until(lambda: see(stage.window, "there.household.0"), "the household")
    tap(stage.window, "there.household.0")
    write_down(stage)
    tap(stage.window, "register.take_back")
    until(lambda: see(stage.window, "register.search.input"), "the desk")
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 0
    assert household_of(lane, FATHER) == household_of(lane, MOTHER)


def test_a_household_splits_and_the_new_one_has_a_door_of_its_own(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "split")
    until(lambda: see(stage.window, "register.who.1"), "who lives there")
    tap(stage.window, "register.who.1")
    tap(stage.window, "register.next")
    until(lambda: see(stage.window, "register.door.input"), "the door")
    write(stage.window, "register.door.input", "新街9号")
    tap(stage.window, "register.next")
    write_down(stage)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert household_of(lane, FATHER) != household_of(lane, MOTHER)


def test_a_death_asks_another_officer_for_card_and_pin(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "death")
    until(lambda: see(stage.window, "register.who.0"), "who lives there")
    tap(stage.window, "register.who.0")
    until(lambda: see(stage.window, "register.changes"), "what changes")
    tap(stage.window, "register.write")
    until(lambda: see(stage.window, "card_number"), "the card's page")
    card = lane.cards[OFFICER]
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    for digit in card.pin:
        tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "register.done"), "that it is written down")
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert search(lane.village, FATHER).rows == ()
    assert ledger_of(lane.village, "life_event")[-1]["second"] == lane.people[OFFICER]


def test_a_birth_that_lies_ahead_is_said_on_the_page_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "birth")
    until(lambda: see(stage.window, "register.name.input"), "the name")
    write(stage.window, "register.name.input", SON)
    write(stage.window, "register.born.input", "2099-01-01")
    tap(stage.window, "register.next")
    is_said(stage, "life_birth_future")
    name = see(stage.window, "register.name.input")
    assert name is not None
    assert name.property("text") == SON


def test_an_officer_writes_relatives_down_and_they_do_not_decide_from_then_on(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane, OFFICER)
    open_household(stage)
    tap(stage.window, "register.add_kin")
    until(lambda: see(stage.window, "register.kin_who.0"), "who lives there")
    tap(stage.window, "register.kin_who.0")
    until(lambda: see(stage.window, "whom.search.input"), "the field")
    write(stage.window, "whom.search.input", AUNT)
    until(lambda: see(stage.window, "whom.person.0"), "who was found")
    tap(stage.window, "whom.person.0")
    until(lambda: see(stage.window, "register.relative.0"), "the relatives")
    at_rest(stage)
    with lane.village.read() as session:
        assert people.related(session, lane.people[FATHER], lane.people[AUNT])
    tap(stage.window, "register.end_kin.0")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    tap(stage.window, "dialog.yes")
    until(lambda: not see(stage.window, "register.relative.0"), "that it ended")
    with lane.village.read() as session:
        assert not people.related(session, lane.people[FATHER], lane.people[AUNT])


def test_a_clerk_asks_one_of_two_relatives_for_card_and_pin(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    tap(stage.window, "register.add_kin")
    until(lambda: see(stage.window, "register.kin_who.0"), "who lives there")
    tap(stage.window, "register.kin_who.0")
    until(lambda: see(stage.window, "whom.search.input"), "the field")
    write(stage.window, "whom.search.input", AUNT)
    until(lambda: see(stage.window, "whom.person.0"), "who was found")
    tap(stage.window, "whom.person.0")
    for who, code in ((OFFICER, "relative_card"), (FATHER, "")):
        until(lambda: see(stage.window, "card_number"), "the card's page")
        at_rest(stage)
        card = lane.cards[who]
        stage.kiosk.card_scanned(card.token_text)
        until(lambda: see(stage.window, "card_label"), "the PIN's page")
        for digit in card.pin:
            tap(stage.window, f"pad.{digit}")
        if code:
            is_said(stage, code)
    until(lambda: see(stage.window, "register.relative.0"), "the relatives")
    with lane.village.read() as session:
        assert people.related(session, lane.people[FATHER], lane.people[AUNT])


def test_what_waits_at_the_desk_is_taken_back_from_the_list(
    stage: MainWindow, lane: Neighbours
) -> None:
    session = lane.at_work(CLERK)
    home = household_of(lane, FATHER)
    born = Plan(kind="birth", household_id=home, name=SON, born_on=lane.today.isoformat())
    plan = events.preview(lane.village, session, born).plan
    events.write_down(lane.village, session, plan, new_touch_id())
    come_to_the_desk(stage, lane)
    until(lambda: see(stage.window, "register.take_back.0"), "what waits")
    tap(stage.window, "register.take_back.0")
    until(lambda: not see(stage.window, "register.take_back.0"), "that it is taken back")
    assert events.carry_out_due(lane.village) == 0
