"""How to get to the screens on which people see to their data, and clerks help them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.models.register import Resident
from kiosk.services.access import sessions
from kiosk.services.enrolment import new_card
from kiosk.services.my_data import corrections, erasure
from kiosk.services.printing import queue, spooler
from scripts.shot_stage import ShotStage

Go = Callable[[ShotStage], None]


def my_data(*taps: str) -> Go:
    """The data of the resident who signed in, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("main")
        stage.open("my_data")
        for name in taps:
            stage.tap(name)

    return go


def asked_to_leave(stage: ShotStage) -> None:
    """What whoever asked to leave is told at once."""
    _want_to_leave(stage, False)
    my_data("my_data.leave", "my_data.go", "dialog.yes")(stage)
    stage.item("my_data.left")


def told_to_leave(stage: ShotStage) -> None:
    """What they are told at each sign-in."""
    _want_to_leave(stage, True)
    stage.open("leaving")
    stage.item("leaving.wish")


def stays(stage: ShotStage) -> None:
    """They took it back."""
    told_to_leave(stage)
    stage.tap("leaving.stay")
    stage.item("leaving.stays")


def _want_to_leave(stage: ShotStage, wanted: bool) -> None:
    stage.sign_in("main")
    session = stage.stage.kiosk.session
    mine = session.id if session else ""
    (erasure.ask if wanted else erasure.stay)(stage.village, mine, new_touch_id())


def correction(*taps: str) -> Go:
    """A clerk's screen, on which somebody waits for a correction."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("main")
        session = stage.stage.kiosk.session
        mine = session.id if session else ""
        if not corrections.my_corrections(stage.village, mine):
            asked = "我是三月初二生的，写成三月初一了。"
            corrections.ask_correction(stage.village, mine, "born_on", asked, new_touch_id())
        stage.sign_in("clerk")
        stage.open("corrections")
        for name in taps:
            stage.tap(name)

    return go


def copy_printed(stage: ShotStage) -> None:
    """A copy of one's data, as it came out."""
    my_data("my_data.copy", "my_data.road.print")(stage)
    stage.item("my_data.paper")
    _print_all(stage)
    stage.item("paper.picture")


def slip_printed(stage: ShotStage) -> None:
    """The slip that fetches a copy onto a drive."""
    my_data("my_data.copy", "my_data.road.drive", "my_data.print_slip")(stage)
    stage.item("my_data.paper")
    _print_all(stage)
    stage.item("paper.picture")


def slip_held(stage: ShotStage) -> None:
    """The slip was held to the scanner."""
    slip_printed(stage)
    with stage.village.read() as session:
        newest = select(Checkpoint.note).order_by(Checkpoint.id.desc()).limit(1)
        note = session.scalars(newest).one()
    stage.stage.kiosk.note_scanned(note)
    stage.item("my_data.plug_in")


def copy_on_drive(stage: ShotStage) -> None:
    """Both files are on the drive."""
    drives = Path(stage.village.settings.drives)
    if not list(drives.glob("*")):  # else a picture of photographs has one in
        (drives / "CHUNSHENG").mkdir(parents=True)
    slip_held(stage)
    stage.tap("my_data.write")
    stage.item("my_data.written")


def _print_all(stage: ShotStage) -> None:
    while any(not job.over for job in queue.jobs(stage.village)):
        spooler.print_next(stage.village)


def enrolment(*taps: str) -> Go:
    """A clerk beside somebody who has not joined, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("clerk")
        stage.open("enrolment")
        stage.type("enrol.search.input", "欧阳小燕")
        stage.item("enrol.person.0")
        for name in ("enrol.person.0", *taps):
            if name == "enrol.listened":
                _go_through(stage)
            stage.tap(name)

    return go


def _go_through(stage: ShotStage) -> None:
    """Down to the end of the text: it is heard once all of it was on the screen."""
    button = stage.item("enrol.listened")
    page = button
    while not page.property("sight"):
        page = page.parentItem()

    for _ in range(40):
        QTest.qWait(400)  # the page looks at what is in sight a few times a second
        if button.property("enabled"):
            break
        further = page.property("scrolled") + 0.4 * page.property("sight")
        page.setProperty("scrolled", 0 if page.property("atEnd") else further)
    else:
        raise TimeoutError("the text does not come to its end")
    stage.wait()


def card_handed_over(stage: ShotStage) -> None:
    """A new card, and what the clerk does with it."""
    stage.sign_in("clerk")
    stage.open("enrolment")
    stage.type("enrol.search.input", "林春生")
    for name in ("enrol.person.0", "enrol.card_only", "dialog.yes"):
        stage.tap(name)
    stage.item("enrol.to_person")


def first_pin(stage: ShotStage) -> None:
    """The card is held up, and nobody of the desk is signed in."""
    clerk = sessions.sign_in(stage.village, *stage.cards["clerk"], official=True)
    with stage.village.read() as session:
        holder = session.scalars(select(Resident.id).where(Resident.name == "林春生")).one()
    card = new_card.issue_and_print(stage.village, clerk.id, holder).issued
    stage.open("first_pin", card=card.number)
    stage.item("first_pin.show")


def new_pin(stage: ShotStage) -> None:
    """A new PIN under its cover."""
    first_pin(stage)
    stage.tap("first_pin.show")
    stage.item("first_pin.hold")


def pin_tried(stage: ShotStage) -> None:
    """Another one was typed."""
    new_pin(stage)
    stage.tap("first_pin.remembered")
    stage.item("first_pin.try_pad").setProperty("typed", "")
    for digit in "000000":
        stage.tap(f"pad.{digit}")
    stage.item("first_pin.look_again")
