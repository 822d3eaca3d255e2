"""Joining at the desk by touch: listen, a sample, three questions, each consent, and a card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.models.ledger import LedgerEntry
from kiosk.services.access import pins, sessions
from kiosk.services.consent import consents
from kiosk.services.enrolment import explanation
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from kiosk.ui.enrolment import flow
from tests.ui.enrolment.steps import first_pin_of, go_through, page_of, shown
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write
from tests.worlds.kept import grown

UNPRINTABLE = "\U000323ae"
"""The last character of Extension H, which no shipped font has."""
PURPOSES = ("number", "household_sign", "thank_you_wall", "letter", "panel")


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """Somebody who has not joined, and a child of the same house."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle("林春生")
    neighbours.settle("林小宝", born_on=date(2015, 6, 1))


def at_the_desk(stage: MainWindow, lane: Neighbours, who: str, clerk: str = CLERK) -> None:
    card = lane.cards[clerk]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open("enrolment")
    settle()
    write(stage.window, "enrol.search.input", who)
    tap(stage.window, "enrol.person.0")


def listen(stage: MainWindow) -> None:
    """Go through the whole text."""
    tap(stage.window, "enrol.begin")
    go_through(stage)
    tap(stage.window, "enrol.listened")


def new_number(lane: Neighbours) -> str:
    """The number on the card that is printed."""
    return queue.jobs(lane.village)[0].reference


def handed_over(stage: MainWindow) -> None:
    """The clerk signs out, so that the person gets their PIN."""
    tap(stage.window, "enrol.to_person")
    until(lambda: not stage.kiosk.property("signedIn"), "the clerk is signed out")


def answer_all(stage: MainWindow) -> None:
    """Listen, look, and answer the three questions."""
    listen(stage)
    tap(stage.window, "enrol.looked")
    answer_questions(stage)


def answer_questions(stage: MainWindow) -> None:
    for answer in ("nothing", "me", "any_time"):
        tap(stage.window, f"enrol.answer.{answer}")
        tap(stage.window, "enrol.next")


def choose(stage: MainWindow, *wanted: str) -> None:
    for each in PURPOSES:
        tap(stage.window, f"enrol.{'yes' if each in wanted else 'no'}.{each}")
    tap(stage.window, "enrol.write")


