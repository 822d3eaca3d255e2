"""One list of what waits for an official, most urgent first, and its paper for the day's round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import NO_TEXT
from kiosk.models.printing import PrintJob
from kiosk.services.access.roles import Role
from kiosk.services.cases import hand_overs
from kiosk.services.my_data import corrections
from kiosk.services.printing import spooler
from kiosk.services.printing.marks import house_mark, name_mark
from kiosk.services.waiting import listed, round_paper
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


def waits(hamlet: Hamlet, letter: str = "Z", role: Role = "clerk") -> list[tuple[str, str]]:
    at_work = hamlet.sign(letter, role)
    return [(each.what, each.name) for each in listed.items(hamlet.village, at_work)]


def test_what_lapses_first_stands_first_and_what_has_no_day_last(hamlet: Hamlet) -> None:
    me, touch = hamlet.sign("A"), new_touch_id()
    corrections.ask_correction(hamlet.village, me, "name", "写错了。", touch)
    hamlet.untold_concern("A", "B")
    hamlet.clock.advance(days=29)  # of the thirty in which the decision has to be told
    hamlet.hand_in("C", "B", "help")
    found = listed.items(hamlet.village, hamlet.sign("Z", "clerk"))
    assert [each.what for each in found] == ["decision", "tell", "correct", "spring_festival"]
    first, second, third, _ = found
    assert (first.by, first.lapses) == (hamlet.today + timedelta(days=1), True)
    assert first.since == hamlet.today - timedelta(days=29)
    assert second.by is not None
    assert second.by > hamlet.today + timedelta(days=1)
    assert (third.by, third.since) == (None, hamlet.today - timedelta(days=29))


def test_who_was_drawn_and_not_told_is_named_and_the_case_is_not(hamlet: Hamlet) -> None:
    hamlet.serve("DE")
    hamlet.add("W")
    hamlet.serve("W")
    hamlet.appeal("A", hamlet.decided_concern("A", "B"))
    waiting = listed.items(hamlet.village, hamlet.sign("Z", "clerk"))
    invited = [each for each in waiting if each.what == "invitation"]
    assert invited
    assert all(each.name and each.by and each.title == NO_TEXT for each in invited)
    told = hand_overs.waiting(hamlet.village, hamlet.sign("Z", "clerk"))
    assert {each.name for each in invited} == {
        each.name for each in told if each.what == "invitation"
    }


def test_the_tile_says_how_many_lines_the_list_has(hamlet: Hamlet) -> None:
    hamlet.untold_concern("A", "B")
    hamlet.hand_in("C", "B", "help")
    at_work = hamlet.sign("Z", "clerk")
    lines = listed.items(hamlet.village, at_work)
    tile = listed.waiting(hamlet.village, at_work)[listed.SEE]
    assert (tile.count, tile.soonest) == (len(lines), lines[0].by)


def test_a_resident_sees_no_list(hamlet: Hamlet, refused: Code) -> None:
    assert refused(listed.items, hamlet.village, hamlet.sign("A")) == "not_allowed"
    asked = (hamlet.village, hamlet.sign("A"), new_touch_id())
    assert refused(round_paper.print_round, *asked) == "not_allowed"


def test_the_rounds_paper_says_what_is_carried_to_whom_and_nothing_of_the_matter(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.untold_concern("A", "B")
    job = printed(hamlet)
    assert job.payload["kind"] == "round"
    (line,) = job.payload["next_steps"]
    reference = hamlet.case(case_id).reference
    person = hamlet.people["A"]
    marks = f"{name_mark(person)} · {house_mark(person)}"
    assert line["text"] == f"送结果单 · {marks} · 编号 {reference}"
    day = hamlet.today + timedelta(days=30)
    assert line["strong_lead"] == f"最迟{day.month}月{day.day}日："
    title = hamlet.case(case_id).rule_version.title.said("zh")
    assert title not in str(job.payload)
    spooler.print_next(hamlet.village)
    assert hamlet.jobs()[-1].phase == "done"
    assert hamlet.misfits() == []


def printed(hamlet: Hamlet) -> PrintJob:
    """The paper that a clerk takes along."""
    while spooler.print_next(hamlet.village):
        pass
    touch, at_work = new_touch_id(), hamlet.sign("Z", "clerk")
    jobs = {round_paper.print_round(hamlet.village, at_work, touch) for _ in range(2)}
    (job,) = (each for each in hamlet.jobs() if each.id in jobs)
    return job


def test_more_than_fits_a_paper_is_counted_on_it(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_paper, "MOST", 1)
    hamlet.untold_concern("A", "B")
    hamlet.hand_in("C", "B", "help")
    job = printed(hamlet)
    assert len(job.payload["next_steps"]) == 1
    assert job.payload["facts"][-1] == "屏幕上还有 1 件。"


def test_where_nothing_waits_no_paper_is_made(hamlet: Hamlet, refused: Code) -> None:
    asked = (hamlet.village, hamlet.sign("Z", "clerk"), new_touch_id())
    assert refused(round_paper.print_round, *asked) == "nothing_waits"
    assert waits(hamlet) == []
