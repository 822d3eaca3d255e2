"""A clerk hands notices over, and takes a reply down and reads it back, by touch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.models.cases import Case
from kiosk.services.access import sessions
from kiosk.services.printing import queue
from kiosk.services.register.people import declare_relative
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """Somebody raised a concern about a neighbour, who does not come to the hall."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", "东街", "8")
    neighbours.hand_in("李秀兰", "林春生", "littering_docks", "两袋菜叶。")


def come_to_work(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards[CLERK]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open("notices_desk")
    settle()
    until(lambda: see(stage.window, "notice.0"), "the notice")


def hand_over(stage: MainWindow) -> None:
    tap(stage.window, "notice.print.0")
    tap(stage.window, "notice.handed.0")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "told.0"), "the row below")


def test_a_notice_is_printed_handed_over_and_its_reply_taken_down_and_read_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_work(stage, lane)
    hand_over(stage)
    tap(stage.window, "told.reply.0")
    tap(stage.window, "desk.reply.not_so")
    write(stage.window, "desk.words.input", "箱子是刮风吹下去的。")
    tap(stage.window, "desk.hand_in")
    assert any("箱子是刮风吹下去的。" in text for text in texts(stage.window))
    tap(stage.window, "desk.hand_in")
    until(lambda: see(stage.window, "desk.written"), "the thanks")

    with lane.village.read() as session:
        case = session.query(Case).one()
        said = (case.state, case.reply_choice, case.reply_words)
    assert said == ("replied", "not_so", "箱子是刮风吹下去的。")
    assert [job.paper for job in queue.jobs(lane.village)][:1] == ["slip"]


@pytest.mark.parametrize(("said", "state"), [("accept", "accepted"), ("decline", "withdrawn")])
def test_a_nomination_is_answered_at_the_desk_in_words_that_are_read_back(
    stage: MainWindow, lane: Neighbours, said: str, state: str
) -> None:
    lane.hand_in("林春生", "李秀兰", "lost_property")
    come_to_work(stage, lane)
    tap(stage.window, "notice.print.1")
    tap(stage.window, "notice.handed.1")
    tap(stage.window, "dialog.yes")
    tap(stage.window, "told.reply.0")
    assert see(stage.window, "desk.reply.not_so") is None
    tap(stage.window, f"desk.reply.{said}")
    assert see(stage.window, "desk.words") is None
    tap(stage.window, "desk.hand_in")
    read = stage.kiosk.text(f"notices_desk.answer_{said}")
    assert read in texts(stage.window)
    tap(stage.window, "desk.hand_in")
    until(lambda: see(stage.window, "desk.written"), "the thanks")

    with lane.village.read() as session:
        assert session.query(Case).order_by(Case.id.desc()).limit(1).one().state == state


def test_a_clerk_is_not_offered_to_write_for_family(stage: MainWindow, lane: Neighbours) -> None:
    with writing(lane.village) as work:
        declare_relative(work, lane.people["林春生"], lane.people[CLERK])
    come_to_work(stage, lane)
    hand_over(stage)

    assert any(stage.kiosk.text("notices_desk.family") in text for text in texts(stage.window))
    assert see(stage.window, "told.reply.0") is None


def test_nobody_is_called_told_before_the_notice_was_printed(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_work(stage, lane)

    assert see(stage.window, "notice.handed.0") is None
    tap(stage.window, "notice.print.0")
    until(lambda: see(stage.window, "notice.handed.0"), "the button")


def test_who_reported_it_stands_nowhere_on_the_clerks_screen(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_work(stage, lane)

    assert any("林春生" in text for text in texts(stage.window))
    assert not any("李秀兰" in text for text in texts(stage.window))


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    whole = partial(whole_at_every_look, stage)

    come_to_work(stage, lane)
    whole()
    hand_over(stage)
    whole()
    tap(stage.window, "told.reply.0")
    tap(stage.window, "desk.reply.not_so")
    whole()


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_the_row_left_to_another_clerk_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    with writing(lane.village) as work:
        declare_relative(work, lane.people["林春生"], lane.people[CLERK])
    stage = open_stage(size=size, mm=mm)
    come_to_work(stage, lane)
    hand_over(stage)
    whole_at_every_look(stage)
