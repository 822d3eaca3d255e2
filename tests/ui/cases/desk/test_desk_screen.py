"""Officers look through their queue, open a case and decide it by touch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPointF
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock, village_day
from kiosk.core.days import plain
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, SecondReading
from kiosk.models.printing import PrintJob
from kiosk.services.access import sessions, views
from kiosk.services.cases import decide as case_decide
from kiosk.services.cases import notices, paper_notices, remedy
from kiosk.services.cases.submit import Submission, hand_in, withdraw
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.neighbours import CLERK, OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, see, settle, tap, texts, until, write
from tests.worlds.kept import grown
from tests.worlds.pictures import picture

SENTENCE = "当天下午去看过，很干净。"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", number="8")


def at_desk(stage: MainWindow, lane: Neighbours, name: str = OFFICER) -> None:
    stage.kiosk.home()
    session_id = lane.at_work(name)
    with writing(lane.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("desk")
    settle()


def open_case(stage: MainWindow, place: int = 0) -> None:
    tap(stage.window, f"desk.case.{place}")
    until(lambda: see(stage.window, "case.report"), "the case")


def decide(stage: MainWindow, button: str, sentence: str) -> None:
    tap(stage.window, button)
    tap(stage.window, "case.reason.0")
    if sentence:
        write(stage.window, "case.sentence.input", sentence)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")


def think_again_about_merging(stage: MainWindow) -> None:
    tap(stage.window, "case.merge.0")
    tap(stage.window, "dialog.no")


def outcome(stage: MainWindow) -> str:
    item = until(lambda: see(stage.window, "case.outcome"), "the outcome")
    return str(item.property("text"))


def error(stage: MainWindow) -> str:
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


def test_an_officer_approves_a_deed_and_its_slip_comes_out(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks", "扫了石阶。")
    at_desk(stage, lane)
    open_case(stage)
    assert "“扫了石阶。”" in texts(stage.window)
    decide(stage, "case.approve", SENTENCE)

    assert outcome(stage) == "成立，已经记上"
    assert state_of(lane.village, case_id) == "effective"
    for _ in range(2):  # the receipt, and the decision
        spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.empty"), "the empty queue")


def test_the_person_sees_that_the_case_was_opened_and_why(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    before = views.views_of(lane.village, lane.at_home("林春生"))
    open_case(stage)

    assert "林春生 会看到您看过（审核一件事）" in texts(stage.window)
    look, *others = views.views_of(lane.village, lane.at_home("林春生"))
    assert (look.viewer_name, look.purpose) == (OFFICER, "decide_case")
    assert tuple(others) == before


def test_declining_without_a_sentence_is_refused_and_nothing_is_lost(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.decline")
    tap(stage.window, "case.reason.0")
    tap(stage.window, "case.confirm")
    until(lambda: "请再写一句话" in error(stage), "the sentence")
    assert see(stage.window, "dialog.yes") is None  # nobody is asked whether they are sure
    assert state_of(lane.village, case_id) == "submitted"
    assert any("时间地点还说不清" in text for text in texts(stage.window))

    write(stage.window, "case.sentence.input", "请说说是哪一段石阶。")
    tap(stage.window, "case.confirm")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    asked = " ".join(texts(stage.window))
    for part in ("林春生", "清理河埠", "时间地点还说不清", "“请说说是哪一段石阶。”"):
        assert part in asked
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "这次没有成立"
    assert state_of(lane.village, case_id) == "declined"


def test_words_that_do_not_belong_there_are_refused_and_stay_to_be_changed(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.decline")
    tap(stage.window, "case.reason.0")
    write(stage.window, "case.sentence.input", "那天他去庙里了。")
    tap(stage.window, "case.confirm")
    until(lambda: "这样的内容不在这里记" in error(stage), "the sentence")
    field = see(stage.window, "case.sentence")
    assert field is not None
    assert field.property("text") == "那天他去庙里了。"


def test_ones_own_case_has_a_reason_in_place_of_buttons(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.enrol(OFFICER)
    lane.hand_in(OFFICER, OFFICER, "clean_docks")
    at_desk(stage, lane)
    open_case(stage)

    assert see(stage.window, "case.why_not") is not None
    assert any("这是您自己的事" in text for text in texts(stage.window))
    for button in ("case.approve", "case.decline", "case.recuse"):
        assert see(stage.window, button) is None


def test_a_concern_about_oneself_is_not_opened_at_the_desk(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.enrol(OFFICER)
    case_id = lane.hand_in("李秀兰", OFFICER, "littering_docks")
    session_id = lane.at_home(OFFICER)
    notices.reply(lane.village, session_id, case_id, "agree", "", new_touch_id())
    at_desk(stage, lane)
    row = until(lambda: see(stage.window, "desk.case.0"), "the queue")
    for name in (OFFICER, "李秀兰"):
        assert not any(name in str(row.property(said)) for said in ("text", "detail", "spoken"))
    assert not row.property("tappable")  # it would only be refused
    assert "由别的审核员来看" in str(row.property("detail"))


def test_a_concern_takes_two_officers_at_the_same_terminal(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert see(stage.window, "case.reply") is not None
    decide(stage, "case.approve_concern", SENTENCE)
    assert outcome(stage) == "记下了，等第二位审核员"
    assert state_of(lane.village, case_id) == "decided"

    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    assert "周根土" in str(until(lambda: see(stage.window, "case.first"), "it").property("heading"))
    assert SENTENCE in shown(stage, "case.first")
    decide(stage, "case.countersign", "我也去看过，两边都问了。")
    assert outcome(stage) == "两人都认为成立，现在还不计分"
    assert state_of(lane.village, case_id) == "countersigned"


def test_who_raised_a_concern_is_said_on_asking_and_that_person_sees_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert not any("李秀兰" in text for text in texts(stage.window))
    tap(stage.window, "case.unseal")
    tap(stage.window, "dialog.yes")

    until(lambda: "李秀兰 交来" in texts(stage.window), "the name")
    look = views.views_of(lane.village, lane.at_home("李秀兰"))[0]
    assert (look.viewer_name, look.purpose) == (OFFICER, "unseal_reporter")


def test_the_first_officer_is_not_offered_to_be_the_second(
    stage: MainWindow, lane: Neighbours
) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    decide(stage, "case.approve_concern", SENTENCE)
    outcome(stage)
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.case.0"), "the queue")
    open_case(stage)

    assert see(stage.window, "case.countersign") is None
    assert any("等另一位审核员" in text for text in texts(stage.window))


def test_stepping_aside_is_asked_about_and_leaves_the_case_to_others(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.recuse")
    tap(stage.window, "dialog.no")
    assert see(stage.window, "case.approve") is not None
    step_aside(stage)
    assert outcome(stage) == "您已回避"
    assert state_of(lane.village, case_id) == "submitted"

    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    assert see(stage.window, "case.approve") is not None


def step_aside(stage: MainWindow) -> None:
    tap(stage.window, "case.recuse")
    tap(stage.window, "dialog.yes")


def test_a_slip_of_the_finger_is_taken_back_at_once_or_from_the_queue(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    step_aside(stage)
    tap(stage.window, "case.not_aside")
    until(lambda: see(stage.window, "case.approve"), "the page as before")
    assert "回避收回了" in shown(stage, "case.written")
    step_aside(stage)
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.case.0.back"), "the way back in the queue")
    open_case(stage)
    for button in ("case.unseal", "case.approve", "case.recuse"):
        assert see(stage.window, button) is None
    tap(stage.window, "back")
    tap(stage.window, "desk.case.0.back")
    until(lambda: see(stage.window, "desk.case.0.back") is None, "the case")
    assert shown(stage, "desk.mine") == "等您审核的有 1 件"


def test_stepping_aside_says_when_too_few_are_left(stage: MainWindow, lane: Neighbours) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.recuse")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    assert any("能审核的人不够，到期就作废" in text for text in texts(stage.window))


def test_a_sentence_can_be_tapped_instead_of_written(stage: MainWindow, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.approve")
    tap(stage.window, "case.reason.0")
    tap(stage.window, "case.starter.0")
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "成立，已经记上"


def test_what_a_clerk_wrote_down_says_so(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    clerk = lane.at_work(CLERK)
    paper_notices.print_notice(lane.village, clerk, case_id, new_touch_id())
    today = village_day(lane.clock.now())
    paper_notices.handed_over(lane.village, clerk, case_id, today, new_touch_id())
    said = (case_id, "not_so", "", True, new_touch_id())
    paper_notices.take_down_reply(lane.village, clerk, *said)
    at_desk(stage, lane)
    open_case(stage)
    by = f"由办事员 {CLERK} 记下并念过"
    assert by in shown(stage, "case.reply")
    assert any(text.startswith("本人答复 · ") and by in text for text in texts(stage.window))


def test_a_case_that_moved_on_meanwhile_is_not_decided_and_is_shown_as_it_is_now(
    stage: MainWindow, lane: Neighbours
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

    until(lambda: see(stage.window, "case.moved_on"), "the sentence")
    assert see(stage.window, "case.report") is not None
    assert see(stage.window, "case.approve") is None
    assert state_of(lane.village, case_id) == "withdrawn"


def test_of_two_officers_at_the_same_moment_the_second_sees_the_firsts_word_and_may_add_theirs(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = replied_concern(lane)
    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    tap(stage.window, "case.approve_concern")
    tap(stage.window, "case.reason.0")
    write(stage.window, "case.sentence.input", SENTENCE)
    told = ("desk.reason_evidence", SENTENCE, new_touch_id())
    case_decide.decide(lane.village, lane.at_work(OFFICER), case_id, True, *told)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")

    until(lambda: see(stage.window, "case.moved_on"), "the sentence")
    assert state_of(lane.village, case_id) == "decided"
    assert see(stage.window, "case.approve_concern") is None
    tap(stage.window, "case.countersign")
    assert see(stage.window, "case.moved_on") is None
    tap(stage.window, "case.reason.0")
    field = see(stage.window, "case.sentence")
    assert field is not None
    assert field.property("text") == SENTENCE  # nothing typed was lost


def test_a_case_that_vanished_meanwhile_leads_back_to_the_queue(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.decline")
    tap(stage.window, "case.reason.0")
    write(stage.window, "case.sentence.input", SENTENCE)
    given = (case_id, "收拾干净了。", new_touch_id())
    case_decide.put_right(lane.village, lane.at_work(SECOND_OFFICER), *given)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")

    until(lambda: see(stage.window, "case.to_queue"), "the way back")
    assert error(stage) != ""
    assert see(stage.window, "case.report") is None


def test_the_second_officer_signs_in_from_the_firsts_word_and_comes_to_the_case(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    decide(stage, "case.approve_concern", SENTENCE)
    outcome(stage)
    tap(stage.window, "case.second_now")
    until(lambda: stage.kiosk.property("screenName") == "sign_in", "the sign-in")
    assert not stage.kiosk.signedIn
    card = lane.cards[SECOND_OFFICER]
    for digit in card.number.replace("-", ""):
        tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "pin_pad"), "the PIN")
    for digit in card.pin:
        tap(stage.window, f"pad.{digit}")

    until(lambda: see(stage.window, "case.countersign"), "the case")
    decide(stage, "case.countersign", "我也去看过，两边都问了。")
    outcome(stage)
    assert state_of(lane.village, case_id) == "countersigned"
    tap(stage.window, "case.done")
    until(lambda: see(stage.window, "desk.empty"), "the desk")


# --- Everything on one page


def shown(stage: MainWindow, name: str) -> str:
    item = until(lambda: see(stage.window, name), name)
    return plain(str(item.property("text")))


def with_photos(lane: Neighbours, number: int = 2) -> int:
    """A concern with photographs that was answered."""
    lane.join("王小梅", number="20")
    form = Submission(
        touch=new_touch_id(),
        session_id=lane.at_home("王小梅"),
        subject_id=lane.people["林春生"],
        rule_version_id=lane.rules["littering_docks"],
        happened_on=village_day(lane.clock.now()),
        photos=tuple(picture((640, 480)) for _ in range(number)),
    )
    case_id = hand_in(lane.village, form).case_id
    session_id = lane.at_home("林春生")
    notices.reply(lane.village, session_id, case_id, "agree", "", new_touch_id())
    return case_id


def test_photographs_stand_on_the_page_and_each_can_be_seen_large(
    stage: MainWindow, lane: Neighbours
) -> None:
    with_photos(lane)
    at_desk(stage, lane)
    open_case(stage)
    until(lambda: see(stage.window, "case.photo.1"), "the photographs")
    tap(stage.window, "case.photo.0")
    until(lambda: "照片 1 / 2" in texts(stage.window), "the first, large")
    tap(stage.window, "case.photo.after")
    until(lambda: "照片 2 / 2" in texts(stage.window), "the second")
    tap(stage.window, "back")
    until(lambda: see(stage.window, "case.decision"), "the page")


def test_an_officer_who_is_part_of_a_deed_does_not_get_its_photographs(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("周小花", "河埠路", "1")  # of the officer's own house
    lane.card_for("周小花")
    lane.enrol("周小花")
    form = Submission(
        touch=new_touch_id(),
        session_id=lane.at_home("周小花"),
        subject_id=lane.people["周小花"],
        rule_version_id=lane.rules["clean_docks"],
        happened_on=village_day(lane.clock.now()),
        photos=(picture((640, 480)),),
    )
    hand_in(lane.village, form)
    at_desk(stage, lane)
    open_case(stage)
    assert see(stage.window, "case.why_not") is not None
    for _ in range(20):
        settle()
    assert see(stage.window, "case.photo.0") is None
    assert error(stage) == ""


def test_what_lay_between_the_two_is_said_in_counts(stage: MainWindow, lane: Neighbours) -> None:
    earlier = lane.hand_in("李秀兰", "林春生", "littering_docks")
    session_id = lane.at_home("林春生")
    notices.reply(lane.village, session_id, earlier, "not_so", "", new_touch_id())
    told = ("desk.reason_unproven", SENTENCE, new_touch_id())
    case_decide.decide(lane.village, lane.at_work(OFFICER), earlier, False, *told)
    lane.clock.advance(days=9)
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert see(stage.window, "case.between") is None  # counts would tell who it was
    tap(stage.window, "case.unseal")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "case.between"), "what lay between the two")
    assert "交来的人反映过本人，1 件（您审核的）：1 件不成立。" in texts(stage.window)


def test_a_deed_of_ones_own_has_no_two_people(stage: MainWindow, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane)
    open_case(stage)
    assert see(stage.window, "case.between") is None


def test_what_may_be_the_same_is_merged_by_a_tap_and_a_yes(
    stage: MainWindow, lane: Neighbours
) -> None:
    first = lane.hand_in("李秀兰", "林春生", "littering_docks", "两袋菜叶。")
    lane.clock.advance(days=1)
    second = with_photos(lane, 1)
    at_desk(stage, lane)
    open_case(stage)
    assert "“两袋菜叶。”" in shown(stage, "case.similar.0")
    tap(stage.window, "case.merge.0")
    tap(stage.window, "dialog.no")
    assert state_of(lane.village, second) == "replied"
    tap(stage.window, "case.merge.0")
    tap(stage.window, "dialog.yes")

    assert outcome(stage) == "两件并成一件了"
    with lane.village.read() as session:
        assert session.get_one(Case, second).merged_into_id == first


def test_a_later_double_is_merged_into_the_page_that_one_reads(
    stage: MainWindow, lane: Neighbours
) -> None:
    first = replied_concern(lane)
    lane.clock.advance(days=1)
    second = with_photos(lane, 1)
    at_desk(stage, lane)
    open_case(stage)
    tap(stage.window, "case.merge.0")
    tap(stage.window, "dialog.yes")

    until(lambda: see(stage.window, "case.similar.0") is None, "one double less")
    assert "并到这一件了" in shown(stage, "case.written")
    assert see(stage.window, "case.decision") is not None
    assert (state_of(lane.village, first), state_of(lane.village, second)) == (
        "replied",
        "withdrawn",
    )


def test_what_the_person_says_to_have_put_right_stands_on_the_page(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = replied_concern(lane)
    session_id = lane.at_home("林春生")
    said = (case_id, "cleaned_up", "第二天捡上来了。", new_touch_id())
    remedy.say_put_right(lane.village, session_id, *said)
    at_desk(stage, lane)
    open_case(stage)
    assert "收拾干净了\n“第二天捡上来了。”" in texts(stage.window)


def test_deadlines_say_what_happens_when(stage: MainWindow, lane: Neighbours) -> None:
    replied_concern(lane)
    at_desk(stage, lane)
    open_case(stage)
    assert shown(stage, "case.deadline") == "到12月23日没有审核就作废，还有 30 天"
    decide(stage, "case.approve_concern", SENTENCE)
    outcome(stage)
    at_desk(stage, lane, SECOND_OFFICER)
    open_case(stage)
    decide(stage, "case.countersign", "我也去看过，两边都问了。")
    outcome(stage)
    stage.kiosk.open("case", {"caseId": 1})
    assert "要在12月23日以前告诉本人" in shown(stage, "case.deadline")


def test_neighbours_who_often_confirm_one_another_are_read_again_in_neutral_words(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.clock.advance(days=80)
    for days_ago in (70, 35):
        lane.deed("李秀兰", "clean_docks", "林春生", days_ago=days_ago)
        lane.deed("林春生", "clean_docks", "李秀兰", days_ago=days_ago)
    at_desk(stage, lane)  # who decided them does not read them again
    until(lambda: see(stage.window, "desk.empty"), "the queue")
    assert see(stage.window, "desk.again.0") is None

    at_desk(stage, lane, SECOND_OFFICER)
    tap(stage.window, "desk.again.0")
    note = shown(stage, "case.note")
    assert "常常互相确认" in note
    assert see(stage.window, "case.approve") is None
    tap(stage.window, "case.read_again")
    write(stage.window, "case.sentence.input", "问过，两家互相帮忙。")
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")
    assert outcome(stage) == "看过了，记下了"
    with lane.village.read() as session:
        assert session.scalars(select(SecondReading)).one().sentence == "问过，两家互相帮忙。"


def test_a_clerk_finds_the_door_signs_and_no_cases(stage: MainWindow, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    at_desk(stage, lane, CLERK)
    assert see(stage.window, "desk.case.0") is None
    tap(stage.window, "desk.signs")

    assert stage.kiosk.property("screenName") == "signs"


def test_a_paper_that_is_stuck_is_said_at_the_desk(stage: MainWindow, lane: Neighbours) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    with lane.village.write() as session:
        session.scalars(select(PrintJob)).one().reason = "out_of_paper"
    at_desk(stage, lane)

    banner = until(lambda: see(stage.window, "desk.print_trouble"), "the banner")
    assert "打印机没有纸了" in str(banner.property("text"))


def test_a_resident_is_asked_to_let_an_official_sign_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    session_id = lane.at_home("林春生")
    with writing(lane.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("desk")
    tap(stage.window, "desk.sign_in")

    assert stage.kiosk.property("screenName") == "sign_in"


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_a_case_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    case_id = replied_concern(lane)
    said = (case_id, "cleaned_up", "第二天捡上来了。", new_touch_id())
    remedy.say_put_right(lane.village, lane.at_home("林春生"), *said)
    lane.clock.advance(days=1)
    with_photos(lane, 3)
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    at_desk(stage, lane)
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "desk.case.0"), "the queue")
    steps: tuple[Callable[[], None], ...] = (
        lambda: open_case(stage, 1),
        lambda: tap(stage.window, "case.photo.2"),
        lambda: tap(stage.window, "back"),
        lambda: think_again_about_merging(stage),
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


def whole(stage: MainWindow) -> None:
    """Everything in sight is whole, in both languages."""
    for _ in range(2):
        stage.kiosk.switchLanguage()
        stage.window.grabWindow()
        settle()
        assert ill_placed(stage.window) == [], stage.kiosk.tongue


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_after_a_decision_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    lane.clock.advance(days=80)
    for days_ago in (70, 35):
        lane.deed("李秀兰", "clean_docks", "林春生", days_ago=days_ago)
        lane.deed("林春生", "clean_docks", "李秀兰", days_ago=days_ago)
    first = replied_concern(lane)
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    at_desk(stage, lane, SECOND_OFFICER)
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "desk.again.0"), "the queue")
    whole(stage)
    tap(stage.window, "desk.again.0")
    until(lambda: see(stage.window, "case.note"), "the note")
    whole(stage)
    tap(stage.window, "back")
    until(lambda: see(stage.window, "desk.again.0"), "the queue again")
    whole(stage)
    open_case(stage)
    whole(stage)
    tap(stage.window, "case.decline")
    whole(stage)
    tap(stage.window, "case.reason.0")
    whole(stage)
    write(stage.window, "case.sentence.input", SENTENCE)
    told = ("desk.reason_evidence", SENTENCE, new_touch_id())
    case_decide.decide(lane.village, lane.at_work(OFFICER), first, True, *told)
    tap(stage.window, "case.confirm")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "case.moved_on"), "the case as it is")
    whole(stage)


@pytest.mark.parametrize("panel", PANELS)
def test_the_first_officers_outcome_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, panel: str
) -> None:
    replied_concern(lane)
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    at_desk(stage, lane)
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "desk.case.0"), "the queue")
    whole(stage)
    open_case(stage)
    whole(stage)
    decide(stage, "case.approve_concern", SENTENCE)
    until(lambda: see(stage.window, "case.second_now"), "the outcome")
    whole(stage)


def find_case(stage: MainWindow, number: str) -> None:
    for digit in number.replace("-", ""):
        tap(stage.window, f"pad.{digit}")


def test_a_case_is_found_by_the_number_of_its_slip_and_the_look_says_why(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.deed("林春生", "clean_docks")
    at_desk(stage, lane)
    tap(stage.window, "desk.find")
    find_case(stage, "2027-0999")
    until(lambda: error(stage) == stage.kiosk.text("error.no_case_for_you"), "the sentence")
    with lane.village.read() as session:
        number = session.get_one(Case, case_id).reference
    find_case(stage, number)
    until(lambda: see(stage.window, "case.report"), "the case")
    assert "林春生 会看到您看过（回答本人的询问）" in texts(stage.window)
    look, *_ = views.views_of(lane.village, lane.at_home("林春生"))
    assert (look.viewer_name, look.purpose) == (OFFICER, "answer_question")


@pytest.mark.parametrize("first", [True, False])
def test_every_answer_is_in_sight_on_the_smallest_panel_in_both_languages(
    open_stage: Callable[..., MainWindow], lane: Neighbours, first: bool
) -> None:
    case_id = replied_concern(lane)
    stage = open_stage(size=(1280, 800), mm=1280 / 261)
    if not first:
        reason = "desk.reason_agreed"
        given = (case_id, True, reason, SENTENCE, new_touch_id())
        case_decide.decide(lane.village, lane.at_work(OFFICER), *given)
    at_desk(stage, lane, OFFICER if first else SECOND_OFFICER)
    open_case(stage)
    may = "case.approve_concern" if first else "case.countersign"
    for _ in range(2):
        stage.kiosk.switchLanguage()
        settle()
        page = until(lambda: see(stage.window, "case.decision"))
        while not page.property("sight"):
            page = page.parentItem()
        for name in (may, "case.decline", "case.put_right", "case.recuse"):
            button = until(partial(see, stage.window, name), name)
            bottom = button.mapToItem(page, QPointF(0, button.height())).y()
            assert bottom <= page.property("sight"), (name, stage.kiosk.tongue)
    if not first:
        word = until(lambda: see(stage.window, "case.first"), "the first officer's word")
        assert word.mapToItem(page, QPointF(0, word.height())).y() <= page.property("sight")
