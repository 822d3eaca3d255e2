"""A household splits by touch: who goes, behind which door, and under which head; then it is so."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.models.register import Household, Resident
from kiosk.services.households import events
from kiosk.services.register.people import related
from tests.journeys.album import Album
from tests.journeys.hall import (
    SMALL_SCREEN,
    Hall,
    at_the_register,
    end_session,
    every_paper_proves_the_log,
    sign_in,
    slip_in_sight,
    slips_of,
    tap,
)
from tests.ui.touch import see, until, write

STAYS, GOES = "林春生", "林小梅"
CLERK, DOOR = "解小燕", "东街12号乙"


def test_a_split_from_the_desk_to_two_doors(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album, clock: SettableClock
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    at_the_register(stage, hall, CLERK, STAYS, album)
    tap(stage, "register.happens.split")
    tap(stage, place_of(stage, GOES))
    album.step(stage, "who-goes")
    tap(stage, "register.next")
    until(lambda: see(stage.window, "register.door.input"), "the door")
    write(stage.window, "register.door.input", DOOR)
    album.step(stage, "behind-which-door")
    tap(stage, "register.next")
    until(lambda: see(stage.window, "register.changes"), "what changes")
    album.step(stage, "what-changes-and-what-does-not")
    tap(stage, "register.write")
    until(lambda: see(stage.window, "register.done"), "that it is written down")
    album.step(stage, "written-down")
    end_session(stage)

    clock.advance(minutes=10)
    assert events.carry_out_due(hall.village) == 1
    assert (door_of(hall, STAYS), door_of(hall, GOES)) == ("东街12", "东街12号乙")
    with hall.village.read() as session:
        assert related(session, hall.resident(STAYS), hall.resident(GOES))
    tap(stage, "staff")
    sign_in(stage, hall.cards[CLERK])
    tap(stage, "staff.register")
    tap(stage, "register.doctor")
    until(lambda: see(stage.window, "doctor.row.0"), "what cannot be right")
    album.step(stage, "what-cannot-be-right")
    tap(stage, "doctor.print")
    slip_in_sight(stage)
    album.step(stage, "what-to-ask")
    end_session(stage)
    every_paper_proves_the_log(hall, slips_of(hall))


def place_of(stage: MainWindow, name: str) -> str:
    def found() -> str:
        for index in range(4):
            item = see(stage.window, f"register.who.{index}")
            if item is not None and item.property("text") == name:
                return f"register.who.{index}"
        return ""

    return str(until(found, name))


def door_of(hall: Hall, name: str) -> str:
    with hall.village.read() as session:
        home = session.scalars(select(Household).join(Resident).where(Resident.name == name)).one()
        return f"{home.lane}{home.number}"
