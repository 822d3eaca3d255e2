"""A household's way by touch, from its own look to the sign at its door, and two inspectors' on it.

How many taps a sheet takes is counted: five where all is in order, one more for what is not.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.models.rounds import Visit, VisitSeat
from kiosk.services.access import grants
from kiosk.services.access.offices import Signature
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.stars import rounds, rubrics
from tests.journeys.album import Album
from tests.journeys.hall import (
    SMALL_SCREEN,
    Hall,
    end_session,
    screen,
    sign_in,
    tap,
    verified_apart,
)
from tests.ui.touch import see, until, write
from tests.worlds import stars
from tests.worlds.builder import Builder

HOME, DOOR = "李秀兰", "东街8"
FIRST, SECOND, CLERK = "周根土", "王建国", "解小燕"
ALL_IN_ORDER = tuple(f"score.all.{each}" for each in ("courtyard", "rules", "recycling"))
NOT_THERE = rubrics.rubric(rubrics.CURRENT, "home").of("courtyard")[0].key


def test_a_star_round_from_a_households_own_look_to_its_sign(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album, clock: SettableClock
) -> None:
    clock.advance(days=45)
    drawn(hall)
    stage = open_stage(**SMALL_SCREEN)

    # The household looks at itself, by the list that the inspectors have.
    at_home(stage, hall, "open_household")
    album.step(stage, "inspectors-will-come")
    tap(stage, "household.look")
    assert entered(stage, (), album, "our-own-look") == 4
    end_session(stage)

    # Two who were drawn look, each for themselves; one finds a thing that is not in order.
    for place, inspector in enumerate(inspectors_of(hall)):
        to_the_walk(stage, hall, inspector)
        if place == 0:
            album.step(stage, "the-walk")
        row = until(lambda: row_of(stage), "the household")
        tap(stage, str(row))
        pictures = album if place == 0 else None
        seen = (NOT_THERE,) if place == 0 else ()
        assert 1 + entered(stage, seen, pictures, "what-an-inspector-saw") == 5 + len(seen)
        end_session(stage)

    # It reads why, agrees, and agrees to a sign.
    at_home(stage, hall, "open_told")
    until(lambda: see(stage.window, "household.agree"), "what was seen")
    album.step(stage, "what-was-seen")
    tap(stage, "household.courtyard")
    album.step(stage, "item-by-item-why")
    tap(stage, "household.agree")
    until(lambda: see(stage.window, "household.agree") is None, "that it counts")
    tap(stage, "household.sign_on")
    album.step(stage, "a-sign-is-agreed-to")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "household.sign_off"), "that they agreed")
    album.step(stage, "it-counts")
    end_session(stage)

    # The clerk prints the sign.
    tap(stage, "staff")
    sign_in(stage, hall.cards[CLERK])
    tap(stage, "staff.signs")
    write(stage.window, "signs.search", DOOR)
    tap(stage, "signs.household.0")
    until(lambda: see(stage.window, "signs.preview"), "the preview")
    album.step(stage, "the-new-sign")
    tap(stage, "signs.print")
    until(lambda: see(stage.window, "signs.serial"), "the serial")
    end_session(stage)
    sign = hall.paper("door_sign")
    assert check_paper(hall.village, hall.qr_of(sign)).verdict == "genuine"
    assert verify_village(hall.village).consistent
    assert verified_apart(hall, [hall.qr_of(sign)]) == 0


def drawn(hall: Hall) -> None:
    """A round is opened by two officers; the three of a lane of their own inspect."""
    officer = hall.session(FIRST)
    signature = Signature(*hall.cards[SECOND])
    of = rounds.open_round(hall.village, officer, 2027, 1, signature, new_touch_id())
    with hall.village.read() as session:
        ours = session.scalars(select(Resident).where(Resident.name.like("评%")))
        people = {each.id: each.name for each in ours}
    stars.volunteer(Builder(hall.village), of, list(people))
    rounds.draw(hall.village, officer, of, new_touch_id())
    for number, name in people.items():
        card = grants.issue_card(hall.village, hall.session(CLERK), number)
        hall.cards[name] = (card.number, card.pin)


def inspectors_of(hall: Hall) -> list[str]:
    """Who was drawn for the household, in the order of the seats."""
    home = hall.resident(HOME)
    with hall.village.read() as session:
        house = session.get_one(Resident, home).household_id
        seats = (
            select(Resident.name)
            .join(VisitSeat, VisitSeat.resident_id == Resident.id)
            .join(Visit, Visit.id == VisitSeat.visit_id)
            .where(Visit.household_id == house, Visit.state == "open", VisitSeat.number > 0)
            .order_by(VisitSeat.number)
        )
        return list(session.scalars(seats))


def at_home(stage: MainWindow, hall: Hall, button: str) -> None:
    """Somebody of the household is on its page."""
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[HOME])
    screen(stage, "my_record")
    tap(stage, button)
    screen(stage, "my_household")


def to_the_walk(stage: MainWindow, hall: Hall, inspector: str) -> None:
    """An inspector's households; officers come to theirs from the round's page."""
    official = inspector in (FIRST, SECOND)
    tap(stage, "staff" if official else "tile.my_record")
    sign_in(stage, hall.cards[inspector])
    for each in ("staff.rounds", "rounds.mine") if official else ("open_visits",):
        tap(stage, each)
    screen(stage, "visits")


def row_of(stage: MainWindow) -> str:
    """The household's line in the walk."""
    for place in range(20):
        row = see(stage.window, f"visits.{place}")
        if row is not None and DOOR in str(row.property("text")):
            return f"visits.{place}"
    return ""


def entered(stage: MainWindow, missing: tuple[str, ...], album: Album | None, name: str) -> int:
    """Enter what was seen; by how many taps."""
    taps = [*ALL_IN_ORDER, *(f"score.{each}.no" for each in missing)]
    for each in taps:
        tap(stage, each)
    if album is not None:
        album.step(stage, name)
    tap(stage, "visits.hand_in")
    until(lambda: see(stage.window, "visits.done"), "that it is in")
    return len(taps) + 1
