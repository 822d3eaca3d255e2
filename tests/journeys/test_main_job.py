"""The main job by touch, from a register file to paper in the hand, on a real SQLite file.

A register is imported; a villager is looked up, signs in, reports a deed of their own and one of a
neighbour; an officer signs in and approves; the number changes with its sum explained; a slip and a
door sign come out of the printer, and their QR codes hold against the village's log.
"""

from __future__ import annotations

from pypdf import PdfReader

from kiosk.app import MainWindow
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from tests.journeys.hall import Hall, end_session, report, screen, sign_in, sum_on_screen, tap
from tests.ui.touch import see, texts, until, write


def test_the_main_job_from_a_register_to_paper(hall: Hall, stage: MainWindow) -> None:
    window = stage.window

    # Somebody looks a neighbour up; of the number nothing is shown.
    tap(stage, "tile.look_up")
    write(window, "search", "lcs")
    until(lambda: "林春生" in texts(window), "the neighbour")
    assert not any("50" in text for text in texts(window))
    tap(stage, "back")

    # 林春生 signs in and sees where the number stands.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "my_record")
    assert sum_on_screen(stage) == [50, 0, 3, 0, 53]

    # He reports a deed of his own; the receipt comes out and its code holds.
    tap(stage, "back")
    tap(stage, "ending.yes")
    tap(stage, "tile.good_deed")
    sign_in(stage, hall.cards["林春生"])
    tap(stage, "report.whom.self")
    own = report(stage, "清理河埠头", "捡了两袋垃圾")
    receipt = hall.paper("slip")
    assert own in PdfReader(receipt).pages[0].extract_text()
    assert check_paper(hall.village, hall.qr_of(receipt)).verdict == "genuine"
    end_session(stage)

    # 李秀兰 names him for another one.
    tap(stage, "tile.good_deed")
    sign_in(stage, hall.cards["李秀兰"])
    tap(stage, "report.whom.neighbour")
    write(window, "report.search", "lcs")
    tap(stage, "report.person.0")
    named = report(stage, "帮邻居一把")
    end_session(stage)
    assert named != own

    # He is told, and agrees.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "notices")
    until(lambda: any("帮邻居一把" in text for text in texts(window)), "the nomination")
    tap(stage, "answer")
    screen(stage, "my_record")
    end_session(stage)

    # An officer of another house approves both, each with a reason and a sentence.
    for _ in range(2):
        approve_the_oldest(stage, hall.cards["周根土"])

    # The number has changed, each point explained.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "my_record")
    base, deeds, star, concerns, total = sum_on_screen(stage)
    assert (base, star, concerns) == (50, 3, 0)
    assert deeds > 0
    assert total == base + deeds + star - concerns
    shown = texts(window)
    assert any("清理河埠头" in text for text in shown)
    assert any("周根土" in text for text in shown)
    end_session(stage)

    # The clerk prints the household's door sign; it carries nobody's name, and its code holds.
    print_sign(stage, hall.cards["解小燕"], "东街12")
    sign = hall.paper("door_sign")
    words = PdfReader(sign).pages[0].extract_text()
    assert "12" in words
    assert not any(name in words for name in ("林春生", "林小梅"))
    assert check_paper(hall.village, hall.qr_of(sign)).verdict == "genuine"

    # Everything is in the log, and the log is whole.
    assert verify_village(hall.village).consistent


def approve_the_oldest(stage: MainWindow, card: tuple[str, str]) -> None:
    """Sign in at the desk, take the first case, approve it with a reason and a sentence."""
    window = stage.window
    tap(stage, "staff")
    sign_in(stage, card)
    tap(stage, "staff.desk")
    tap(stage, "desk.case.0")
    tap(stage, "case.approve")
    tap(stage, "case.reason.0")
    write(window, "case.sentence", "去看过了，河埠头很干净")
    tap(stage, "case.confirm")
    tap(stage, "dialog.yes")
    until(lambda: see(window, "case.outcome"), "the outcome")
    end_session(stage)


def print_sign(stage: MainWindow, card: tuple[str, str], house: str) -> None:
    """Find a household, look at its sign and print it."""
    window = stage.window
    tap(stage, "staff")
    sign_in(stage, card)
    tap(stage, "staff.signs")
    write(window, "signs.search", house)
    tap(stage, "signs.household.0")
    until(lambda: see(window, "signs.preview"), "the preview")
    tap(stage, "signs.print")
    until(lambda: see(window, "signs.serial"), "the serial")
    end_session(stage)
