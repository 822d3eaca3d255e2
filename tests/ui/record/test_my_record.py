"""One's own record by touch: what is new, the sum and its lines, who looked, consents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock, village_day
from kiosk.core.days import plain
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import notices, submit
from kiosk.services.cases.submit import Submission, hand_in
from kiosk.services.cases.views import own_view
from kiosk.services.consent import pauses
from kiosk.services.village import Village
from tests.ui.neighbours import OFFICER, Neighbours
from tests.ui.touch import at_rest, items, read_and_tap, see, settle, tap, texts, until, write
from tests.worlds.kept import grown
from tests.worlds.pictures import picture


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """Two neighbours who joined half a year ago."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    today = neighbours.clock.moment
    neighbours.clock.advance(days=-180)
    neighbours.found()
    neighbours.join("林春生")
    neighbours.join("李秀兰", "东街", "8")
    neighbours.clock.moment = today


def sign_in(stage: MainWindow, lane: Neighbours, name: str) -> None:
    stage.kiosk.begin_session(lane.signed_in(name))


def open_record(stage: MainWindow, lane: Neighbours, name: str = "林春生") -> None:
    sign_in(stage, lane, name)
    tap(stage.window, "tile.my_record")
    until(lambda: see(stage.window, "rights"))
    at_rest(stage)


def open_notices(stage: MainWindow, lane: Neighbours, needs: str, name: str = "林春生") -> None:
    sign_in(stage, lane, name)
    stage.kiosk.open("notices")
    until(lambda: see(stage.window, f"notice.{needs}"))
    at_rest(stage)


def amounts(stage: MainWindow) -> list[int]:
    """What stands in the five boxes of the sum, and the large number."""
    boxes = ("base", "deed", "star", "concern", "total")
    found = [see(stage.window, f"sum.{each}") for each in boxes]
    return [int(str(box.property("spoken")).rpartition(" ")[2]) for box in found if box]


def lines(stage: MainWindow) -> list[tuple[int, str]]:
    """Points and title of each line in sight."""
    rows = [item for item in items(stage.window) if item.objectName().startswith("line.")]
    return [(int(row.property("points")), str(row.property("title"))) for row in rows]


def says(stage: MainWindow, part: str) -> bool:
    """Whether a text in sight has this part; a day may stand in a line of its own."""
    return any(part in text.replace("\n", " · ") for text in texts(stage.window))


def state(lane: Neighbours, name: str, case_id: int) -> str:
    """The state of a case as this person sees it."""
    seen = own_view.my_cases(lane.village, lane.at_home(name))
    return next(each.state for each in seen if each.case_id == case_id)


# --- The number and its sum ----------------------------------------------------------------------


