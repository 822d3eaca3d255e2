"""A ladder of hours and a reminder: proposed, reported, counted, and found when altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from kiosk.core.catalogue import ENGLISH
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.models.rulebook import RuleVersion
from kiosk.services.audit.tables import check_tables
from kiosk.services.cases import notices, submit
from kiosk.services.cases.decide import open_case
from kiosk.services.cases.flow import timed_moves
from kiosk.services.rule_changes import wording
from kiosk.services.rule_changes.drafts import Draft, checked
from kiosk.services.rulebook import book
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.road import OTHER_POINTS

Refused = Callable[..., str]

HOURS = replace(OTHER_POINTS, points=2, ladder="4:3 8:5")


def in_force(hamlet: Hamlet, draft: Draft) -> None:
    """The change is in force, and reports are about it."""
    road.comes_into_force(hamlet, draft)
    hamlet.clock.advance(days=1)
    with reading(hamlet.village) as work:
        rule = book.rule_on(work.session, draft.rule, hamlet.today)
    assert rule is not None
    hamlet.rules[draft.rule] = rule.rule_version_id


def lines(hamlet: Hamlet, letter: str, kind: str) -> list[tuple[int, str]]:
    found = hamlet.sum_of(letter).lines
    return [(each.points, each.cap) for each in found if each.kind == kind]


def hand_in(hamlet: Hamlet, letter: str, hours: int) -> int:
    form = replace(hamlet.form(letter, letter, "docks"), hours=hours)
    return submit.hand_in(hamlet.village, form).case_id


@pytest.mark.long
def test_hours_are_chosen_by_the_ladder_of_the_day_and_counted(
    hamlet: Hamlet, refused: Refused
) -> None:
    in_force(hamlet, HOURS)
    for hours in (5, -1):
        assert refused(hand_in, hamlet, "A", hours) == "rule_hours"
    case = hand_in(hamlet, "A", 8)
    seen = open_case(hamlet.village, hamlet.officer("Y"), case)
    assert (seen.hours, seen.points) == (8, 5)
    hamlet.decide("Y", case)
    short = hamlet.hand_in("B", "B", "docks").case_id
    hamlet.decide("Y", short)
    assert lines(hamlet, "A", "deed") == [(5, "")]
    assert lines(hamlet, "B", "deed") == [(2, "")]
    assert hamlet.credits() == [5, 2]
    assert [*road.misfits(hamlet), *hamlet.misfits()] == []


def test_a_rule_without_a_ladder_takes_no_hours(hamlet: Hamlet, refused: Refused) -> None:
    assert refused(hand_in, hamlet, "A", 4) == "rule_hours"


@pytest.mark.long
def test_hours_and_ladders_that_were_altered_are_found(hamlet: Hamlet, refused: Refused) -> None:
    nonsense = replace(HOURS, ladder="4:1")
    assert refused(road.propose, hamlet, nonsense) == "rule_change_ladder"
    in_force(hamlet, HOURS)
    case = hand_in(hamlet, "A", 4)
    with hamlet.village.write() as session:
        session.execute(update(Case).where(Case.id == case).values(hours=8))
        session.query(RuleVersion).filter_by(ladder="4:3 8:5").one().ladder = "4:9"
    found = {each.name for each in (*road.misfits(hamlet), *hamlet.misfits())}
    assert found == {"case.hours", "rule_version.ladder"}


@pytest.mark.long
def test_points_beyond_the_step_are_refused_by_the_log_alone(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service broken on purpose: everybody gets the most that the ladder gives."""
    in_force(hamlet, HOURS)
    case = hand_in(hamlet, "A", 4)
    monkeypatch.setattr("kiosk.services.cases.flow.effects.signed_points", lambda _case: 5)
    hamlet.decide("Y", case)
    with reading(hamlet.village) as work:
        assert check_tables(work).findings


REMINDED = Draft(
    what="changed",
    rule="litter",
    kind="concern",
    area="care_for_shared_places",
    points=3,
    icon="trash",
    title=Texts({"zh": "往河埠头倒垃圾", "en": "Littering in the docks"}),
    text=Texts({"zh": "把垃圾倒在河埠头。", "en": "Threw rubbish into the docks."}),
    remedy=Texts({"zh": "清理干净就了结。", "en": "It ends as soon as it is cleaned up."}),
    reminder=True,
)


@pytest.mark.long
def test_the_first_concern_is_told_as_a_reminder_and_takes_nothing(
    hamlet: Hamlet, refused: Refused
) -> None:
    assert refused(road.propose, hamlet, replace(HOURS, reminder=True)) == "rule_change_reminder"
    in_force(hamlet, REMINDED)
    hamlet.hand_in("B", "A", "litter")
    (told,) = notices.notices(hamlet.village, hamlet.sign("A"))
    assert told.reminder
    for by in "CD":
        hamlet.decided_concern(by=by)
        hamlet.clock.advance(days=21)
        timed_moves.tick(hamlet.village)
    assert lines(hamlet, "A", "concern") == [(-3, ""), (0, "reminder")]
    assert hamlet.number("A") == 47
    with hamlet.village.write() as session:
        session.query(RuleVersion).filter_by(reminder=True).one().reminder = False
    assert [each.name for each in road.misfits(hamlet)] == ["rule_version.reminder"]


def test_a_reminder_and_a_ladder_are_said_as_what_would_be_another(hamlet: Hamlet) -> None:
    def say(key: str, *values: object) -> str:
        return hamlet.village.catalogue.text(key, ENGLISH, *values)

    with reading(hamlet.village) as work:
        steps = wording.differences(say, checked(work.session, HOURS), ENGLISH)
        first = wording.differences(say, checked(work.session, REMINDED), ENGLISH)
    said = {each.name: (each.before, each.after) for each in (*steps, *first)}
    assert said["What more hours give"] == (
        "The same for however many hours",
        "+2 for less; 4 hours or more: +3; 8 hours or more: +5",
    )
    assert said["The first time"] == ("The points", "Nothing: it is a reminder")
