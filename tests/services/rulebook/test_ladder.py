"""What more hours give: what a file may say, what is kept of it, and what a report then gives."""

from __future__ import annotations

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.rulebook.book import SHIPPED
from kiosk.services.rulebook.ladder import hours_of, kept, most_of, points_at, table_of
from kiosk.services.rulebook.reading import read_rule
from kiosk.services.rulebook.reading import read_rulebook as read

DEED = {
    "key": "watch",
    "kind": "deed",
    "area": "safety",
    "points": 2,
    "reporters": "anyone",
    "icon": "eye",
    "title": {"zh": "巡山值守", "en": "Kept watch"},
    "text": {"zh": "巡山值守一班。", "en": "Kept watch for a shift."},
}
CONCERN = {
    **DEED,
    "kind": "concern",
    "title": {"zh": "堵住小路", "en": "Blocked the lane"},
    "text": {"zh": "把东西堆在小路上。", "en": "Left things in the lane."},
    "remedy": {"zh": "搬走就了结。", "en": "It ends when they are taken away."},
}


def test_a_ladder_is_kept_by_its_hours_and_read_back() -> None:
    said = kept("watch", 2, 10, {"8": 5, "4": 3})
    assert said == "4:3 8:5"
    assert table_of(said) == {"4": 3, "8": 5}
    assert hours_of(said) == (0, 4, 8)
    assert hours_of("") == (0,), "a rule without a ladder asks nobody"


def test_a_report_gives_what_its_step_gives() -> None:
    assert [points_at(2, "4:3 8:5", hours) for hours in (0, 3, 4, 7, 8, 99)] == [2, 2, 3, 3, 5, 5]
    assert (points_at(2, "", 0), most_of(2, ""), most_of(2, "4:3 8:5")) == (2, 2, 5)


@pytest.mark.parametrize(
    "table",
    [
        *({}, [], {"4": 2}, {"4": 4, "8": 3}, {"4": 11}, {"0": 3}, {"04": 3}, {"100": 3}),
        *({"four": 3}, {"4": "3"}, {"4": True}, {4: 3}, {"1": 3, "2": 4, "3": 5, "4": 6, "5": 7}),
    ],
)
def test_anything_else_is_refused(table: object) -> None:
    with pytest.raises(ExpectedError, match="rulebook_ladder"):
        kept("watch", 2, 10, table)


@pytest.mark.parametrize("said", ["4", "4:x", "8:5 4:3", "4:3 4:4", "4:3  8:5", "8:3 4:5"])
def test_what_was_not_kept_so_is_not_read(said: str) -> None:
    with pytest.raises(ExpectedError, match="rulebook_ladder"):
        table_of(said)


def test_hours_are_a_deeds_and_a_reminder_is_a_concerns() -> None:
    assert read_rule({**DEED, "ladder": {"8": 4}}).ladder == "8:4"
    assert read_rule({**CONCERN, "reminder": True}).reminder
    for wrong, code in (
        ({**CONCERN, "ladder": {"8": 4}}, "rulebook_ladder"),
        ({**DEED, "reminder": True}, "rulebook_reminder"),
        ({**CONCERN, "reminder": 1}, "rulebook_reminder"),
    ):
        with pytest.raises(ExpectedError, match=code):
            read_rule(wrong)


def test_a_rule_is_written_as_it_is_read() -> None:
    for entry in ({**DEED, "ladder": {"4": 3, "8": 4}}, {**CONCERN, "reminder": True}, DEED):
        rule = read_rule(entry)
        assert read_rule(rule.entry()) == rule
    assert "reminder" not in read_rule(CONCERN).entry(), "as the entries of before say it"


def test_volunteering_has_a_ladder_of_hours_with_caps() -> None:
    """Design section 3."""
    (rule,) = (each for each in read(SHIPPED) if each.rule == "volunteering")
    assert rule.ladder
    assert rule.caps