def test_the_number_is_the_sum_of_its_boxes_and_the_lines_explain_each(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.deed("林春生", "visit_older_person", "李秀兰", days_ago=42)
    lane.deed("林春生", "clean_docks", days_ago=30)
    lane.rate("林春生", {"courtyard": 5, "rules": 4, "recycling": 3})
    open_record(stage, lane)

    base, deeds, stars, concerns, total = amounts(stage)
    assert (base, deeds, stars, concerns, total) == (50, 9, 3, 0, 62)
    assert base + deeds + stars - concerns == total
    assert lines(stage) == [
        (3, "清理河埠头"),
        (6, "看望老人、陪老人看医生"),
        (3, "家里的星"),
    ]
    number = see(stage.window, "number")
    assert number is not None
    assert number.property("text") == "62"


def test_a_line_says_when_who_confirmed_who_decided_and_until_when(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.deed("林春生", "visit_older_person", "李秀兰", days_ago=42)
    open_record(stage, lane)
    row = see(stage.window, "line.0")
    assert row is not None

    assert plain(row.property("detail")) == f"2026年10月12日 · 李秀兰家确认 · {OFFICER}审核"
    assert plain(row.property("until")) == "计到2027年10月11日"


def test_each_box_opens_its_own_lines_and_all_of_them_come_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.deed("林春生", "clean_docks")
    lane.rate("林春生", {"courtyard": 5})
    open_record(stage, lane)
    tap(stage.window, "sum.star")
    assert lines(stage) == [(2, "家里的星")]
    tap(stage.window, "sum.deed")
    assert lines(stage) == [(3, "清理河埠头")]
    tap(stage.window, "sum.concern")
    assert lines(stage) == []
    assert says(stage, "没有未了结的事")
    tap(stage.window, "all_lines")

    assert len(lines(stage)) == 2


def test_a_line_that_counts_less_says_why(stage: MainWindow, lane: Neighbours) -> None:
    for days_ago in (50, 40, 30, 20, 10):
        lane.deed("林春生", "sort_waste", days_ago=days_ago)
    open_record(stage, lane)
    row = see(stage.window, "line.0")
    assert row is not None

    assert row.property("points") == 0
    assert row.property("remark") == "3 分里现在计 0 分。同一种好事，一年最多计 12 分。"
    assert amounts(stage)[1] == 12


def test_neighbours_who_often_confirm_one_another_read_that_somebody_looks_again(
    stage: MainWindow, lane: Neighbours
) -> None:
    for days_ago in (80, 40):
        lane.deed("李秀兰", "visit_older_person", "林春生", days_ago=days_ago)
        lane.deed("林春生", "visit_older_person", "李秀兰", days_ago=days_ago - 1)
    open_record(stage, lane)
    row = see(stage.window, "line.0")
    assert row is not None

    assert row.property("points") == 6
    assert "常常互相确认" in row.property("remark")
    assert "分数不变" in row.property("remark")


def test_what_will_change_is_told_with_its_day(stage: MainWindow, lane: Neighbours) -> None:
    lane.deed("林春生", "clean_docks", days_ago=100)
    open_record(stage, lane)

    assert says(stage, "2027年8月15日 · “清理河埠头”到期，分数 −3")


def test_a_concern_that_two_officers_upheld_does_not_count_while_it_can_be_appealed(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    lane.told_concern("林春生", "李秀兰")
    open_record(stage, lane)
    assert amounts(stage) == [50, 0, 0, 0, 50]
    assert says(stage, "“往河埠头倒垃圾”开始算，分数 −5")
    assert says(stage, "可以申诉")


def test_nobody_without_consent_has_a_number_and_it_is_said_kindly(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("曾阿牛", "西街", "2")
    lane.card_for("曾阿牛")
    open_record(stage, lane, "曾阿牛")

    assert see(stage.window, "not_joined") is not None
    assert see(stage.window, "sum.total") is None
    assert see(stage.window, "number") is None


def test_the_wallet_stands_apart_from_the_number(stage: MainWindow, lane: Neighbours) -> None:
    lane.deed("林春生", "clean_docks")
    open_record(stage, lane)
    wallet = see(stage.window, "wallet_points")
    assert wallet is not None

    assert str(wallet.property("text")) == "3"


def test_without_a_session_the_record_asks_for_the_card_first(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.open("my_record")

    until(lambda: stage.kiosk.property("screenName") == "sign_in")
    assert stage.kiosk.property("screenProperties") == {"then": "my_record"}


def test_the_record_speaks_the_other_language_at_once(stage: MainWindow, lane: Neighbours) -> None:
    lane.deed("林春生", "clean_docks", "李秀兰")
    open_record(stage, lane)
    tap(stage.window, "language")

    until(lambda: lines(stage) == [(3, "Cleaned the river docks")])
    assert says(stage, "confirmed by 李秀兰")


# --- Who looked, what is under way, what one agreed to -------------------------------------------


def test_every_look_of_an_official_is_shown_with_name_day_and_purpose(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.deed("林春生", "clean_docks")
    open_record(stage, lane)
    assert says(stage, f"2026年11月23日 09:00 · {OFFICER}（审核员） · 审核一件事")
    tap(stage.window, "all_views")
    row = until(lambda: see(stage.window, "view.0"))

    assert row.property("text") == f"{OFFICER}（审核员）"
    assert row.property("aside") == "审核一件事（编号 2026-0001）"
    assert see(stage.window, "view.2") is not None  # the card and the enrolment


def test_one_s_own_report_can_be_taken_back_in_two_taps(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("林春生", "林春生", "clean_docks")
    open_record(stage, lane)
    assert says(stage, "已交来")
    tap(stage.window, "withdraw.0")
    tap(stage.window, "dialog.yes")

    until(lambda: see(stage.window, "case.0") is None)


def test_a_consent_is_withdrawn_in_two_taps_and_the_number_is_gone(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_record(stage, lane)
    tap(stage.window, "open_rights")
    until(lambda: see(stage.window, "withdraw.number"))
    at_rest(stage)
    tap(stage.window, "withdraw.number")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "consents.done"))
    assert says(stage, "不再同意“有一个自己的分数”。")
    assert see(stage.window, "withdraw.number") is None
    assert see(stage.window, "agree.number") is None  # a number begins with the talk at the desk
    assert says(stage, "想有分数，请带上卡到服务台")
    tap(stage.window, "back")

    until(lambda: see(stage.window, "not_joined"))


def test_a_consent_stays_when_the_question_is_answered_with_no(
    stage: MainWindow, lane: Neighbours
) -> None:
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("consents")
    at_rest(stage)
    tap(stage.window, "withdraw.number")
    tap(stage.window, "dialog.no")

    assert see(stage.window, "withdraw.number") is not None
    assert see(stage.window, "consents.done") is None


def test_a_consent_is_given_where_it_is_withdrawn_and_each_dialog_names_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("consents")
    at_rest(stage)
    tap(stage.window, "agree.thank_you_wall")
    assert says(stage, "同意“我的名字可以上感谢墙”吗？")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "withdraw.thank_you_wall"), "the consent")
    assert says(stage, "同意“我的名字可以上感谢墙”。")
    at_rest(stage)
    tap(stage.window, "withdraw.thank_you_wall")
    assert says(stage, "不再同意“我的名字可以上感谢墙”了吗？")
    assert says(stage, "您的名字不再上感谢墙。")


def test_the_text_that_one_agreed_to_can_be_read_again(stage: MainWindow, lane: Neighbours) -> None:
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("consents")
    at_rest(stage)
    assert not says(stage, stage.kiosk.text("rights.consent_5"))
    tap(stage.window, "consents.read")
    until(lambda: says(stage, stage.kiosk.text("rights.consent_5")), "the text")


def test_a_pause_says_pause_and_one_tap_ends_it(stage: MainWindow, lane: Neighbours) -> None:
    pauses.pause(lane.village, lane.at_home("林春生"), new_touch_id())
    open_record(stage, lane)
    until(lambda: see(stage.window, "paused"), "the pause")
    assert see(stage.window, "not_joined") is None
    at_rest(stage)
    tap(stage.window, "resume")
    until(lambda: see(stage.window, "number_card"), "the number")
    assert see(stage.window, "paused") is None
    assert pauses.paused(lane.village, lane.at_home("林春生")) is None


def test_what_is_not_decided_yet_stands_under_what_will_change(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    notices.reply(lane.village, lane.at_home("林春生"), case_id, "not_so", "", new_touch_id())
    open_record(stage, lane)
    until(lambda: says(stage, "您已答复，等审核 · “往河埠头倒垃圾” −5，定了才算"), "the matter")
    assert not says(stage, "眼下没有会变的。")
    assert not says(stage, "现在没有扣分的事。")
    assert says(stage, "审核员最迟")


def test_a_decision_is_told_with_its_reasons_and_what_follows_before_any_button(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.uphold_concern("林春生", "李秀兰")
    open_notices(stage, lane, "read")
    assert says(stage, "两位审核员看过，定了：这件事属实")
    for place in (0, 1):
        assert see(stage.window, f"notice.decision.{place}") is not None
    assert says(stage, "理由：")
    assert says(stage, "过了那天才扣 5 分")
    assert says(stage, f"· {OFFICER}")


def test_who_taps_that_they_understood_was_told_and_the_days_to_appeal_begin(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    open_record(stage, lane)
    until(lambda: says(stage, "从告诉您的那天算起，过了 20 天才算"), "what will change")
    assert state(lane, "林春生", case_id) == "countersigned"
    open_notices(stage, lane, "read")
    read_and_tap(stage.window, "answer")
    until(lambda: stage.kiosk.property("hint") == "记下了：您已经知道了。", "the hint")
    assert state(lane, "林春生", case_id) == "told"
    until(lambda: says(stage, "“往河埠头倒垃圾”开始算，分数 −5"), "the day")


def test_who_goes_back_from_a_decision_was_not_told(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.uphold_concern("林春生", "李秀兰")
    open_notices(stage, lane, "read")
    tap(stage.window, "back")
    at_rest(stage)
    assert state(lane, "林春生", case_id) == "countersigned"
    open_notices(stage, lane, "read")


def test_a_deed_that_was_declined_is_told_with_its_reason_and_can_be_appealed(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "help_neighbour")
    lane.decline(case_id)
    open_notices(stage, lane, "read")
    assert says(stage, "您的一件好事，这次没有成立")
    assert says(stage, "不扣分。不同意，请在")
    assert see(stage.window, "appeal") is not None
    read_and_tap(stage.window, "answer")
    until(lambda: stage.kiosk.property("hint") == "记下了：您已经知道了。", "the hint")


def test_a_decision_is_acknowledged_only_once_its_end_was_in_sight(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("林春生", "林春生", "help_neighbour")
    lane.decline(case_id)
    stage.window.resize(1000, 420)
    open_notices(stage, lane, "read")
    answer = see(stage.window, "answer")
    assert answer is not None
    QTest.qWait(700)
    assert answer.property("text") == "请先看到最后"
    tap(stage.window, "answer")
    assert see(stage.window, "notice.read") is not None

    read_and_tap(stage.window, "answer")
    until(lambda: stage.kiosk.property("hint") == "记下了：您已经知道了。", "the hint")


def test_a_concern_that_was_taken_back_is_told_and_asks_for_nothing(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    touch = new_touch_id()
    notices.mark_noticed(lane.village, lane.at_home("林春生"), case_id, touch)
    submit.withdraw(lane.village, lane.at_home("李秀兰"), case_id, new_touch_id())
    open_notices(stage, lane, "read")
    assert says(stage, "反映您的一件事，已经撤回")
    assert says(stage, "一分也不扣。这件事到此为止，您不用再做什么。")
    assert not says(stage, "李秀兰")
    assert see(stage.window, "appeal") is None


def test_a_reply_from_the_list_opens_that_matter_and_is_acknowledged(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("李秀兰", "林春生", "help_neighbour")
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    open_record(stage, lane)
    until(lambda: says(stage, "往河埠头倒垃圾"), "the list")
    at_rest(stage)
    place = next(i for i in range(4) if see(stage.window, f"reply.{i}"))
    show(stage, f"reply.{place}")
    tap(stage.window, f"reply.{place}")
    until(lambda: see(stage.window, "notice.reply"), "the concern first")
    at_rest(stage)
    tap(stage.window, "reply.not_so")
    tap(stage.window, "answer")
    until(lambda: see(stage.window, "notice.accept"), "the next")
    assert stage.kiosk.property("hint") == "您的答复收到了。"
    assert state(lane, "林春生", case_id) == "replied"


@pytest.mark.parametrize("box", ["base", "deed", "star", "concern"])
def test_each_box_of_the_sum_brings_its_own_lines_to_the_top(
    stage: MainWindow, lane: Neighbours, box: str
) -> None:
    stage.window.resize(1280, 800)
    for place in range(4):
        lane.deed("林春生", "clean_docks", days_ago=place * 31)
    open_record(stage, lane)
    tap(stage.window, f"sum.{box}")
    at_rest(stage)
    title = until(lambda: see(stage.window, "lines_title"), "the heading")
    page = page_of(title)
    top = title.mapToItem(page, QPointF(0, 0)).y()
    end = page.property("contentHeight") - page.height()
    assert page.property("contentY") == pytest.approx(end, abs=1) or 0 <= top <= 20
    tap(stage.window, "back")
    at_rest(stage)
    assert stage.kiosk.property("screenName") == "my_record"
    assert page.property("contentY") == 0


def test_the_place_is_kept_while_one_looks_at_a_page_behind(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.window.resize(1280, 800)
    for place in range(4):
        lane.deed("林春生", "clean_docks", days_ago=place * 31)
    open_record(stage, lane)
    tap(stage.window, "sum.deed")
    at_rest(stage)
    title = until(lambda: see(stage.window, "lines_title"), "the heading")
    show(stage, "open_rights")
    before = page_of(title).property("contentY")
    tap(stage.window, "open_rights")
    until(lambda: see(stage.window, "withdraw.number"), "the consents")
    at_rest(stage)
    tap(stage.window, "back")
    title = until(lambda: see(stage.window, "lines_title"), "the record")
    at_rest(stage)
    assert page_of(title).property("contentY") == pytest.approx(before, abs=2)
    assert before > 0


def page_of(item: QQuickItem) -> QQuickItem:
    while not item.inherits("QQuickFlickable"):
        item = item.parentItem()
    return item


def show(stage: MainWindow, name: str) -> None:
    """Scroll the page until the item lies in it."""
    item = until(lambda: see(stage.window, name), name)
    page = page_of(item)
    end = page.property("contentHeight") - page.height()
    top = item.mapToItem(page, QPointF(0, 0)).y() + page.property("contentY")
    page.setProperty("contentY", max(0, min(end, top - 100)))
    at_rest(stage)


# --- What is new ---------------------------------------------------------------------------------


def test_a_nomination_that_is_accepted_goes_on_to_an_officer(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "help_neighbour", "帮我收稻谷。")
    open_notices(stage, lane, "accept")
    assert says(stage, "“帮我收稻谷。”")
    assert says(stage, "李秀兰提的")
    tap(stage.window, "answer")

    until(lambda: stage.kiosk.property("screenName") == "my_record")
    assert state(lane, "林春生", case_id) == "accepted"


def test_a_nomination_that_is_declined_is_over(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "help_neighbour")
    open_notices(stage, lane, "accept")
    tap(stage.window, "decline")

    until(lambda: stage.kiosk.property("screenName") == "my_record")
    assert state(lane, "林春生", case_id) == "withdrawn"


def test_a_concern_is_told_without_the_reporter_s_name_and_time_to_reply_begins(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks", "两袋菜叶。")
    open_notices(stage, lane, "reply")
    until(lambda: says(stage, "请在2026年11月30日以前答复"))

    assert not says(stage, "李秀兰")
    assert state(lane, "林春生", case_id) == "noticed"


def with_photo(lane: Neighbours, about: str, rule: str, witnesses: tuple[str, ...] = ()) -> None:
    form = Submission(
        touch=new_touch_id(),
        session_id=lane.at_home("李秀兰"),
        subject_id=lane.people[about],
        rule_version_id=lane.rules[rule],
        happened_on=village_day(lane.clock.now()),
        witnesses=tuple(lane.people[each] for each in witnesses),
        photos=(picture((640, 480)),),
    )
    hand_in(lane.village, form)


def test_the_photographs_of_a_concern_are_shown_to_the_person_and_grow_by_a_tap(
    stage: MainWindow, lane: Neighbours
) -> None:
    with_photo(lane, "林春生", "littering_docks")
    open_notices(stage, lane, "reply")
    photo = until(lambda: see(stage.window, "notice.photo.0"), "the photograph")
    small = photo.width()
    tap(stage.window, "notice.photo.0")
    until(lambda: photo.width() > 2 * small, "the photograph, large")


def test_a_witness_sees_the_words_and_no_photograph(stage: MainWindow, lane: Neighbours) -> None:
    with_photo(lane, "李秀兰", "clean_docks", ("林春生",))
    open_notices(stage, lane, "confirm")
    for _ in range(20):
        settle()
    assert see(stage.window, "notice.photo.0") is None


def test_a_listed_reply_is_chosen_and_handed_in(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    open_notices(stage, lane, "reply")
    answer = see(stage.window, "answer")
    assert answer is not None
    assert answer.property("enabled") is False
    tap(stage.window, "reply.put_right")
    tap(stage.window, "answer")

    until(lambda: stage.kiosk.property("screenName") == "my_record")
    assert state(lane, "林春生", case_id) == "replied"


def test_own_words_are_a_reply_once_there_are_any(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    open_notices(stage, lane, "reply")
    tap(stage.window, "reply.own_words")
    answer = see(stage.window, "answer")
    assert answer is not None
    assert answer.property("enabled") is False
    write(stage.window, "reply_words", "刮风吹下去的，第二天我捡上来了。")
    tap(stage.window, "answer")

    until(lambda: stage.kiosk.property("screenName") == "my_record")
    assert state(lane, "林春生", case_id) == "replied"


def test_words_that_are_nobody_s_business_are_refused_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours
) -> None:
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    open_notices(stage, lane, "reply")
    tap(stage.window, "reply.own_words")
    write(stage.window, "reply_words", "他信佛教，才来告我。")
    tap(stage.window, "answer")
    error = until(lambda: see(stage.window, "error"))

    assert "不在这里记" in str(error.property("text"))
    field = see(stage.window, "reply_words")
    assert field is not None
    assert field.property("text") == "他信佛教，才来告我。"
    assert state(lane, "林春生", case_id) == "noticed"


def test_a_neighbour_who_was_asked_confirms_a_deed(stage: MainWindow, lane: Neighbours) -> None:
    case_id = lane.hand_in("李秀兰", "李秀兰", "clean_docks", witnesses=("林春生",))
    open_notices(stage, lane, "confirm")
    tap(stage.window, "answer")
    until(lambda: stage.kiosk.property("screenName") == "my_record")
    lane.approve(case_id)
    stage.kiosk.wipe()
    open_record(stage, lane, "李秀兰")

    assert says(stage, "林春生家确认")


def test_later_leaves_a_notice_for_the_next_time_and_goes_where_one_was_going(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in("李秀兰", "林春生", "help_neighbour")
    lane.hand_in("李秀兰", "林春生", "littering_docks")
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("notices", {"then": "rules"})
    until(lambda: see(stage.window, "notice.accept"))
    at_rest(stage)
    assert says(stage, "第 1 件，共 2 件")
    tap(stage.window, "later")
    until(lambda: see(stage.window, "notice.reply"))
    at_rest(stage)
    tap(stage.window, "later")
    until(lambda: stage.kiosk.property("screenName") == "rules")
    stage.kiosk.open("my_record")
    waiting = until(lambda: see(stage.window, "open_news"))

    assert "有 2 件事等您说一声" in str(waiting.property("text"))


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
@pytest.mark.parametrize("step", range(4))
def test_no_text_of_the_record_is_wider_than_the_screen(
    open_stage: Callable[..., MainWindow],
    lane: Neighbours,
    size: tuple[int, int],
    mm: float,
    step: int,
) -> None:
    lane.deed("林春生", "visit_older_person", "李秀兰", days_ago=42)
    stage = open_stage(size=size, mm=mm)
    stage.kiosk.set_comfort(step, False)
    stage.kiosk.switchLanguage()
    sign_in(stage, lane, "林春生")
    stage.kiosk.open("my_record")
    until(lambda: see(stage.window, "rights"))
    at_rest(stage)
    for item in items(stage.window):
        if item.inherits("QQuickText") and item.property("text"):
            drawn = item.boundingRect()
            said = f"{item.property('text')} in {item.width()}"
            assert item.mapToScene(drawn.topLeft()).x() >= 0, said
            assert item.mapToScene(drawn.topRight()).x() <= size[0], said
            assert item.property("contentWidth") <= item.width() + 1, said


def test_at_the_largest_text_on_a_small_panel_the_answers_leave_room_for_what_they_answer(
    open_stage: Callable[..., MainWindow], lane: Neighbours
) -> None:
    stage = open_stage(size=(1280, 800), mm=1280 / 217)
    case_id = lane.hand_in("李秀兰", "林春生", "help_neighbour")
    stage.kiosk.set_comfort(3, False)
    open_notices(stage, lane, "accept")
    told, answer = see(stage.window, "notice.accept"), see(stage.window, "answer")
    assert told is not None
    assert answer is not None
    assert told.mapToScene(QPointF()).y() < answer.mapToScene(QPointF()).y()
    assert answer.mapToScene(QPointF()).y() > stage.window.height()
    read_and_tap(stage.window, "answer")
    until(lambda: state(lane, "林春生", case_id) == "accepted", "the yes")
