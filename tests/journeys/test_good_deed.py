"""A good deed by touch: a neighbour names it, the person accepts it, an officer approves it.

Who names a deed has thereby confirmed it, so another household stands behind it. Every slip on the
way is read back from its printed page; books, slips and the verifier that stands alone agree.
"""

from __future__ import annotations

from collections.abc import Callable

from pypdf import PdfReader
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.models.cases import Case
from kiosk.services.signing.signed_note import take_words
from tests.journeys.album import Album
from tests.journeys.hall import (
    SMALL_SCREEN,
    Hall,
    choose,
    end_session,
    every_paper_proves_the_log,
    officer_at_desk,
    rule_tile,
    scanned,
    screen,
    sign_in,
    slip_in_sight,
    slips_of,
    sum_on_screen,
    tap,
)
from tests.ui.touch import see, texts, until, write

PERSON, NEIGHBOUR, OFFICER = "林春生", "李秀兰", "周根土"
DEED, POINTS = "帮邻居一把", 3


def test_a_good_deed_from_a_neighbours_word_to_the_number(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    album.step(stage, "start")
    reference = name_it(stage, hall, album)
    assert state_of(hall, reference) == "submitted"
    accept_it(stage, hall, album)
    assert state_of(hall, reference) == "accepted"
    approve_it(stage, hall, album)
    assert state_of(hall, reference) == "effective"
    see_it_count(stage, hall, album)

    slips = slips_of(hall)
    told = [take_words(text)[1].splitlines()[3] for text in slips]
    assert told == [f"receipt {reference}", f"decision {reference}"]
    every_paper_proves_the_log(hall, slips)


def name_it(stage: MainWindow, hall: Hall, album: Album) -> str:
    """A neighbour says what somebody did; the reference."""
    window = stage.window
    tap(stage, "tile.good_deed")
    sign_in(stage, hall.cards[NEIGHBOUR])
    until(lambda: see(window, "report.whom.neighbour"), "whose deed it is")
    album.step(stage, "whose-deed")
    tap(stage, "report.whom.neighbour")
    write(window, "report.search", "lcs")
    until(lambda: see(window, "report.person.0"), "the neighbour")
    album.step(stage, "which-neighbour")
    tap(stage, "report.person.0")
    tile = rule_tile(stage, DEED)
    album.step(stage, "which-deed")
    tap(stage, tile)
    until(lambda: see(window, "report.quick.0"), "the days")
    album.step(stage, "when")
    tap(stage, "report.quick.0")
    tap(stage, "report.part.afternoon")
    tap(stage, "report.place.docks_south")
    write(window, "report.words", "帮我把两袋谷子背上石阶。")
    tap(stage, "report.words_done")
    until(lambda: see(window, "report.hand_in"), "the whole")
    album.step(stage, "look-it-over")
    tap(stage, "report.hand_in")
    shown = until(lambda: see(window, "report.reference"), "the number")
    reference = str(shown.property("text"))
    slip_in_sight(stage)
    album.step(stage, "handed-in")
    end_session(stage)
    return reference


def accept_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """It is the person's to say whether it shall be recorded; until then nothing counts."""
    window = stage.window
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[PERSON])
    until(lambda: see(window, "notice.accept"), "the nomination")
    assert any(NEIGHBOUR in text for text in texts(window))
    album.step(stage, "told")
    tap(stage, "answer")
    screen(stage, "my_record")
    assert sum_on_screen(stage) == [50, 0, 3, 0, 53]
    album.step(stage, "accepted-not-yet-counted")
    end_session(stage)


def approve_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    window = stage.window
    officer_at_desk(stage, hall, OFFICER)
    assert any(NEIGHBOUR in text for text in texts(window))  # who named it confirmed it
    album.step(stage, "officer")
    tap(stage, "case.approve")
    until(lambda: see(window, "case.reason.0"), "the reasons")
    album.step(stage, "reason")
    choose(stage, "case.reason", "别家有人确认")
    write(window, "case.sentence", "问过邻居，谷子确实是他背上来的。")
    album.step(stage, "sentence")
    tap(stage, "case.confirm")
    tap(stage, "dialog.yes")
    until(lambda: see(window, "case.outcome"), "the outcome")
    slip_in_sight(stage)
    album.step(stage, "approved")
    end_session(stage)


def see_it_count(stage: MainWindow, hall: Hall, album: Album) -> None:
    """The number has grown by its points, the line says by whom, and the slip proves it."""
    window = stage.window
    assert "成立" in PdfReader(hall.paper("slip")).pages[0].extract_text()
    assert scanned(stage, slips_of(hall)[-1]) == "这张单子是真的"
    album.step(stage, "slip-before-the-scanner")
    tap(stage, "back")
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[PERSON])
    screen(stage, "my_record")
    assert sum_on_screen(stage) == [50, POINTS, 3, 0, 53 + POINTS]
    album.step(stage, "it-counts")
    tap(stage, "sum.deed")
    until(lambda: see(window, "all_lines"), "the lines of good deeds")
    said = "\n".join(texts(window))
    assert f"{NEIGHBOUR}家确认" in said
    assert f"{OFFICER}审核" in said
    album.step(stage, "each-point-explained")
    end_session(stage)


def state_of(hall: Hall, reference: str) -> str:
    with hall.village.read() as session:
        return session.scalars(select(Case.state).where(Case.reference == reference)).one()
