"""The steps of a report as plain data, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.services.rulebook.book import SHIPPED, Rule
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.ui.cases.report import form as flow
from kiosk.ui.cases.report.form import ReportForm
from kiosk.ui.parts.days import calendar

EMPTY = ReportForm("touch")


def rules() -> dict[str, Rule]:
    """The shipped rule book."""
    return {
        each.rule: Rule(rule_version_id=place, version=1, **vars(each))
        for place, each in enumerate(read_rulebook(SHIPPED), start=1)
    }


def offered(form: ReportForm, official: bool = False) -> set[str]:
    return {name for name, rule in rules().items() if flow.may_use(form, rule, official)}


def test_a_deed_of_ones_own_is_asked_about_in_eight_questions() -> None:
    form = replace(flow.with_kind(EMPTY, "deed"), kind_given=True, whom="self")

    steps = ("whom", "rule", "when", "part", "where", "words", "witness", "check")
    assert flow.steps_of(form) == steps


def test_photographs_are_asked_about_while_there_is_a_drive_and_it_may_go_at_any_time() -> None:
    form = replace(flow.with_kind(EMPTY, "deed"), kind_given=True, whom="self", drive=True)

    assert flow.step_after(form, "words") == "photo"
    assert flow.step_before(form, "witness") == "photo"
    gone = replace(form, drive=False)
    assert flow.step_after(gone, "words") == "witness"
    assert flow.step_after(gone, "photo") == "witness"
    assert flow.step_before(gone, "photo") == "words"
    assert flow.step_after(replace(gone, photos=1), "words") == "photo"
    assert flow.step_before(form, "whom") == ""


def test_a_concern_begins_with_what_one_should_know_and_is_always_about_a_neighbour() -> None:
    form = replace(flow.with_kind(EMPTY, "concern"), kind_given=True)

    assert flow.steps_of(form)[:3] == ("before", "neighbour", "rule")
    assert form.whom == "neighbour"


def test_what_the_look_up_knows_is_not_asked_again() -> None:
    form = replace(flow.with_kind(EMPTY, "deed"), kind_given=True, whom="neighbour")
    form = replace(form, subject_id=7, subject_given=True)

    assert flow.steps_of(form)[0] == "rule"


def test_from_a_changed_answer_one_comes_to_what_it_leaves_open_and_then_to_the_whole() -> None:
    form = replace(flow.with_kind(EMPTY, "deed"), whom="self", subject_id=1, day="2026-11-23")
    assert flow.first_open(form) == "rule"
    assert flow.first_open(replace(form, rule_id=1, place="hall")) == "check"


def test_another_kind_forgets_the_rule_and_the_same_kind_keeps_it() -> None:
    form = replace(flow.with_kind(EMPTY, "deed"), rule_id=3)

    assert flow.with_kind(form, "deed").rule_id == 3
    assert flow.with_kind(form, "concern").rule_id == 0


def test_a_visit_to_an_older_person_is_only_offered_for_oneself() -> None:
    own = replace(flow.with_kind(EMPTY, "deed"), whom="self")

    assert "visit_older_person" in offered(own)
    assert "visit_older_person" not in offered(replace(own, whom="neighbour"))


def test_a_late_repayment_is_never_offered_to_an_official() -> None:
    form = flow.with_kind(EMPTY, "concern")

    assert offered(form) == {"littering_docks", "late_repayment"}
    assert offered(form, official=True) == {"littering_docks"}


def test_a_form_that_was_left_is_read_back_as_it_was() -> None:
    form = replace(EMPTY, kind="deed", whom="self", day="2026-11-22", words="扫了“石阶”。")

    assert flow.read(flow.written(form)) == form


def test_the_calendar_is_whole_weeks_with_thirty_one_free_days_up_to_today() -> None:
    days = calendar(date(2026, 11, 23), 30)
    free = [each.day for each in days if each.free]

    assert len(days) % 7 == 0
    assert (free[0], free[-1], len(free)) == (date(2026, 10, 24), date(2026, 11, 23), 31)
    assert days[0].day.isoweekday() == 1


def test_a_form_that_was_left_is_found_again_with_its_witnesses() -> None:
    form = replace(EMPTY, kind="deed", whom="self", witnesses=((7, "李秀兰"), (9, "何大山")))

    assert flow.read(flow.written(form)) == form


def test_hours_are_asked_about_where_the_rule_has_a_ladder_and_anew_for_another_rule() -> None:
    mine = ReportForm("t", kind="deed", kind_given=True, whom="self")
    volunteering, docks = rules()["volunteering"], rules()["clean_docks"]
    form = flow.with_rule(mine, volunteering)
    assert flow.step_after(form, "rule") == "hours"
    assert flow.first_open(form) == "hours"
    chosen = replace(form, hours=0)
    assert flow.first_open(chosen) == "when", "below the first step is an answer, too"
    assert flow.with_rule(chosen, volunteering).hours == 0, "the same rule keeps its answer"
    assert flow.step_after(flow.with_rule(chosen, docks), "rule") == "when"
    assert flow.with_rule(flow.with_rule(chosen, docks), volunteering).hours < 0
