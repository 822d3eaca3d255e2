"""An appeal by touch: from the record, from the notice, from the slip in one's hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import CaseMove
from kiosk.models.ledger import Checkpoint
from kiosk.services.cases import appeal, decide
from kiosk.services.cases.flow import timed_moves
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from tests.ui.cases.appeals import LAY, error, on, reference, state_of, whole
from tests.ui.neighbours import OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import (
    at_rest,
    point_of,
    read_and_tap,
    scan,
    see,
    settle,
    tap,
    tap_again,
    texts,
    until,
    write,
)
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """Two neighbours, and three of other houses who agreed to serve on panels."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", number="8")
    for name, number in LAY.items():
        neighbours.settle(name, "西巷", number)
        neighbours.card_for(name)
        neighbours.enrol(name, "number", "panel")


def sign_in(stage: MainWindow, lane: Neighbours, name: str = "林春生") -> None:
    stage.kiosk.begin_session(lane.signed_in(name))


def open_record(stage: MainWindow, lane: Neighbours) -> None:
    sign_in(stage, lane)
    stage.kiosk.open("my_record")
    until(lambda: see(stage.window, "rights"), "the record")
    at_rest(stage)


def why_not(stage: MainWindow) -> str:
    item = until(lambda: see(stage.window, "appeal.why_not"), "why there is no appeal")
    return str(item.property("text"))


def appeal_of(lane: Neighbours, case_id: int) -> CaseMove | None:
    with lane.village.read() as session:
        asked = select(CaseMove).where(CaseMove.case_id == case_id, CaseMove.move == "appeal")
        found = session.scalar(asked)
        session.expunge_all()
        return found


def printed(lane: Neighbours, reference: str) -> str:
    """The note on the newest slip about a case."""
    while spooler.print_next(lane.village):
        pass
    with lane.village.read() as session:
        about = select(Checkpoint.note).where(Checkpoint.reference == reference)
        return str(session.scalars(about.order_by(Checkpoint.id.desc()).limit(1)).one())


def hand_in(stage: MainWindow, words: str = "") -> None:
    tap(stage.window, "appeal.begin")
    tap(stage.window, "appeal.ground.0")
    if words:
        write(stage.window, "appeal.words.input", words)
    tap(stage.window, "appeal.hand_in")


def handed_in(stage: MainWindow) -> str:
    shown = until(lambda: see(stage.window, "appeal.reference"), "the reference")
    return str(shown.property("text"))


def test_a_decided_concern_is_appealed_from_the_record_and_stops_at_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    open_record(stage, lane)
    tap(stage.window, "appeal.0")
    on(stage, "appeal")
    until(lambda: see(stage.window, "appeal.happens"), "what happens")
    said = texts(stage.window)
    assert any("先停下来" in text for text in said)
    assert any("抽签请三位" in text for text in said)
    assert any("最迟2026年12月7日给您结果" in text for text in said)
    assert any("作废" in text for text in said)
    assert any(OFFICER in text for text in said)

    hand_in(stage, "那天我在镇上。")
    assert handed_in(stage) == reference(lane, case_id)
    assert state_of(lane, case_id) == "appealed"
    made = appeal_of(lane, case_id)
    assert made is not None
    assert (made.reason, made.sentence) == ("reports.ground_not_so", "那天我在镇上。")
    printed(lane, reference(lane, case_id))
    until(lambda: see(stage.window, "paper.picture"), "the slip")


def test_one_tap_is_ground_enough_and_a_double_tap_appeals_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    sign_in(stage, lane)
    stage.kiosk.open("appeal", {"caseId": case_id})
    tap(stage.window, "appeal.begin")
    button = until(lambda: see(stage.window, "appeal.hand_in"))
    assert not button.isEnabled()
    tap(stage.window, "appeal.ground.5")
    place = point_of(stage.window, "appeal.hand_in")
    tap_again(stage.window, place)
    tap_again(stage.window, place)
    handed_in(stage)

    with lane.village.read() as session:
        asked = select(CaseMove).where(CaseMove.case_id == case_id, CaseMove.move == "appeal")
        assert len(session.scalars(asked).all()) == 1