def test_somebody_listens_decides_and_signs_in_with_the_pin_that_only_they_saw(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    answer_all(stage)
    choose(stage, "number", "letter")
    handed_over(stage)
    number = new_number(lane)
    pin = first_pin_of(stage, number)

    session = sessions.sign_in(lane.village, number, pin)
    assert session.resident_id == lane.people["林春生"]
    given = {each.purpose for each in consents.consents(lane.village, session.id) if each.given}
    assert given == {"number", "letter"}
    assert not any(pin in text.replace(" ", "") for text in texts(stage.window))


def test_the_card_is_printed_with_its_number_and_its_pin_is_nowhere_at_the_desk(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    answer_all(stage)
    choose(stage, "number")
    until(lambda: see(stage.window, "enrol.hand_over"))
    number = new_number(lane)
    spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the printed card")

    job = queue.jobs(lane.village)[0]
    assert (job.paper, job.reference, job.phase) == ("enrolment_card", number, "done")
    assert see(stage.window, "first_pin.hold") is None
    with lane.village.read() as session:
        assert session.query(Card).filter_by(number=number).one().pin_hash == pins.NOT_DRAWN


def test_nothing_is_chosen_beforehand_and_each_purpose_needs_its_own_answer(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    answer_all(stage)
    choices = [
        see(stage.window, f"enrol.{say}.{each}") for each in PURPOSES for say in ("yes", "no")
    ]
    assert [each is not None and each.property("chosen") for each in choices] == [False] * 10

    for each in PURPOSES[:-1]:
        tap(stage.window, f"enrol.yes.{each}")
    write_down = see(stage.window, "enrol.write")
    assert write_down is not None
    assert not write_down.property("enabled")
    tap(stage.window, f"enrol.no.{PURPOSES[-1]}")
    assert write_down.property("enabled")


def test_who_says_no_to_everything_leaves_with_nothing_written_down(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    with lane.village.read() as session:
        before = session.query(LedgerEntry).count()
    answer_all(stage)
    choose(stage)

    until(lambda: see(stage.window, "enrol.nothing"), "the kind end")
    with lane.village.read() as session:
        assert session.query(LedgerEntry).count() == before


def test_another_answer_is_met_with_the_sentence_and_not_with_the_next_question(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    listen(stage)
    tap(stage.window, "enrol.looked")
    tap(stage.window, "enrol.answer.unsure")

    again = until(lambda: see(stage.window, "enrol.again"), "the sentence")
    assert again.property("text") == stage.kiosk.text("rights.consent_1")
    assert not until(lambda: see(stage.window, "enrol.next")).property("enabled")
    tap(stage.window, "enrol.answer.nothing")
    assert see(stage.window, "enrol.again") is None
    assert until(lambda: see(stage.window, "enrol.next")).property("enabled")


def test_a_child_is_met_with_a_kind_sentence_and_no_button_to_join(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林小宝")

    until(lambda: see(stage.window, "enrol.child"), "the kind sentence")
    assert see(stage.window, "enrol.begin") is None
    assert see(stage.window, "enrol.card_only") is None


def test_an_adult_without_a_date_of_birth_is_not_taken_for_a_child(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("林大海", born_on=None)
    at_the_desk(stage, lane, "林大海")

    told = until(lambda: see(stage.window, "enrol.birthday"), "what is missing")
    assert "林大海" in told.property("text")
    assert see(stage.window, "enrol.child") is None
    assert see(stage.window, "enrol.begin") is None


def test_a_name_that_cannot_be_printed_gets_a_number_and_is_told_so(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle(f"林{UNPRINTABLE}生", "西街", "3")
    at_the_desk(stage, lane, "西街3")
    answer_all(stage)
    choose(stage, "number")
    number, told = shown(stage, "enrol.number"), shown(stage, "enrol.no_card")

    assert UNPRINTABLE in told
    assert "抄在纸上" in told
    assert "换一个能打印的写法" in told
    assert see(stage.window, "enrol.paper") is None
    assert queue.jobs(lane.village) == ()
    handed_over(stage)
    pin = first_pin_of(stage, number)
    assert sessions.sign_in(lane.village, number, pin).resident_id


def test_the_sample_is_the_practice_record_line_by_line(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    listen(stage)
    record = explanation.practice_record(village_day(lane.clock.now()), lane.village.catalogue)
    until(lambda: record.lines[0].title["zh"] in texts(stage.window), "the first deed")
    said = texts(stage.window)
    sums = (record.base, record.deeds, record.stars, record.concerns, record.number)
    assert {str(each) for each in sums} <= set(said)
    for line in record.lines:
        assert (line.title["zh"] in said) == (line.kind == "deed")


def test_the_questions_on_the_screen_are_those_that_the_service_keeps() -> None:
    from kiosk.services.enrolment import explanation

    asked = {each.name: (each.answers, each.right) for each in flow.QUESTIONS}
    assert asked == {
        name: (answers, explanation.RIGHT_ANSWERS[name])
        for name, answers in explanation.ANSWERS.items()
    }
    assert [each.name for each in flow.QUESTIONS] == list(explanation.QUESTIONS)


def test_a_lost_card_is_replaced_and_the_one_before_opens_nothing(
    stage: MainWindow, lane: Neighbours
) -> None:
    before = lane.card_for("林春生")
    at_the_desk(stage, lane, "林春生")
    tap(stage.window, "enrol.card_only")
    tap(stage.window, "dialog.yes")
    handed_over(stage)
    number = new_number(lane)
    pin = first_pin_of(stage, number)

    assert sessions.sign_in(lane.village, number, pin).resident_id == lane.people["林春生"]
    with pytest.raises(ExpectedError, match="sign_in_refused"):
        sessions.sign_in(lane.village, before.number, before.pin)


def test_an_officer_without_the_clerks_office_enrols_nobody(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生", OFFICER)

    until(lambda: any("不归您的职务办" in text for text in texts(stage.window)), "the sentence")
    assert queue.jobs(lane.village) == ()


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_step_is_whole_in_both_languages_at_every_text_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    whole = partial(whole_at_every_look, stage)

    at_the_desk(stage, lane, "林春生")
    until(lambda: see(stage.window, "enrol.begin"))
    whole("who")
    tap(stage.window, "enrol.begin")
    whole("listen")
    go_through(stage)
    tap(stage.window, "enrol.listened")
    whole("sample")
    tap(stage.window, "enrol.looked")
    tap(stage.window, "enrol.answer.unsure")
    whole("question")
    answer_questions(stage)
    whole("choose")
    choose(stage, "number")
    until(lambda: see(stage.window, "enrol.to_person"))
    whole("done")


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_what_is_said_without_a_card_or_a_birthday_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    whole = partial(whole_at_every_look, stage)

    lane.settle("林大海", "北街", "9", born_on=None)
    lane.settle(f"林{UNPRINTABLE}生", "西街", "3")
    lane.card_for(f"林{UNPRINTABLE}生")
    at_the_desk(stage, lane, "北街9")
    until(lambda: see(stage.window, "enrol.birthday"))
    whole("birthday")
    tap(stage.window, "enrol.another")
    write(stage.window, "enrol.search.input", "西街3")
    tap(stage.window, "enrol.person.0")
    tap(stage.window, "enrol.card_only")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "enrol.no_card"))
    whole("done")


def test_who_never_had_a_card_is_offered_none_to_replace(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane, "林春生")
    until(lambda: see(stage.window, "enrol.begin"))
    assert see(stage.window, "enrol.card_only") is None


@pytest.mark.parametrize("text_step", [0, 3])
def test_the_text_counts_as_heard_once_all_of_it_was_on_the_screen(
    open_stage: Callable[..., MainWindow], lane: Neighbours, text_step: int
) -> None:
    stage = open_stage(size=(1280, 800), mm=1280 / 261)
    at_the_desk(stage, lane, "林春生")
    tap(stage.window, "enrol.begin")
    until(lambda: see(stage.window, "enrol.listened"))
    stage.kiosk.set_comfort(text_step, False)
    button = until(lambda: see(stage.window, "enrol.listened"))
    QTest.qWait(900)
    assert not button.property("enabled")
    tap(stage.window, "enrol.listened")
    assert see(stage.window, "enrol.looked") is None
    page = page_of(button)
    page.setProperty("scrolled", page.property("sight"))
    QTest.qWait(600)  # sentences are seen meanwhile, and the page stays where it was put
    assert page.property("scrolled") == page.property("sight")
    page.setProperty("scrolled", 0)
    go_through(stage)
    tap(stage.window, "enrol.listened")
    until(lambda: see(stage.window, "enrol.looked"), "the sample")


@pytest.mark.parametrize("text_step", [0, 1, 2, 3])
def test_the_sentence_after_another_answer_is_in_sight(
    open_stage: Callable[..., MainWindow], lane: Neighbours, text_step: int
) -> None:
    stage = open_stage(size=(1280, 800), mm=1280 / 261)
    at_the_desk(stage, lane, "林春生")
    listen(stage)
    tap(stage.window, "enrol.looked")
    stage.kiosk.set_comfort(text_step, False)
    settle()
    until(lambda: see(stage.window, "enrol.answer.unsure"))
    tap(stage.window, "enrol.answer.unsure")
    again = until(lambda: see(stage.window, "enrol.again"), "the sentence")
    page = page_of(again)

    def in_sight() -> bool:
        top = again.mapToItem(page, QPointF(0, 0)).y()
        fits = again.height() <= page.property("sight")
        return top >= -1 and (not fits or top + again.height() <= page.property("sight") + 1)

    until(in_sight, "the sentence in sight")
    assert not until(lambda: see(stage.window, "enrol.answer.unsure")).property("good")
