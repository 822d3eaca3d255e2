"""Officers look through their queue, open a case and decide it by touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import select

from kiosk.app import Stage
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.models.reports import Case
from kiosk.services import access, printing
from kiosk.services.access import pins
from kiosk.services.reports import notices
from kiosk.services.reports.handing_in import withdraw
from kiosk.services.village import Village
from tests.ui.neighbours import CLERK, OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.test_layout import PANELS
from tests.ui.touch import ill_placed, see, settle, tap, texts, until, write

SENTENCE = "当天下午去看过，很干净。"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shipped is asserted with the access room."""
    monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    neighbours = Neighbours(sqlite_village, clock)
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", number="8")
    return neighbours


def at_desk(stage: Stage, lane: Neighbours, name: str = OFFICER) -> None:
    session_id = lane.at_work(name)
    with lane.village.write() as session:
        stage.kiosk.begin_session(access.require(session, lane.village, session_id))
    stage.kiosk.home()
    stage.kiosk.open("desk")
    settle()


def open_case(stage: Stage, place: int = 0) -> None:
    tap(stage.window, f"desk.case.{place}")
    until(lambda: see(stage.window, "case.report"), "the case")


def decide(stage: Stage, button: str, sentence: str) -> None:
    tap(stage.window, button)
    tap(stage.window, "case.reason.0")
    if sentence:
        write(stage.window, "case.sentence.input", sentence)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")


def outcome(stage: Stage) -> str:
    item = until(lambda: see(stage.window, "case.outcome"), "the outcome")
    return str(item.property("text"))


def error(stage: Stage) -> str:
    item = see(stage.window, "error")
    return "" if item is None else str(item.property("text"))


def state_of(village: Village, case_id: int) -> str:
    with village.read() as session:
        return session.get_one(Case, case_id).state


def replied_concern(lane: Neighbours) -> int:
    """Littering, raised by a neighbour, of which the person says that it is so."""
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks", "两袋菜叶。")
    session_id = lane.at_home("林春生")
    notices.reply(lane.village, session_id, case_id, "agree", "刮风吹下去的。", new_touch_id())
    return case_id


def test_an_officer_approves_a_deed_and_its_slip_comes_out(stage: Stage, lane: Neighbours) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks", "扫了石阶。")
    at_desk(stage, lane)
    open_case(stage)
    assert "“扫了石阶。”" in texts(stage.window)
    decide(stage, "case.approve", SENTENCE)

    assert outcome(stage) == "成立，已经记上了"
    assert state_of(lane.village, case_id) == "effective"
    for _ in range(2):  # the receipt, and the decision
        printing.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.empty"), "the empty queue")


