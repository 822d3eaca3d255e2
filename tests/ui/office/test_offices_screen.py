"""Offices at the kiosk: given, ended and opened with a second officer's card and PIN."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.access import offices
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.ui.neighbours import CLERK, OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.touch import see, settle, tap, until, write
from tests.worlds.kept import grown

NEWCOMER = "林春生"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle(NEWCOMER)
    neighbours.card_for(NEWCOMER)


def come_to_the_offices(stage: MainWindow, lane: Neighbours, who: str = OFFICER) -> None:
    stage.kiosk.begin_session(lane.signed_in(who, official=True))
    stage.kiosk.open("offices")
    until(lambda: see(stage.window, "offices.0"), "the offices")


def enter(stage: MainWindow, digits: str) -> None:
    """Tap a number on the pad."""
    for digit in digits:
        tap(stage.window, f"pad.{digit}")


def sign(stage: MainWindow, lane: Neighbours, who: str) -> None:
    """An officer holds up their card, and types the PIN."""
    card = lane.cards[who]
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    enter(stage, card.pin)


def row_of(stage: MainWindow, name: str, what: str) -> str:
    """The name of a button in the row of somebody."""
    for place in range(12):
        row = see(stage.window, f"offices.{place}")
        if row is not None and row.property("text") == name:
            return f"offices.{what}.{place}"
    raise AssertionError(f"no row of {name}")


def test_somebody_is_appointed_with_the_second_officers_card_and_pin(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_offices(stage, lane)
    tap(stage.window, "offices.appoint")
    until(lambda: see(stage.window, "offices.search.input"), "the search")
    write(stage.window, "offices.search.input", NEWCOMER)
    until(lambda: see(stage.window, "offices.person.0"), "who was found")
    tap(stage.window, "offices.person.0")
    until(lambda: see(stage.window, "offices.role.1"), "the offices to choose from")
    tap(stage.window, "offices.role.1")
    until(lambda: see(stage.window, "offices.reason.0"), "the reasons")
    tap(stage.window, "offices.reason.0")
    today = lane.today.isoformat()
    until(lambda: see(stage.window, f"offices.day.{today}"), "the days")
    tap(stage.window, f"offices.day.{today}")
    until(lambda: see(stage.window, "offices.until.3"), "for how long")
    tap(stage.window, "offices.until.3")
    summary = until(lambda: see(stage.window, "offices.summary"), "what is agreed to")
    assert NEWCOMER in summary.property("text")
    assert stage.kiosk.text("access.role_clerk") in summary.property("text")

    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it is done")
    said = ledger_of(lane.village, "role_granted")[-1]
    assert (said["by"], said["second"]) == (
        lane.people[OFFICER],
        lane.people[SECOND_OFFICER],
    )
    assert (said["role"], said["assembly"]) == ("clerk", today)
    tap(stage.window, "offices.to_list")
    until(lambda: row_of(stage, NEWCOMER, "vouch"), "the newcomer's row")


def test_the_page_says_that_the_officers_are_of_too_few_households(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_offices(stage, lane)
    told = until(lambda: see(stage.window, "offices.too_few"), "the notice")
    assert told.property("heading") == stage.kiosk.text("offices.few_homes", 2)
    lane.appoint(NEWCOMER, "officer")
    come_to_the_offices(stage, lane)
    until(lambda: see(stage.window, "offices.too_few") is None, "that there are enough")


def test_one_officer_cannot_sign_twice_and_is_told_to_call_another(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_offices(stage, lane)
    tap(stage.window, row_of(stage, CLERK, "end"))
    until(lambda: see(stage.window, "offices.reason.0"), "the reasons")
    tap(stage.window, "offices.reason.0")
    until(lambda: see(stage.window, f"offices.day.{lane.today}"), "the days")
    tap(stage.window, f"offices.day.{lane.today}")
    sign(stage, lane, OFFICER)
    until(lambda: see(stage.window, "number_pad.1") or see(stage.window, "card_number"))
    assert stage.kiosk.text("error.second_officer")
    assert ledger_of(lane.village, "role_ended") == []
    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it is done")
    assert ledger_of(lane.village, "role_ended")[-1]["resident"] == lane.people[CLERK]


def test_a_new_card_opens_an_office_after_another_officer_vouched_for_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    anew = lane.card_for(SECOND_OFFICER)
    stage.kiosk.open("sign_in", {"official": True, "card": anew.token_text})
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    enter(stage, anew.pin)
    until(lambda: not stage.kiosk.official and see(stage.window, "other_card"))
    assert not stage.kiosk.signedIn

    come_to_the_offices(stage, lane)
    tap(stage.window, row_of(stage, SECOND_OFFICER, "vouch"))
    until(lambda: see(stage.window, "card_number"), "the card's page")
    sign(stage, lane, OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it is done")
    settle()
    assert lane.at_work(SECOND_OFFICER)
    waits = [each.card for each in offices.offices(lane.village, lane.at_work(OFFICER))]
    assert "waits" not in waits


def test_an_officer_lays_down_their_own_office_without_being_asked_why(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_the_offices(stage, lane)
    tap(stage.window, row_of(stage, OFFICER, "end"))
    until(lambda: see(stage.window, f"offices.day.{lane.today}"), "the days")
    tap(stage.window, f"offices.day.{lane.today}")
    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it is done")
    assert ledger_of(lane.village, "role_ended")[-1]["reason"] == "resigned"
    tap(stage.window, "offices.to_list")
    until(lambda: stage.kiosk.property("screenName") == "home", "the start")


def test_an_officer_rests_and_is_brought_back(stage: MainWindow, lane: Neighbours) -> None:
    come_to_the_offices(stage, lane)
    tap(stage.window, row_of(stage, CLERK, "pause"))
    until(lambda: see(stage.window, "offices.reason.0"), "the reasons")
    tap(stage.window, "offices.reason.0")
    for _ in ("first", "last"):
        until(lambda: see(stage.window, f"offices.day.{lane.today}"), "the days")
        tap(stage.window, f"offices.day.{lane.today}")
    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it rests")
    assert ledger_of(lane.village, "office_paused")[-1]["reason"] == "ill"
    tap(stage.window, "offices.to_list")
    until(lambda: see(stage.window, "offices.appoint"), "the list")
    tap(stage.window, row_of(stage, CLERK, "return"))
    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "offices.done"), "that it goes on")
    assert ledger_of(lane.village, "office_back")
