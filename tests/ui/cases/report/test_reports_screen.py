"""Somebody reports a deed or a concern by touch, and the case stands in the village."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk.app import MainWindow
from kiosk.services.cases import confirmations
from kiosk.services.printing import queue, spooler
from kiosk.services.rulebook import book
from tests.ui.cases.report.filling_in import (
    ME,
    NEIGHBOUR,
    answer_the_rest,
    begin,
    begin_own_deed,
    cases,
    checked,
    choose_neighbour,
    choose_rule,
    come_to_words,
    finish_words,
    hand_in,
    only_case,
    past_photos,
    reference,
)
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write


def error(stage: MainWindow) -> str:
    item = see(stage.window, "error")
    return "" if item is None else str(item.property("text"))


def test_a_deed_of_ones_own_is_handed_in_and_its_receipt_followed_out_of_the_printer(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage, "扫了两段石阶。")
    hand_in(stage)

    assert reference(stage) == "2027-0001"
    assert see(stage.window, "paper.picture") is None  # nothing is called printed before it is
    spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    job = queue.jobs(lane.village)[0]
    assert job.file is not None
    assert "2027-0001" in PdfReader(Path(job.file)).pages[0].extract_text()

    case = only_case(lane.village)
    assert (case.subject_id, case.reporter_id) == (lane.people[ME], lane.people[ME])
    assert (case.part_of_day, case.place, case.words) == (
        "afternoon",
        "docks_south",
        "扫了两段石阶。",
    )
    tap(stage.window, "report.to_start")
    assert stage.kiosk.property("screenName") == "home"


def test_a_deed_of_a_neighbour_waits_for_that_neighbour(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, NEIGHBOUR)
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    until(lambda: f"{NEIGHBOUR} · 东街8号" in texts(stage.window), "who it is about")
    hand_in(stage)

    assert reference(stage)
    assert any("那位邻居如果参加了，会先问他愿不愿意" in text for text in texts(stage.window))
    assert only_case(lane.village).subject_id == lane.people[NEIGHBOUR]


def test_a_concern_begins_with_what_it_means_and_is_handed_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "concern")
    until(lambda: "反映不得分" in texts(stage.window), "the three sentences")
    tap(stage.window, "report.understood")
    choose_neighbour(stage, NEIGHBOUR)
    choose_rule(stage, "往河埠头倒垃圾")
    answer_the_rest(stage, "两袋菜叶。")
    hand_in(stage)

    assert reference(stage)
    case = only_case(lane.village)
    assert (case.kind, case.state) == ("concern", "submitted")


def test_a_matter_of_the_person_concerned_is_asked_for_before_it_is_taken(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "concern", subjectId=lane.people[NEIGHBOUR])
    tap(stage.window, "report.understood")
    choose_rule(stage, "说好还的钱没按时还")
    tap(stage.window, "dialog.no")
    assert see(stage.window, "report.quick.0") is None

    choose_rule(stage, "说好还的钱没按时还")
    tap(stage.window, "dialog.yes")
    answer_the_rest(stage)
    hand_in(stage)
    assert reference(stage)


def test_who_comes_from_the_look_up_is_not_asked_about_whom(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "deed", subjectId=lane.people[NEIGHBOUR])
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.line.neighbour"), "the whole")

    line = see(stage.window, "report.line.neighbour")
    assert line is not None
    assert not line.isEnabled()


def test_a_neighbour_of_whom_nothing_can_be_written_down_is_told_before_the_form(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, "林小燕")

    until(lambda: "一家人的事不在这里记" in error(stage), "the sentence")
    assert see(stage.window, "report.search") is not None


def test_who_did_not_join_is_written_down_like_everybody_else(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, "单雅琴")
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    hand_in(stage)

    assert reference(stage)
    assert any("那位邻居如果参加了，会先问他愿不愿意" in text for text in texts(stage.window))


@pytest.mark.parametrize("words", ["从庙里回来，扫了石阶。", "和李秀兰一起扫了石阶。"])
def test_words_that_do_not_belong_here_are_refused_gently_and_stay_to_be_changed(
    stage: MainWindow, lane: Neighbours, words: str
) -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    write(stage.window, "report.words.input", words)
    tap(stage.window, "report.words_done")

    until(lambda: see(stage.window, "report.gentle"), "the gentle sentence")
    field = see(stage.window, "report.words")
    assert field is not None
    assert field.property("text") == words

    field.setProperty("text", "扫了石阶。")
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.witnesses_done"), "the next question")


def test_the_same_deed_again_is_asked_about_and_not_handed_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    for _ in range(2):
        begin(stage, lane, "good")
        tap(stage.window, "report.whom.self")
        choose_rule(stage, "清理河埠头")
        answer_the_rest(stage)
        until(lambda: see(stage.window, "report.next"), "what happens next")
        if see(stage.window, "report.same") is None:
            tap(stage.window, "report.hand_in")
            reference(stage)

    assert see(stage.window, "report.hand_in") is None
    assert any("编号 2027-0001" in text for text in texts(stage.window))
    tap(stage.window, "report.same.no")  # another one, of the same day
    hand_in(stage)
    assert reference(stage) == "2027-0002"
    assert cases(lane.village) == 2


def test_the_day_beside_is_asked_about_and_handed_in_when_it_is_another(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(ME, ME, "clean_docks")
    begin_own_deed(stage, lane)
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.same"), "the question")
    assert see(stage.window, "report.hand_in") is None
    tap(stage.window, "report.same.no")
    hand_in(stage)

    assert reference(stage) == "2027-0002"
    assert cases(lane.village) == 2


def test_what_is_the_same_is_not_handed_in_twice_and_its_number_is_said(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(ME, ME, "clean_docks")
    begin_own_deed(stage, lane)
    answer_the_rest(stage)
    tap(stage.window, "report.same.yes")

    assert reference(stage) == "2027-0001"
    assert see(stage.window, "report.same.accept") is None
    tap(stage.window, "report.to_start")
    assert stage.kiosk.property("screenName") == "home"
    assert cases(lane.village) == 1


def test_what_a_neighbour_nominated_leads_to_ones_own_yes(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(NEIGHBOUR, ME, "clean_docks")
    begin_own_deed(stage, lane)
    answer_the_rest(stage)
    tap(stage.window, "report.same.yes")
    tap(stage.window, "report.same.accept")

    assert stage.kiosk.property("screenName") == "notices"
    assert cases(lane.village) == 1


def test_each_line_of_the_whole_leads_to_its_question_and_straight_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    tap(stage.window, "report.line.where")
    tap(stage.window, "report.place.hall")

    hand_in(stage)
    reference(stage)
    case = only_case(lane.village)
    assert (case.place, case.words) == ("hall", "扫了两段石阶。")


def test_going_back_keeps_every_answer(stage: MainWindow, lane: Neighbours) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    for _ in range(5):
        tap(stage.window, "back")

    day = see(stage.window, "report.quick.1")
    assert day is not None
    assert day.property("checked")
    tap(stage.window, "report.quick.1")
    part = see(stage.window, "report.part.afternoon")
    assert part is not None
    assert part.property("checked")
    tap(stage.window, "report.part.afternoon")
    place = see(stage.window, "report.place.docks_south")
    assert place is not None
    assert place.property("checked")


def test_a_look_at_another_screen_loses_nothing(stage: MainWindow, lane: Neighbours) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    stage.kiosk.open("rules")
    settle()
    tap(stage.window, "back")

    until(lambda: see(stage.window, "report.line.words"), "the whole again")
    assert "扫了两段石阶。" in texts(stage.window)


def test_a_day_of_three_weeks_ago_is_found_in_the_calendar(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    tap(stage.window, "report.earlier")
    tap(stage.window, "report.day.2026-12-12")
    tap(stage.window, "report.part.unsure")
    tap(stage.window, "report.place.hall")
    finish_words(stage)
    hand_in(stage)

    reference(stage)
    assert only_case(lane.village).happened_on.isoformat() == "2026-12-12"


def test_a_day_of_the_calendar_and_one_of_the_last_are_never_both_marked(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    tap(stage.window, "report.quick.0")
    tap(stage.window, "back")
    marks = [f"report.quick.{number}" for number in range(3)]
    assert [checked(stage, name) for name in (*marks, "report.earlier")] == [True, *[False] * 3]
    tap(stage.window, "report.earlier")
    assert [see(stage.window, name) for name in marks] == [None] * 3
    tap(stage.window, "report.day.2026-12-12")
    tap(stage.window, "back")
    assert checked(stage, "report.day.2026-12-12")
    tap(stage.window, "report.recent")
    assert not any(checked(stage, name) for name in marks)


def test_a_sentence_that_is_ready_is_taken_with_a_tap_and_taken_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    for name in ("report.phrase.1", "report.phrase.2", "report.phrase.1"):
        tap(stage.window, name)
    tap(stage.window, "report.words_done")
    past_photos(stage)
    hand_in(stage)

    reference(stage)
    assert only_case(lane.village).words == "是和大家一起做的。做了半个小时左右。"


def test_six_rules_are_offered_at_a_time_and_each_is_on_one_page(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    seen: list[str] = []
    while True:
        first = f"report.rule.{len(seen)}"
        until(lambda name=first: see(stage.window, name), "the rules")  # type: ignore[misc]
        shown = [n for n in range(60) if see(stage.window, f"report.rule.{n}")]
        assert 1 <= len(shown) <= 6
        seen += [f"report.rule.{n}" for n in shown]
        more = see(stage.window, "report.rules.more")
        assert more is not None
        if not more.isEnabled():
            break
        tap(stage.window, "report.rules.more")
    deeds = [each for each in book.current(lane.village) if each.kind == "deed"]
    assert len(seen) == len(set(seen)) == len(deeds)


def test_the_fourth_deed_that_would_wait_is_refused_on_the_same_screen(
    stage: MainWindow, lane: Neighbours
) -> None:
    for rule in ("clean_docks", "sort_waste", "volunteering"):
        lane.hand_in(ME, ME, rule)
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage, "收了一天茶。")
    hand_in(stage)

    until(lambda: "正等着审核" in error(stage), "the sentence")
    assert "收了一天茶。" in texts(stage.window)
    assert cases(lane.village) == 3


def test_a_second_tap_hands_in_once(stage: MainWindow, lane: Neighbours) -> None:
    begin_own_deed(stage, lane)
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")
    tap(stage.window, "report.hand_in")
    model = see(stage.window, "report.hand_in")
    if model is not None:
        model.metaObject().invokeMethod(model, "clicked")
    reference(stage)

    assert cases(lane.village) == 1


def test_somebody_not_signed_in_signs_in_first_and_comes_to_the_question(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.open("reports", {"kind": "good"})
    until(lambda: stage.kiosk.property("screenName") == "sign_in", "the sign-in")
    for digit in lane.cards[ME].number.replace("-", ""):
        tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "pin_pad"), "the PIN")
    for digit in lane.cards[ME].pin:
        tap(stage.window, f"pad.{digit}")

    until(lambda: see(stage.window, "report.whom.self"), "the first question")


def test_a_neighbour_who_saw_a_deed_is_asked_and_confirms_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    write(stage.window, "report.search.input", "lxl")
    tap(stage.window, "report.person.0")
    until(lambda: see(stage.window, "report.witness.0"), "who is asked")
    tap(stage.window, "report.witness.leave.0")
    until(lambda: see(stage.window, "report.witness.0") is None, "nobody")
    write(stage.window, "report.search.input", "lxl")
    tap(stage.window, "report.person.0")
    until(lambda: see(stage.window, "report.witness.0"), "who is asked again")
    tap(stage.window, "report.witnesses_done")
    until(lambda: "李秀兰" in texts(stage.window), "the line of the whole")
    hand_in(stage)
    number = reference(stage)

    (asked,) = confirmations.confirmable(lane.village, lane.at_home("李秀兰"))
    assert asked.reference == number


def test_nobody_of_ones_own_house_is_asked_to_confirm(stage: MainWindow, lane: Neighbours) -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    write(stage.window, "report.search.input", "林小燕")
    tap(stage.window, "report.person.0")

    until(lambda: any("请找别家的人" in text for text in texts(stage.window)), "why not")
    assert see(stage.window, "report.witness.0") is None
