"""Three people who were drawn by lot look at a case and vote, by touch."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock, village_day
from kiosk.core.days import plain
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, PanelSeat, ReportingPause
from kiosk.services.access import sessions, views
from kiosk.services.cases import appeal, paper_notices
from kiosk.services.cases import panel as case_panel
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.ui.cases.appeals import LAY, error, on, reference, state_of, whole
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import at_rest, see, settle, tap, texts, until, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """Two neighbours, and four of other houses who agreed to serve: one more than the seats."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", number="8")
    for name, number in {**LAY, "方志强": "18"}.items():
        neighbours.settle(name, "西巷", number)
        neighbours.card_for(name)
        neighbours.enrol(name, "number", "panel")


def appealed(lane: Neighbours, photo: bytes = b"") -> int:
    """A concern with words, decided by both officers and appealed."""
    case_id = lane.uphold_concern("林春生", "李秀兰", "两袋菜叶，漂在石阶下面。")
    if photo:
        from kiosk.services.cases import photos

        with writing(lane.village) as work:
            photos.keep(work, work.session.get_one(Case, case_id), (photo,))
    made = (case_id, "那天我在镇上。", new_touch_id())
    session_id = lane.at_home("林春生")
    appeal.appeal(lane.village, session_id, *made, ground="reports.ground_not_me")
    return case_id


def seated(lane: Neighbours, case_id: int) -> list[str]:
    """Who sits, in the order of the draw."""
    names = {number: name for name, number in lane.people.items()}
    with lane.village.read() as session:
        return [names[seat.resident_id] for seat in case_panel.seats_of(session, case_id)]


def sign_in(stage: MainWindow, lane: Neighbours, name: str, *, official: bool = False) -> None:
    card = lane.cards[name]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=official)
    stage.kiosk.wipe()
    stage.kiosk.begin_session(signed_in)


def open_case(stage: MainWindow, lane: Neighbours, name: str) -> None:
    sign_in(stage, lane, name)
    stage.kiosk.open("panel")
    tap(stage.window, "panel.case.0")
    until(lambda: see(stage.window, "panel.report"), "the case")
    at_rest(stage)


def vote(stage: MainWindow, lane: Neighbours, name: str, choice: str, malice: str = "0") -> str:
    """A whole vote by touch; what the screen says of it."""
    open_case(stage, lane, name)
    tap(stage.window, f"panel.{choice}")
    tap(stage.window, "panel.choice.0")
    if choice == "overturn":
        until(lambda: see(stage.window, "panel.choice.2") is None, "the two answers")
        tap(stage.window, f"panel.choice.{malice}")
    tap(stage.window, "panel.starter.0")
    cast(stage)
    return outcome(stage)


def cast(stage: MainWindow) -> None:
    at_rest(stage)  # what came last may still move the button that stands at the foot
    tap(stage.window, "panel.confirm")
    tap(stage.window, "dialog.yes")


def outcome(stage: MainWindow) -> str:
    shown = until(lambda: see(stage.window, "panel.outcome"), "the outcome")
    return str(shown.property("text"))


def test_the_three_read_that_a_clerk_wrote_the_reply_down_and_read_it_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks", "两袋菜叶，漂在石阶下面。")
    clerk, today = lane.at_work(CLERK), village_day(lane.clock.now())
    paper_notices.print_notice(lane.village, clerk, case_id, new_touch_id())
    paper_notices.handed_over(lane.village, clerk, case_id, today, new_touch_id())
    said = (case_id, "own_words", "箱子是刮风吹下去的。", True, new_touch_id())
    paper_notices.take_down_reply(lane.village, clerk, *said)
    lane.uphold(case_id)
    session_id = lane.at_home("林春生")
    appeal.appeal(lane.village, session_id, case_id, "那天我在镇上。", new_touch_id())
    open_case(stage, lane, seated(lane, case_id)[0])
    assert any(f"由办事员 {CLERK} 记下并念过" in text for text in texts(stage.window))
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("appeal", {"caseId": case_id})
    until(lambda: see(stage.window, "appeal.reply"), "the reply")
    assert any(f"由办事员 {CLERK} 记下并念过" in text for text in texts(stage.window))


