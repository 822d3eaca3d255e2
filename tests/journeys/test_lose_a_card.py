"""A card is lost and replaced by touch: the old one stops at once, the new one gets its PIN alone.

At the end the holder signs in with the new card and sees who did what.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from kiosk.core.errors import ExpectedError
from kiosk.services.access import sessions, views
from kiosk.services.audit.tables import verify_village
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, end_session, enter, screen, sign_in, tap
from tests.ui.enrolment.steps import pin_under, type_into
from tests.ui.touch import see, until, write

HOLDER, CLERK = "李秀兰", "解小燕"


def test_a_lost_card_is_replaced_and_its_holder_sees_by_whom(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    report_it(stage, hall, album)
    with pytest.raises(ExpectedError, match="sign_in_refused"):
        sessions.sign_in(hall.village, *hall.cards[HOLDER])
    replace_it(stage, album)
    new = hall.qr_of(hall.paper("enrolment_card"))
    pin = its_pin(stage, new, album)
    session = sessions.sign_in(hall.village, new, pin)
    seen = {each.purpose for each in views.views_of(hall.village, session.id)}
    assert {"card_desk", "card_lost", "print_card"} <= seen
    assert verify_village(hall.village).consistent


def report_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """The clerk finds her, and the card opens nothing from that moment on."""
    tap(stage, "staff")
    sign_in(stage, hall.cards[CLERK])
    tap(stage, "staff.cards")
    write(stage.window, "cards.search.input", HOLDER)
    tap(stage, "cards.person.0")
    until(lambda: see(stage.window, "cards.way.lost"), "the card")
    album.step(stage, "how-the-card-stands")
    tap(stage, "cards.way.lost")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    album.step(stage, "asked-first")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "cards.way.found"), "that it is lost")
    album.step(stage, "stopped")


def replace_it(stage: MainWindow, album: Album) -> None:
    """A new card comes out of the printer, and the clerk signs out."""
    tap(stage, "cards.way.new")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "cards.done"), "the new card")
    until(lambda: see(stage.window, "paper.picture"), "the printed card")
    album.step(stage, "a-new-card")
    tap(stage, "cards.to_person")
    screen(stage, "home")


def its_pin(stage: MainWindow, card: str, album: Album) -> str:
    """She gets her PIN alone, tries it, and signs in."""
    stage.kiosk.card_scanned(card)
    until(lambda: see(stage.window, "first_pin.offer"), "the PIN that is offered")
    album.step(stage, "the-pin-is-hers")
    tap(stage, "first_pin.show")
    pin = pin_under(stage)
    tap(stage, "first_pin.remembered")
    type_into(stage, "first_pin.try_pad", pin)
    until(lambda: see(stage.window, "first_pin.done"), "the end")
    tap(stage, "first_pin.to_start")
    stage.kiosk.card_scanned(card)
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, pin)
    screen(stage, "my_record")
    stage.kiosk.open("record_views")
    until(lambda: see(stage.window, "view.0"), "who looked")
    album.step(stage, "who-did-what")
    end_session(stage)
    return pin