def test_words_that_name_somebody_come_back_and_what_was_typed_stays(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    sign_in(stage, lane)
    stage.kiosk.open("appeal", {"caseId": case_id})
    hand_in(stage, "是何大山倒的。")
    until(lambda: "何大山" in error(stage), "the refusal")

    field = see(stage.window, "appeal.words")
    assert field is not None
    assert field.property("text") == "是何大山倒的。"
    assert state_of(lane, case_id) == "countersigned"


def test_the_news_at_sign_in_lead_to_the_appeal(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    sign_in(stage, lane)
    stage.kiosk.open("notices")
    until(lambda: see(stage.window, "notice.read"), "the decision")
    tap(stage.window, "appeal")
    on(stage, "appeal")
    hand_in(stage)
    assert handed_in(stage) == reference(lane, case_id)


def test_the_slip_in_ones_hand_leads_to_the_appeal_of_whoever_is_signed_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    slip = printed(lane, reference(lane, case_id))
    sign_in(stage, lane)
    stage.kiosk.open("check")
    scan(stage, slip)
    tap(stage.window, "check.appeal")
    on(stage, "appeal")
    until(lambda: see(stage.window, "appeal.happens"), "the decision")
    tap(stage.window, "back")
    on(stage, "check")
    until(lambda: see(stage.window, "check.verdict"), "the slip once more")

    tap(stage.window, "check.appeal")
    hand_in(stage)
    handed_in(stage)
    assert state_of(lane, case_id) == "appealed"


def test_whoever_is_not_signed_in_signs_in_first_and_goes_on(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    scan(stage, printed(lane, reference(lane, case_id)))
    tap(stage.window, "check.appeal")
    on(stage, "sign_in")
    card = lane.cards["林春生"]
    for digits, pad in ((card.number, "number_pad"), (card.pin, "pin_pad")):
        until(lambda pad=pad: see(stage.window, pad), pad)  # type: ignore[misc]
        for digit in digits.replace("-", ""):
            tap(stage.window, f"pad.{digit}")
    on(stage, "notices")
    until(lambda: see(stage.window, "notice.read"), "the decision")
    read_and_tap(stage.window, "answer")
    on(stage, "appeal")
    until(lambda: see(stage.window, "appeal.happens"), "the decision")


def test_somebody_elses_slip_opens_nothing(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    slip = printed(lane, reference(lane, case_id))
    sign_in(stage, lane, "李秀兰")
    stage.kiosk.open("check")
    scan(stage, slip)
    tap(stage.window, "check.appeal")

    until(lambda: "没有从这张单子找到您的事" in error(stage), "the refusal")
    assert see(stage.window, "appeal.decision") is None
    tap(stage.window, "appeal.back")
    on(stage, "check")


def test_a_receipt_and_a_good_result_offer_no_appeal(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    stage.kiosk.open("check")
    scan(stage, printed(lane, reference(lane, case_id)))
    until(lambda: see(stage.window, "check.verdict"), "the receipt")
    assert see(stage.window, "check.appeal") is None
    assert {"单据：回执", "清理河埠头　+3", "2026年11月23日，已交来"} <= set(texts(stage.window))

    lane.approve(case_id)
    tap(stage.window, "check.again")
    scan(stage, printed(lane, reference(lane, case_id)))
    until(lambda: see(stage.window, "check.verdict"), "the result")
    assert see(stage.window, "check.appeal") is None


def test_too_late_is_said_on_the_line_of_the_number(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    lane.told_concern("林春生", "李秀兰")
    clock.advance(days=22)
    timed_moves.tick(lane.village)
    open_record(stage, lane)
    tap(stage.window, "see_decision")

    assert "申诉的时间已经过了" in why_not(stage)
    assert see(stage.window, "appeal.begin") is None


def test_a_second_appeal_and_one_under_way_are_told_apart(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    appeal.appeal(lane.village, lane.at_home("林春生"), case_id, "", new_touch_id())
    open_record(stage, lane)
    tap(stage.window, "appeal.0")
    assert "正在申诉" in why_not(stage)

    clock.advance(days=16)
    timed_moves.tick(lane.village)
    assert state_of(lane, case_id) == "lapsed"
    stage.kiosk.wipe()
    sign_in(stage, lane)
    stage.kiosk.open("appeal", {"caseId": case_id})
    assert "已经申诉过一次" in why_not(stage)


def test_a_deed_that_was_not_approved_can_be_appealed_from_the_record(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    reason, touch = "desk.reason_unclear", new_touch_id()
    session_id = lane.at_work(SECOND_OFFICER)
    decide.decide(lane.village, session_id, case_id, False, reason, "说不清是哪一天。", touch)
    open_record(stage, lane)
    tap(stage.window, "appeal.0")
    until(lambda: see(stage.window, "appeal.happens"), "the decision")
    assert any("重新审核" in text for text in texts(stage.window))
    hand_in(stage)
    handed_in(stage)
    made = appeal_of(lane, case_id)
    assert made is not None
    assert made.reason == "reports.ground_done"


def test_somebody_elses_case_is_unknown(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    sign_in(stage, lane, "李秀兰")
    stage.kiosk.open("appeal", {"caseId": case_id})
    until(lambda: "找不到这件事" in error(stage), "the refusal")
    assert see(stage.window, "appeal.decision") is None


def test_the_session_that_ends_meanwhile_keeps_nothing_on_the_screen(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    sign_in(stage, lane)
    stage.kiosk.open("appeal", {"caseId": case_id})
    tap(stage.window, "appeal.begin")
    tap(stage.window, "appeal.ground.1")
    clock.moment += timedelta(minutes=10)
    tap(stage.window, "appeal.hand_in")
    until(lambda: "登录已经结束" in error(stage), "the refusal")
    assert state_of(lane, case_id) == "countersigned"
    stage.kiosk.wipe()
    settle()
    assert not any("往河埠头" in text for text in texts(stage.window))


def test_a_concern_is_put_right_by_its_person_and_ends_when_the_reporter_confirms(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    open_record(stage, lane)
    tap(stage.window, "put_right.0")
    on(stage, "put_right")
    button = until(lambda: see(stage.window, "put_right.hand_in"), "the button")
    assert not button.isEnabled()
    tap(stage.window, "put_right.cleaned_up")
    write(stage.window, "put_right.words.input", "第二天捡干净了。")
    tap(stage.window, "put_right.hand_in")
    until(lambda: see(stage.window, "put_right.said"), "what happens next")
    assert state_of(lane, case_id) == "countersigned"

    stage.kiosk.wipe()
    sign_in(stage, lane, "李秀兰")
    stage.kiosk.open("my_record")
    until(lambda: see(stage.window, "rights"), "the record")
    at_rest(stage)
    tap(stage.window, "confirm_right.0")
    tap(stage.window, "dialog.yes")
    until(lambda: state_of(lane, case_id) == "ended", "the end")
    until(lambda: see(stage.window, "confirm_right.0") is None, "the matter to vanish")


def test_a_concern_that_counts_can_be_put_right_from_its_line(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    lane.told_concern("林春生", "李秀兰")
    clock.advance(days=22)
    timed_moves.tick(lane.village)
    open_record(stage, lane)
    tap(stage.window, "see_decision")
    until(lambda: see(stage.window, "appeal.why_not"), "the decision")
    at_rest(stage)
    tap(stage.window, "appeal.put_right")
    on(stage, "put_right")
    tap(stage.window, "put_right.apologised")
    tap(stage.window, "put_right.hand_in")
    until(lambda: see(stage.window, "put_right.said"), "what happens next")
    tap(stage.window, "put_right.done")
    on(stage, "my_record")


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_putting_right_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    sign_in(stage, lane)
    stage.kiosk.open("put_right", {"caseId": case_id})
    until(lambda: see(stage.window, "put_right.cleaned_up"), "the ways")
    whole(stage)
    tap(stage.window, "put_right.cleaned_up")
    tap(stage.window, "put_right.hand_in")
    until(lambda: see(stage.window, "put_right.said"), "what happens next")
    whole(stage)


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰", "两袋菜叶，漂在石阶下面。")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    sign_in(stage, lane)
    stage.kiosk.open("appeal", {"caseId": case_id})
    until(lambda: see(stage.window, "appeal.happens"), "the decision")
    whole(stage)
    tap(stage.window, "appeal.begin")
    until(lambda: see(stage.window, "appeal.ground.0"), "the grounds")
    whole(stage)
    tap(stage.window, "appeal.ground.0")
    tap(stage.window, "appeal.hand_in")
    handed_in(stage)
    whole(stage)