def test_the_person_sees_that_the_case_was_opened_and_why(stage: Stage, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    before = access.views_of(lane.village, lane.at_home("林春生"))
    open_case(stage)

    assert "林春生 会看到您看过（核定一件事）" in texts(stage.window)
    look, *others = access.views_of(lane.village, lane.at_home("林春生"))
    assert (look.viewer_name, look.purpose) == (OFFICER, "decide_case")
    assert tuple(others) == before


def test_declining_without_a_sentence_is_refused_and_nothing_is_lost(
    stage: Stage, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    decide(stage, "case.decline", "")
    until(lambda: "请再写一句话" in error(stage), "the sentence")
    assert state_of(lane.village, case_id) == "submitted"
    assert any("时间地点还说不清" in text for text in texts(stage.window))

    write(stage.window, "case.sentence.input", "请说说是哪一段石阶。")
    QTest.qWait(350)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "这次没有成立"
    assert state_of(lane.village, case_id) == "declined"


def test_words_that_do_not_belong_there_are_refused_and_stay_to_be_changed(
    stage: Stage, lane: Neighbours
) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    decide(stage, "case.decline", "那天他去庙里了。")

    until(lambda: "这样的内容不在这里记" in error(stage), "the sentence")
    field = see(stage.window, "case.sentence")
    assert field is not None
    assert field.property("text") == "那天他去庙里了。"


def test_ones_own_case_has_a_reason_in_place_of_buttons(stage: Stage, lane: Neighbours) -> None:
    lane.enrol(OFFICER)
    lane.hand_in(OFFICER, OFFICER, "clean_docks")
    at_desk(stage, lane)
    open_case(stage)

    assert see(stage.window, "case.why_not") is not None
    assert any("这是您自己的事" in text for text in texts(stage.window))
    for button in ("case.approve", "case.decline", "case.recuse"):
        assert see(stage.window, button) is None


def test_a_concern_about_oneself_is_not_opened_at_the_desk(stage: Stage, lane: Neighbours) -> None:
    lane.enrol(OFFICER)
    case_id = lane.hand_in("李秀兰", OFFICER, "littering_docks")
    session_id = lane.at_home(OFFICER)
    notices.reply(lane.village, session_id, case_id, "agree", "", new_touch_id())
    at_desk(stage, lane)
    assert "姓名不显示" in " ".join(
        str(item.property("detail")) for item in [see(stage.window, "desk.case.0")] if item
    )
    tap(stage.window, "desk.case.0")

    until(lambda: "要由别的核定员来看" in error(stage), "the sentence")
    assert see(stage.window, "case.report") is None
    tap(stage.window, "case.to_queue")
    assert stage.kiosk.property("screenName") == "desk"


def test_a_concern_takes_two_officers_at_the_same_terminal(stage: Stage, lane: Neighbours) -> None:
    case_id = replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert see(stage.window, "case.reply") is not None
    decide(stage, "case.approve_concern", SENTENCE)
    assert outcome(stage) == "记下了，等第二位核定员"
    assert state_of(lane.village, case_id) == "decided"

    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    decide(stage, "case.countersign", "我也去看过，两边都问了。")
    assert outcome(stage) == "两人核定成立，现在还不计"
    assert state_of(lane.village, case_id) == "countersigned"


def test_who_raised_a_concern_is_said_on_asking_and_that_person_sees_it(
    stage: Stage, lane: Neighbours
) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert not any("李秀兰" in text for text in texts(stage.window))
    tap(stage.window, "case.unseal")
    tap(stage.window, "dialog.yes")

    until(lambda: "李秀兰 交来" in texts(stage.window), "the name")
    look = access.views_of(lane.village, lane.at_home("李秀兰"))[0]
    assert (look.viewer_name, look.purpose) == (OFFICER, "unseal_reporter")


def test_the_first_officer_is_not_offered_to_be_the_second(stage: Stage, lane: Neighbours) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    decide(stage, "case.approve_concern", SENTENCE)
    outcome(stage)
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.case.0"), "the queue")
    open_case(stage)

    assert see(stage.window, "case.countersign") is None
    assert any("等另一位核定员" in text for text in texts(stage.window))


def test_stepping_aside_takes_one_tap_and_leaves_the_case_to_others(
    stage: Stage, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.recuse")
    assert outcome(stage) == "您已回避"
    assert state_of(lane.village, case_id) == "submitted"

    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    assert see(stage.window, "case.approve") is not None


def test_a_case_that_moved_on_meanwhile_is_not_decided_and_can_be_opened_again(
    stage: Stage, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.approve")
    withdraw(lane.village, lane.at_home("林春生"), case_id, new_touch_id())
    tap(stage.window, "case.reason.0")
    write(stage.window, "case.sentence.input", SENTENCE)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")
    until(lambda: "这件事刚刚有了变化" in error(stage), "the sentence")

    tap(stage.window, "case.open_again")
    until(lambda: see(stage.window, "case.report"), "the case as it is now")
    assert see(stage.window, "case.approve") is None


def test_a_clerk_finds_the_door_signs_and_no_cases(stage: Stage, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane, CLERK)
    assert see(stage.window, "desk.case.0") is None
    tap(stage.window, "desk.signs")

    assert stage.kiosk.property("screenName") == "signs"


def test_a_paper_that_is_stuck_is_said_at_the_desk(stage: Stage, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    with lane.village.write() as session:
        session.scalars(select(PrintJob)).one().reason = "out_of_paper"
    at_desk(stage, lane)

    banner = until(lambda: see(stage.window, "desk.print_trouble"), "the banner")
    assert "打印机没有纸了" in str(banner.property("text"))


def test_a_resident_is_asked_to_let_an_official_sign_in(stage: Stage, lane: Neighbours) -> None:
    session_id = lane.at_home("林春生")
    with lane.village.write() as session:
        stage.kiosk.begin_session(access.require(session, lane.village, session_id))
    stage.kiosk.open("desk")
    tap(stage.window, "desk.sign_in")

    assert stage.kiosk.property("screenName") == "sign_in"


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_a_case_is_whole_at_the_largest_size(
    open_stage: Callable[..., Stage], lane: Neighbours, panel: str
) -> None:
    replied_concern(lane)
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    at_desk(stage, lane)
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "desk.case.0"), "the queue")
    steps: tuple[Callable[[], None], ...] = (
        lambda: open_case(stage),
        lambda: tap(stage.window, "case.approve_concern"),
        lambda: tap(stage.window, "case.reason.0"),
        lambda: write(stage.window, "case.sentence.input", SENTENCE),
    )
    for go in steps:
        for _ in range(2):
            stage.kiosk.switchLanguage()
            stage.window.grabWindow()
            settle()
            assert ill_placed(stage.window) == [], stage.kiosk.tongue
        go()
