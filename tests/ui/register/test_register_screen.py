"""The register desk by touch: find a household, open it, write down what happens, take it back."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.app import MainWindow
from kiosk.core.card_token import new_card_token
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access import views
from kiosk.services.households import desk, doctor, events
from kiosk.services.households.plans import Plan
from kiosk.services.register import people
from kiosk.services.register.entries import person_changed
from kiosk.services.register.search import search
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.access.entries import ledger_of
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import at_rest, see, tap, texts, until, write
from tests.worlds.kept import grown

FATHER, MOTHER, SON, AUNT = "林春生", "李秀兰", "林小满", "林桂花"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.a_family_and_an_aunt)


def come_to_the_desk(stage: MainWindow, lane: Neighbours, who: str = CLERK) -> None:
    stage.kiosk.begin_session(lane.signed_in(who, official=True))
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


def test_a_card_before_the_scanner_finds_the_household_and_names_nobody_before_a_purpose(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane)
    stage.kiosk.card_scanned(lane.cards[FATHER].token_text)
    until(lambda: see(stage.window, "register.purpose.0"), "the purposes")
    assert not any(FATHER in text for text in texts(stage.window))
    tap(stage.window, "register.purpose.1")
    until(lambda: see(stage.window, "register.member.0"), "who lives there")
    newest = views.views_of(lane.village, lane.at_home(FATHER))[0]
    assert newest.purpose == desk.PURPOSES[1]


def test_a_strange_card_is_said_to_be_none_of_the_village(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane)
    stage.kiosk.card_scanned(new_card_token())
    is_said(stage, "card_of_nobody")


def test_somebody_moves_away_and_is_found_no_more(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "move_out")
    until(lambda: see(stage.window, "register.who.1"), "who lives there")
    tap(stage.window, "register.who.1")
    tap(stage.window, "register.next")
    agreed_by_another(stage, lane)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert search(lane.village, MOTHER).rows == ()
    assert search(lane.village, FATHER).rows != ()


def test_two_households_become_one_under_the_head_that_was_chosen(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    begin(stage, "merge")
    until(lambda: see(stage.window, "there.search.input"), "the field")
    assert not see(stage.window, "register.to_door")
    write(stage.window, "there.search.input", AUNT)
    until(lambda: see(stage.window, "there.household.0"), "the household")
    tap(stage.window, "there.household.0")
    until(lambda: see(stage.window, "register.head.0"), "who could be head")
    tap(stage.window, "register.head.0")
    write_down(stage)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert len({household_of(lane, name) for name in (FATHER, MOTHER, AUNT)}) == 1


def test_who_was_written_down_as_dead_is_put_right_by_two_officials(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage, AUNT)
    begin(stage, "death")
    until(lambda: see(stage.window, "register.who.0"), "who lives there")
    tap(stage.window, "register.who.0")
    agreed_by_another(stage, lane)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    come_to_the_desk(stage, lane)  # the session before has ended meanwhile
    until(lambda: see(stage.window, "register.open.0"), "the household that nobody finds")
    tap(stage.window, "register.open.0")
    until(lambda: see(stage.window, "register.purpose.0"), "the purposes")
    tap(stage.window, "register.purpose.0")
    until(lambda: see(stage.window, "register.mends.still_here"), "what is written wrongly")
    at_rest(stage)
    tap(stage.window, "register.mends.still_here")
    until(lambda: see(stage.window, "register.who.0"), "the day that is left")
    tap(stage.window, "register.who.0")
    until(lambda: see(stage.window, "register.name.input"), "the name")
    write(stage.window, "register.name.input", AUNT)
    write(stage.window, "register.born.input", "1960-02-01")
    tap(stage.window, "register.next")
    agreed_by_another(stage, lane)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    assert [row.name for row in search(lane.village, AUNT).rows] == [AUNT]


def test_a_wrong_day_of_birth_is_asked_for_without_the_name(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    come_to_the_desk(stage, lane)
    open_household(stage)
    tap(stage.window, "register.mends.birthday")
    until(lambda: see(stage.window, "register.who.0"), "who lives there")
    tap(stage.window, "register.who.0")
    until(lambda: see(stage.window, "register.born.input"), "the day")
    assert not see(stage.window, "register.name.input")
    write(stage.window, "register.born.input", "1957-04-05")
    tap(stage.window, "register.next")
    write_down(stage)
    clock.advance(minutes=10)
    assert events.carry_out_due(lane.village) == 1
    with lane.village.read() as session:
        assert session.get_one(Resident, lane.people[FATHER]).born_on == date(1957, 4, 5)


def test_an_officer_sees_past_cases_and_the_person_sees_that_they_looked(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_desk(stage, lane, OFFICER)
    open_household(stage)
    tap(stage.window, "register.cases.0")
    shown = stage.kiosk.text("register.no_cases")
    until(lambda: shown in texts(stage.window), "that there are none")
    newest = views.views_of(lane.village, lane.at_home(FATHER))[0]
    assert (newest.viewer_name, newest.purpose) == (OFFICER, "answer_question")
    tap(stage.window, "back")
    until(lambda: see(stage.window, "register.member.0"), "the household")


def agreed_by_another(stage: MainWindow, lane: Neighbours) -> None:
    """What would change is read, and an officer of another household agrees with card and PIN."""
    until(lambda: see(stage.window, "register.changes"), "what changes")
    tap(stage.window, "register.write")
    until(lambda: see(stage.window, "card_number"), "the card's page")
    at_rest(stage)
    card = lane.cards[OFFICER]
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    for digit in card.pin:
        tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "register.done"), "that it is written down")
    at_rest(stage)


def test_what_cannot_be_right_leads_to_its_household_and_is_printed(
    stage: MainWindow, lane: Neighbours
) -> None:
    with writing(lane.village) as work:
        child = work.session.get_one(Resident, lane.people[AUNT])
        child.born_on = lane.today.replace(year=lane.today.year - 10)
        person_changed(work, child, lane.people[CLERK])
    come_to_the_desk(stage, lane)
    tap(stage.window, "register.doctor")
    until(lambda: see(stage.window, "doctor.row.0"), "what was found")
    assert not any(AUNT in text for text in texts(stage.window))
    place = doctor_row(stage, lane)
    tap(stage.window, "doctor.print")
    until(lambda: see(stage.window, "paper.state"), "the paper")
    at_rest(stage)
    tap(stage.window, place)
    until(lambda: see(stage.window, "register.purpose.2"), "the purposes")
    tap(stage.window, "register.purpose.2")
    until(lambda: see(stage.window, "register.mends.birthday"), "what puts it right")


def doctor_row(stage: MainWindow, lane: Neighbours) -> str:
    """Where the list has the aunt's household, in which nobody is of age."""
    told = doctor.examine(lane.village, lane.at_work(CLERK))
    home = household_of(lane, AUNT)
    place = [(each.code, each.household_id) for each in told].index(("no_adult", home))
    return f"doctor.row.{place}"
