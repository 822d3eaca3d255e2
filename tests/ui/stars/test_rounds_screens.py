"""A round by touch: an officer opens and draws it, a neighbour looks, a household has its say."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.access import sessions
from kiosk.services.consent import consents
from kiosk.services.enrolment import explanation
from kiosk.services.stars import rubrics
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.stars.street import GOOD, MIDDLING, Street, begun
from tests.ui.touch import at_rest, see, tap, texts, until
from tests.worlds.kept import grown


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def come(stage: MainWindow, street: Street, resident_id: int, screen: str, *roles: str) -> None:
    session_id = street.open_session(resident_id, *roles)
    with writing(street.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open(screen)


def test_an_inspector_enters_what_was_seen_with_few_taps(stage: MainWindow, drawn: Street) -> None:
    seat = drawn.seats("A")[0]
    come(stage, drawn, seat.resident_id, "visits")
    until(lambda: see(stage.window, "visits.0"), "the visits")
    place = next(n for n in range(9) if "Aa弄" in _row(stage, n))
    tap(stage.window, f"visits.{place}")
    for dimension in ("courtyard", "rules", "recycling"):
        tap(stage.window, f"score.all.{dimension}")
    item = rubrics.rubric(rubrics.CURRENT, "home").of("courtyard")[0].key
    tap(stage.window, f"score.{item}.no")
    tap(stage.window, "visits.hand_in")
    until(lambda: see(stage.window, "visits.done"), "that it is in")
    with drawn.village.read() as session:
        found = session.get_one(VisitSeat, (seat.visit_id, seat.number))
        assert found.answers[item] == "no"
        assert list(found.answers.values()).count("yes") == len(found.answers) - 1


def _row(stage: MainWindow, place: int) -> str:
    row = see(stage.window, f"visits.{place}")
    return str(row.property("text")) if row else ""


def test_a_household_reads_why_and_agrees(stage: MainWindow, drawn: Street) -> None:
    drawn.score("B", GOOD, GOOD)
    come(stage, drawn, drawn.people["B"], "my_household")
    until(lambda: see(stage.window, "household.agree"), "what was seen")
    tap(stage.window, "household.courtyard")
    first = rubrics.rubric(rubrics.CURRENT, "home").of("courtyard")[0].text["zh"]
    until(lambda: first in texts(stage.window), "item by item why")
    assert drawn.rated("B") == {}
    assert texts(stage.window).count("这次看到的，还没算数") == 3
    assert "现在没有评，不等于低" in texts(stage.window)
    tap(stage.window, "household.agree")
    until(lambda: see(stage.window, "household.agree") is None, "that it is in effect")
    assert "这次看到的，还没算数" not in texts(stage.window)
    assert drawn.rated("B")["courtyard"] == 5


def test_a_household_asks_for_a_new_look_with_one_tap(stage: MainWindow, drawn: Street) -> None:
    drawn.score("B", MIDDLING, MIDDLING)
    come(stage, drawn, drawn.people["B"], "my_household")
    until(lambda: see(stage.window, "household.again"), "what was seen")
    at_rest(stage)
    tap(stage.window, "household.again")
    until(lambda: see(stage.window, "household.again") is None, "that it is asked for")
    with drawn.village.read() as session:
        visit = session.get_one(Visit, drawn.visit("B").id)
        assert (visit.look, visit.state) == (2, "open")


def test_an_officer_sees_counts_and_closes_knowing_what_is_missing(
    stage: MainWindow, drawn: Street
) -> None:
    come(stage, drawn, drawn.people["Y"], "rounds", "officer")
    tap(stage.window, "rounds.close")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "rounds.close") is None, "that it is closed")
    with drawn.village.read() as session:
        assert session.query(VisitRound).one().closed_at is not None


def test_an_adult_agrees_to_the_sign_and_takes_it_down_on_the_page_of_their_household(
    stage: MainWindow, drawn: Street
) -> None:
    clerk = drawn.sign("Z", "clerk")
    person = drawn.people["B"]
    explanation.talk(drawn.village, clerk, person, True, explanation.UNDERSTOOD, new_touch_id())
    come(stage, drawn, person, "my_household")
    tap(stage.window, "household.sign_on")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "household.sign_off"), "that they agreed")
    assert _agreed(drawn, person)
    tap(stage.window, "household.sign_off")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "household.sign_on"), "that it is taken down")
    assert not _agreed(drawn, person)


def _agreed(street: Street, person: int) -> bool:
    with street.village.read() as session:
        return consents.standing_consent(session, person, "household_sign") is not None