def test_nobody_sees_an_entry_until_the_lot_falls_on_them(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    drawn = seated(lane, case_id)
    (other,) = {*LAY, "方志强"} - set(drawn)
    for name, wanted in ((other, False), (drawn[0], True)):
        sign_in(stage, lane, name)
        stage.kiosk.open("my_record")
        until(lambda: see(stage.window, "rights"), "the record")
        at_rest(stage)
        assert (see(stage.window, "open_panels") is not None) is wanted, name
    tap(stage.window, "open_panels")
    on(stage, "panel")
    row = until(lambda: see(stage.window, "panel.case.0"), "the case")
    assert "最迟2026年12月7日" in plain(row.property("detail"))


def test_the_page_has_everything_but_the_reporter(stage: MainWindow, lane: Neighbours) -> None:
    case_id = appealed(lane)
    open_case(stage, lane, seated(lane, case_id)[0])

    said = "\n".join(texts(stage.window))
    for wanted in ("两袋菜叶", "是这样", "不是我做的", "那天我在镇上", OFFICER, "本人也说是这样"):
        assert wanted in said, wanted
    assert "林春生" in said
    assert "李秀兰" not in said


def test_photographs_are_shown_and_one_is_enlarged_by_a_tap(
    stage: MainWindow, lane: Neighbours
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(drawn, "JPEG")
    case_id = appealed(lane, drawn.getvalue())
    open_case(stage, lane, seated(lane, case_id)[0])
    tap(stage.window, "panel.photo.0")
    large = until(lambda: see(stage.window, "panel.photo_large"), "the photograph")
    until(lambda: large.property("paintedWidth") > 100, "the picture itself")
    tap(stage.window, "panel.photo_close")
    until(lambda: see(stage.window, "panel.photo_large") is None, "it to close")


def test_the_person_sees_that_a_member_of_the_panel_looked(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    name = seated(lane, case_id)[0]
    open_case(stage, lane, name)
    look = views.views_of(lane.village, lane.at_home("林春生"))[0]
    assert (look.viewer_name, look.role, look.purpose) == (name, "panel", "hear_appeal")


def test_two_votes_overturn_and_the_slip_comes_out(stage: MainWindow, lane: Neighbours) -> None:
    case_id = appealed(lane)
    first, second, third = seated(lane, case_id)
    assert vote(stage, lane, first, "overturn") == "您的一票记下了"
    assert state_of(lane, case_id) == "appealed"
    assert vote(stage, lane, second, "overturn") == "申诉结果：改正，不计入"
    assert state_of(lane, case_id) == "overturned"
    while spooler.print_next(lane.village):
        pass
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    tap(stage.window, "panel.done")
    until(lambda: see(stage.window, "panel.empty"), "the empty list")

    sign_in(stage, lane, third)
    stage.kiosk.open("panel")
    until(lambda: see(stage.window, "panel.empty"), "nothing left to hear")


def test_two_votes_uphold_and_no_question_of_malice_is_asked(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    first, second, _third = seated(lane, case_id)
    vote(stage, lane, first, "uphold")
    assert vote(stage, lane, second, "uphold") == "申诉结果：维持，从现在起计入"
    assert state_of(lane, case_id) == "upheld"


def test_malice_found_by_two_pauses_the_reporter_and_by_one_does_not(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    first, second, _third = seated(lane, case_id)
    vote(stage, lane, first, "overturn", malice="1")
    vote(stage, lane, second, "overturn", malice="1")
    with lane.village.read() as session:
        paused = session.scalars(select(ReportingPause.resident_id)).all()
    assert list(paused) == [lane.people["李秀兰"]]


def test_a_vote_without_a_sentence_comes_back_and_what_was_chosen_stays(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    open_case(stage, lane, seated(lane, case_id)[0])
    tap(stage.window, "panel.uphold")
    tap(stage.window, "panel.choice.0")
    at_rest(stage)
    tap(stage.window, "panel.confirm")
    until(lambda: "请再写一句话" in error(stage), "the refusal")
    assert see(stage.window, "dialog.yes") is None
    write(stage.window, "panel.sentence.input", "现场还看得见菜叶。")
    tap(stage.window, "back")
    tap(stage.window, "panel.choice.0")
    field = until(lambda: see(stage.window, "panel.sentence"), "the sentence")
    assert field.property("text") == "现场还看得见菜叶。"
    cast(stage)
    assert outcome(stage) == "您的一票记下了"


def test_whoever_voted_sees_that_and_can_not_vote_again(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    first = seated(lane, case_id)[0]
    vote(stage, lane, first, "uphold")
    open_case(stage, lane, first)
    assert see(stage.window, "panel.voted_before") is not None
    assert see(stage.window, "panel.overturn") is None


def test_stepping_aside_takes_one_tap_and_a_confirmation_and_the_next_sits(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    before = seated(lane, case_id)
    open_case(stage, lane, before[0])
    tap(stage.window, "panel.aside")
    tap(stage.window, "dialog.no")
    assert seated(lane, case_id) == before
    tap(stage.window, "panel.aside")
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "您已回避"
    after = seated(lane, case_id)
    assert before[0] not in after
    assert len(after) == 3


def test_an_officer_finds_the_room_among_the_works(stage: MainWindow, lane: Neighbours) -> None:
    sign_in(stage, lane, OFFICER, official=True)
    stage.kiosk.open("staff")
    tap(stage.window, "staff.panel")
    on(stage, "panel")
    until(lambda: see(stage.window, "panel.empty"), "the empty list")


def test_a_clerk_is_not_led_to_it(stage: MainWindow, lane: Neighbours) -> None:
    sign_in(stage, lane, CLERK, official=True)
    stage.kiosk.open("staff")
    until(lambda: see(stage.window, "staff.signs"), "the works")
    assert see(stage.window, "staff.panel") is None


def test_an_empty_sentence_is_refused_before_the_question_whether_one_is_sure(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = appealed(lane)
    open_case(stage, lane, seated(lane, case_id)[0])
    tap(stage.window, "panel.uphold")
    tap(stage.window, "panel.choice.0")
    at_rest(stage)
    tap(stage.window, "panel.confirm")
    until(lambda: see(stage.window, "error"), "what is missing")
    assert see(stage.window, "dialog.yes") is None

    tap(stage.window, "panel.starter.0")
    tap(stage.window, "panel.confirm")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    assert see(stage.window, "error") is None
    asked = "\n".join(texts(stage.window))
    for wanted in ("林春生", reference(lane, case_id), stage.kiosk.text("panel.starter_listened")):
        assert wanted.strip() in asked, wanted


def enter_number(stage: MainWindow, number: str) -> None:
    for digit in number.replace("-", ""):
        tap(stage.window, f"pad.{digit}")


def test_an_officer_asks_a_panel_to_correct_what_counts_and_it_is_taken_out(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.deed("林春生", "clean_docks")
    sign_in(stage, lane, OFFICER, official=True)
    stage.kiosk.open("panel")
    tap(stage.window, "panel.correct")
    enter_number(stage, reference(lane, case_id))
    until(lambda: see(stage.window, "panel.entry"), "the entry")
    assert any("林春生" in text for text in texts(stage.window))
    write(stage.window, "panel.sentence.input", "那天在修河埠，没有人去清理。")
    tap(stage.window, "panel.ask_panel")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    said = "\n".join(texts(stage.window))
    assert reference(lane, case_id) in said
    assert "“那天在修河埠，没有人去清理。”" in said
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "已经抽签请了三个人"

    first, second, _third = seated(lane, case_id)
    open_case(stage, lane, first)
    assert any("那天在修河埠" in text for text in texts(stage.window))
    for name in (first, second):
        open_case(stage, lane, name)
        tap(stage.window, "panel.overturn")
        tap(stage.window, "panel.choice.0")
        tap(stage.window, "panel.starter.0")
        cast(stage)
        said = outcome(stage)
    assert said == "更正：这一条不再计入"
    assert state_of(lane, case_id) == "overturned"
    assert number_of(lane) == 50


def number_of(lane: Neighbours) -> int:
    from kiosk.services.record import number as record_number

    today = village_day(lane.village.clock.now())
    with reading(lane.village) as work:
        found = record_number.number_of(work, lane.people["林春生"], today)
    assert found is not None
    return found.number


def test_a_number_under_which_nothing_counts_is_asked_for_again(
    stage: MainWindow, lane: Neighbours
) -> None:
    sign_in(stage, lane, OFFICER, official=True)
    stage.kiosk.open("correction")
    enter_number(stage, "2026-9999")
    until(lambda: "没有找到这个编号" in error(stage), "the refusal")
    assert see(stage.window, "number_pad") is not None


def test_a_resident_is_offered_no_correction(stage: MainWindow, lane: Neighbours) -> None:
    sign_in(stage, lane, "单小红")
    stage.kiosk.open("panel")
    until(lambda: see(stage.window, "panel.empty"), "the empty list")
    assert see(stage.window, "panel.correct") is None


def test_no_seat_no_look(stage: MainWindow, lane: Neighbours) -> None:
    case_id = appealed(lane)
    sign_in(stage, lane, "李秀兰")
    stage.kiosk.open("panel_case", {"caseId": case_id})
    until(lambda: "不在您的小组里" in error(stage), "the refusal")
    assert see(stage.window, "panel.report") is None
    with lane.village.read() as session:
        assert len(session.scalars(select(PanelSeat)).all()) == 3


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    case_id = appealed(lane)
    name = seated(lane, case_id)[0]
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    sign_in(stage, lane, name)
    stage.kiosk.open("panel")
    until(lambda: see(stage.window, "panel.case.0"), "the list")
    whole(stage)
    tap(stage.window, "panel.case.0")
    until(lambda: see(stage.window, "panel.report"), "the case")
    whole(stage)
    tap(stage.window, "panel.overturn")
    until(lambda: see(stage.window, "panel.choice.0"), "the reasons")
    whole(stage)
    for _ in range(2):
        tap(stage.window, "panel.choice.0")
        settle()
        whole(stage)


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_a_correction_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    case_id = lane.deed("林春生", "clean_docks")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    sign_in(stage, lane, OFFICER, official=True)
    stage.kiosk.open("correction")
    until(lambda: see(stage.window, "number_pad"), "the number pad")
    whole(stage)
    enter_number(stage, reference(lane, case_id))
    until(lambda: see(stage.window, "panel.entry"), "the entry")
    whole(stage)
