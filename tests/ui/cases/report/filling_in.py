"""How a report is filled in by touch, up to a step that a test is about."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image
from PySide6.QtQml import QQmlExpression, qmlContext
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.models.cases import Case, CasePhoto
from kiosk.services.access import sessions
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, settle, tap, until, write

ME, NEIGHBOUR = "林春生", "李秀兰"


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.clock.advance(days=40)
    neighbours.join(ME)
    neighbours.join(NEIGHBOUR, number="8")
    neighbours.settle("单雅琴", number="9")
    neighbours.settle("林小燕")


def begin(
    stage: MainWindow, lane: Neighbours, kind: str = "", who: str = ME, **more: object
) -> None:
    session_id = lane.at_home(who)
    with writing(lane.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("reports", {"kind": kind, **more})
    settle()


def choose_rule(stage: MainWindow, title: str) -> None:
    """Tap the tile of the rule."""
    tap(stage.window, str(until(lambda: rule_in_sight(stage, title), f"the rule {title}")))


def begin_own_deed(stage: MainWindow, lane: Neighbours) -> None:
    """A deed of one's own, up to when it was."""
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")


def rule_in_sight(stage: MainWindow, title: str) -> str:
    """The tile of the rule, looked for page after page."""
    for place in range(40):
        item = see(stage.window, f"report.rule.{place}")
        if item is not None and item.property("text") == title:
            return f"report.rule.{place}"
    more = see(stage.window, "report.rules.more")
    if more is not None and more.isEnabled():
        tap(stage.window, "report.rules.more")
    return ""


def come_to_words(stage: MainWindow) -> None:
    """Yesterday afternoon, at the south docks."""
    tap(stage.window, "report.quick.1")
    tap(stage.window, "report.part.afternoon")
    tap(stage.window, "report.place.docks_south")


def past_photos(stage: MainWindow) -> None:
    """On to the whole: past the photographs of a drive, and with nobody asked to confirm it."""
    ahead = ("report.photos_done", "report.witnesses_done", "report.line.words")
    for button in ahead[:2]:
        until(lambda: any(see(stage.window, each) for each in ahead), "the next question")
        if see(stage.window, button):
            tap(stage.window, button)
            until(lambda name=button: see(stage.window, name) is None, "what follows")  # type: ignore[misc]


def answer_the_rest(stage: MainWindow, words: str = "") -> None:
    """When and where, a few words, and no photograph."""
    come_to_words(stage)
    if words:
        write(stage.window, "report.words.input", words)
    tap(stage.window, "report.words_done")
    past_photos(stage)


def choose_neighbour(stage: MainWindow, typed: str) -> None:
    write(stage.window, "report.search.input", typed)
    until(lambda: see(stage.window, "report.person.0"), "the rows")
    tap(stage.window, "report.person.0")


def hand_in(stage: MainWindow) -> None:
    until(lambda: see(stage.window, "report.next"), "what happens next")
    tap(stage.window, "report.hand_in")


def finish_words(stage: MainWindow) -> None:
    """Write nothing, add no photograph, and wait for all that the look at the whole says."""
    tap(stage.window, "report.words_done")
    past_photos(stage)
    until(lambda: see(stage.window, "report.next"), "what happens next")


def drawn(stage: MainWindow) -> None:
    """Let the screen be laid out and drawn."""
    for _ in range(2):
        stage.window.grabWindow()
        settle()


def reference(stage: MainWindow) -> str:
    item = until(lambda: see(stage.window, "report.reference"), "the reference")
    return str(item.property("text"))


def only_case(village: Village) -> Case:
    with village.read() as session:
        case = session.scalars(select(Case)).one()
        session.expunge(case)
        return case


def cases(village: Village) -> int:
    with village.read() as session:
        return session.query(Case).count()


def snap(stick: Path, name: str, at: float = 1_780_000_000) -> None:
    """A photograph on it, with words in it that nobody is to read."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (1200, 900), (90, 140, 60)).save(stick / name, "JPEG", exif=exif)
    os.utime(stick / name, (at, at))


def come_to_photos(stage: MainWindow, lane: Neighbours, words: str = "扫了两段石阶。") -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    write(stage.window, "report.words.input", words)
    drive_seen(stage)
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.photos_done"), "the question")


def drive_seen(stage: MainWindow) -> None:
    """The form knows of the drive, so that it asks for photographs."""
    field = see(stage.window, "report.words")
    assert field is not None
    words = field.parentItem()
    name = stage.kiosk.text("report_screen.step_photo")
    context = qmlContext(words)
    assert context is not None
    asked = QQmlExpression(context, words, f"form.stepNames.includes('{name}')")
    until(lambda: asked.evaluate()[0], "the question about photographs")


def kept(stage: MainWindow) -> int:
    """How many photographs the screen says it has."""
    chip = see(stage.window, "report.photos.kept")
    return 0 if chip is None else int(str(chip.property("text")).split()[1])


def pictures_of(village: Village) -> list[bytes]:
    with village.read() as session:
        return [each.jpeg for each in session.scalars(select(CasePhoto).order_by(CasePhoto.id))]


def photo_error(stage: MainWindow) -> str:
    item = see(stage.window, "report.photos.error")
    return "" if item is None else str(item.property("text"))


def come_to_whole(stage: MainWindow, lane: Neighbours) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")


def checked(stage: MainWindow, name: str) -> bool:
    return bool(until(lambda: see(stage.window, name), name).property("checked"))
