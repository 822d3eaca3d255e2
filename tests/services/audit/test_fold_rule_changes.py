"""What no officer would say of a change of a rule is named, and what is changed in its table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import text

from kiosk.services.ledger import log
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet, hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.road import OTHER_POINTS

__all__ = ["hamlet"]

DAYS = {"assembly": "2026-12-07", "begins": "2026-12-08"}
NOT_ALLOWED: Mapping[str, tuple[str, Mapping[str, object], str]] = {
    "proposed by nobody in office": ("rule_proposed", {"by": "B"}, "without the office"),
    "a change that is none": ("rule_proposed", {"what": "forgotten"}, "no change of a rule"),
    "two changes of one rule": ("rule_proposed", {"rule": "docks"}, "another one is under way"),
    "adopted alone": ("rule_adopted", {"second": "Y"}, "without a second officer"),
    "adopted with a neighbour": ("rule_adopted", {"second": "B"}, "without the office"),
    "an assembly before it was shown": (
        "rule_adopted",
        {"assembly": "2026-12-01"},
        "not in its time",
    ),
    "in force yesterday": ("rule_adopted", {"begins": "2026-12-06"}, "reaches back"),
    "ended in a way that is none": ("rule_change_over", {"state": "forgotten"}, "was over"),
    "lapsed before its time": ("rule_change_over", {"state": "lapsed"}, "not in its time"),
    "in force without being adopted": ("rule_change_over", {"state": "done"}, "was over"),
    "ended without being adopted": ("rule_ended", {}, "not as it was adopted"),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_what_no_officer_would_say_is_named(hamlet: Hamlet, what: str) -> None:
    kind, said, why = NOT_ALLOWED[what]
    hamlet.officer("Z")
    change = road.propose(hamlet, OTHER_POINTS)
    road.shown_for(hamlet)
    officers = {"by": hamlet.people["Y"], "second": hamlet.people["Z"]}
    another = {"change": 77, "what": "new", "rule": "own_77", "base": 0, "text": "{}"}
    base: Mapping[str, Mapping[str, object]] = {
        "rule_proposed": {**another, **officers},
        "rule_adopted": {"change": change, **officers, **DAYS},
        "rule_change_over": {"change": change},
        "rule_ended": {"change": change, "rule": "docks", "from": DAYS["begins"]},
    }
    by_letter = {name: hamlet.people.get(str(each), each) for name, each in said.items()}
    with writing(hamlet.village) as work:
        log.append(work, kind, {**base[kind], **by_letter})
    found = [each.name for each in road.misfits(hamlet) if each.code == "not_allowed"]
    assert any(why in each for each in found), found


def test_a_version_that_is_not_what_was_adopted_is_named(hamlet: Hamlet) -> None:
    change = road.propose(hamlet, OTHER_POINTS)
    road.shown_for(hamlet)
    road.adopt(hamlet, change)
    hamlet.clock.advance(minutes=10)
    with writing(hamlet.village) as work:
        log.append(work, "rule_ended", {"rule": "docks", "from": "2026-12-08", "change": change})
    assert "rule_ended: not as it was adopted" in {each.name for each in road.misfits(hamlet)}


@pytest.mark.parametrize("column", ["what", "rule", "text", "state", "by_id", "second_id"])
def test_whatever_is_changed_in_a_change_of_a_rule_is_named(hamlet: Hamlet, column: str) -> None:
    road.comes_into_force(hamlet)
    assert road.misfits(hamlet) == []
    value = hamlet.people["B"] if column.endswith("_id") else "other"
    with hamlet.village.write() as session:
        session.execute(text(f"UPDATE rule_change SET {column} = :value"), {"value": value})
    assert f"rule_change.{column}" in {each.name for each in road.misfits(hamlet)}
