"""A change of a rule: shown for 14 days, adopted by two, in force from a day, never backwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.rulebook import RuleVersion
from kiosk.services.ledger import log
from kiosk.services.record.number import number_of
from kiosk.services.rule_changes import changes, showing
from kiosk.services.rule_changes.drafts import Difference, Draft
from kiosk.services.rulebook import book
from kiosk.services.work import reading
from tests.services.access.entries import ledger_of
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.road import ENDED, NEW, OTHER_POINTS

Refused = Callable[..., str]


def test_a_new_rule_is_shown_for_14_days_adopted_by_two_and_in_force_from_its_day(
    hamlet: Hamlet,
) -> None:
    proposed_on = hamlet.today
    change = road.propose(hamlet)
    (line,) = showing.shown(hamlet.village)
    assert (line.what, line.title["zh"], line.state) == ("new", "借出小三轮", "waiting")
    assert line.days.decided_from == proposed_on + timedelta(days=14)
    road.shown_for(hamlet)
    road.adopt(hamlet, change, days=road.adoption(hamlet, begins=3))
    assert changes.move_due(hamlet.village) == 0, "ten minutes in which it can be taken back"
    hamlet.clock.advance(minutes=10)
    assert changes.move_due(hamlet.village) == 1
    assert changes.move_due(hamlet.village) == 0
    first = hamlet.today + timedelta(days=3)
    assert road.points(hamlet, line.rule, first - timedelta(days=1)) is None
    assert road.points(hamlet, line.rule, first) == 4
    assert [each.state for each in showing.shown(hamlet.village)] == ["done"], "until its day"
    hamlet.clock.advance(days=3)
    assert showing.shown(hamlet.village) == ()
    assert book.current(hamlet.village)[-1].rule == line.rule
    assert road.misfits(hamlet) == []


OFTEN = replace(OTHER_POINTS, points=4, caps="month:1 year:2")


def test_how_often_a_rule_counts_is_proposed_said_and_counted_from_its_day(hamlet: Hamlet) -> None:
    """Two deeds of one month: the second one is welcome, and adds nothing."""
    road.comes_into_force(hamlet, OFTEN)
    hamlet.clock.advance(days=1)
    with reading(hamlet.village) as work:
        rule = book.rule_on(work.session, "docks", hamlet.today)
    assert rule is not None
    assert (rule.caps, rule.version) == ("month:1 year:2", 2)
    hamlet.rules["docks"] = rule.rule_version_id
    for _ in range(2):
        hamlet.decide("Y", hamlet.hand_in("A", "A", "docks").case_id)
        hamlet.clock.advance(days=1)
    with reading(hamlet.village) as work:
        found = number_of(work, hamlet.people["A"], hamlet.today)
    assert found is not None
    lines = [(line.points, line.cap) for line in found.lines if line.kind == "deed"]
    assert lines == [(0, "often"), (4, "")]
    assert road.misfits(hamlet) == []


def test_how_often_is_one_of_what_a_change_may_change_and_tampering_is_found(
    hamlet: Hamlet, refused: Refused
) -> None:
    nonsense = replace(OFTEN, caps="day:0")
    assert refused(road.propose, hamlet, nonsense) == "rule_change_caps"
    road.comes_into_force(hamlet, OFTEN)
    with hamlet.village.write() as session:
        session.query(RuleVersion).filter_by(caps="month:1 year:2").one().caps = ""
    assert [each.name for each in road.misfits(hamlet)] == ["rule_version.caps"]


def test_other_points_hold_from_their_day_and_old_entries_keep_theirs(hamlet: Hamlet) -> None:
    case = hamlet.hand_in("A", "A", "docks").case_id
    before = hamlet.today
    road.comes_into_force(hamlet, OTHER_POINTS)
    tomorrow = hamlet.today + timedelta(days=1)
    assert road.points(hamlet, "docks", before) == 4
    assert road.points(hamlet, "docks", hamlet.today) == 4
    assert road.points(hamlet, "docks", tomorrow) == 6
    hamlet.decide("Y", case)
    assert [each.points for each in hamlet.entries()] == [4]
    order = [each.rule for each in book.current(hamlet.village)]
    hamlet.clock.advance(days=1)
    assert [each.rule for each in book.current(hamlet.village)] == order
    assert road.misfits(hamlet) == []


def test_a_rule_that_is_ended_is_there_until_its_last_day(hamlet: Hamlet) -> None:
    road.comes_into_force(hamlet, ENDED)
    assert road.points(hamlet, "visit", hamlet.today) == 6
    hamlet.clock.advance(days=1)
    assert "visit" not in [each.rule for each in book.current(hamlet.village)]
    assert road.misfits(hamlet) == []


def test_the_differences_are_said_and_nothing_else(hamlet: Hamlet) -> None:
    road.propose(hamlet, OTHER_POINTS)
    (line,) = showing.shown(hamlet.village)
    assert isinstance(line.difference, Difference)
    assert line.difference.fields == ("text", "area", "points", "icon")
    assert line.difference.before is not None
    assert line.difference.after is not None
    assert (line.difference.before.points, line.difference.after.points) == (4, 6)


def test_a_text_in_one_language_stands_for_the_other(hamlet: Hamlet) -> None:
    road.propose(hamlet, replace(NEW, title=Texts({"zh": "借出小三轮", "en": " "})))
    (line,) = showing.shown(hamlet.village)
    assert line.title["en"] == "借出小三轮"


def test_the_assembly_decides_after_everybody_could_read_it(
    hamlet: Hamlet, refused: Refused
) -> None:
    change = road.propose(hamlet)
    road.shown_for(hamlet, 13)
    assert refused(road.adopt, hamlet, change) == "rule_change_shown"
    road.shown_for(hamlet, 1)
    for assembly in (1, -1):
        days = road.adoption(hamlet, assembly=assembly)
        assert refused(road.adopt, hamlet, change, days=days) == "rule_change_assembly"
    assert ledger_of(hamlet.village, "rule_adopted") == []


@pytest.mark.parametrize("begins", [-1, 0, 61])
def test_no_rule_is_in_force_yesterday_or_today(
    sqlite_hamlet: Hamlet, refused: Refused, begins: int
) -> None:
    change = road.propose(sqlite_hamlet)
    road.shown_for(sqlite_hamlet)
    days = road.adoption(sqlite_hamlet, begins=begins)
    assert refused(road.adopt, sqlite_hamlet, change, days=days) == "rule_change_begins"


def test_nobody_adopts_alone_nor_with_somebody_of_their_household(
    hamlet: Hamlet, refused: Refused
) -> None:
    change = road.propose(hamlet)
    road.shown_for(hamlet)
    own, at_home = hamlet.signature("Y"), hamlet.signature("y")
    assert refused(road.adopt, hamlet, change, second=own) == "second_officer"
    assert refused(road.adopt, hamlet, change, second=at_home) == "second_household"
    road.adopt(hamlet, change)


def test_only_officers_change_rules(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    for session in (hamlet.sign("B"), hamlet.sign("C", "clerk"), hamlet.sign("D", "keeper")):
        assert refused(changes.propose, hamlet.village, session, NEW, new_touch_id()) == (
            "not_allowed"
        )
        assert refused(showing.under_way, hamlet.village, session) == "not_allowed"
        assert refused(changes.preview, hamlet.village, session, NEW) == "not_allowed"


def test_of_one_rule_one_change_is_under_way(hamlet: Hamlet, refused: Refused) -> None:
    change = road.propose(hamlet, OTHER_POINTS)
    again = replace(OTHER_POINTS, points=5)
    assert refused(road.propose, hamlet, again, "Z") == "rule_change_waits"
    changes.withdraw(hamlet.village, hamlet.officer("Y"), change, new_touch_id())
    road.propose(hamlet, again, "Z")


def test_a_version_that_begins_later_is_waited_for(hamlet: Hamlet, refused: Refused) -> None:
    change = road.propose(hamlet, OTHER_POINTS)
    road.shown_for(hamlet)
    road.adopt(hamlet, change, days=road.adoption(hamlet, begins=60))
    hamlet.clock.advance(minutes=10)
    changes.move_due(hamlet.village)
    assert refused(road.propose, hamlet, replace(OTHER_POINTS, points=5)) == "rule_change_waits"


def test_two_rules_are_not_called_the_same(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    road.propose(sqlite_hamlet)
    assert refused(road.propose, sqlite_hamlet, NEW) == "rule_change_twin"
    assert refused(road.propose, sqlite_hamlet, road.called(NEW, "助人")) == "rule_change_twin"


WRONG: tuple[tuple[Draft, str], ...] = (
    (replace(NEW, area="private_life"), "rule_change_area"),
    (replace(NEW, points=11), "rule_change_points"),
    (replace(NEW, points=0), "rule_change_points"),
    (replace(NEW, kind="duty"), "rule_change_kind"),
    (replace(NEW, reporters="officers"), "rule_change_reporters"),
    (replace(NEW, icon="no-such"), "rule_change_icon"),
    (replace(NEW, title=Texts({})), "rule_change_missing"),
    (replace(NEW, text=Texts({"zh": "长" * 601})), "rule_change_too_long"),
    (replace(NEW, kind="concern"), "rule_change_remedy"),
    (replace(NEW, text=Texts({"zh": "到教堂做礼拜。"})), "rule_change_gate"),
    (replace(OTHER_POINTS, rule="no_such"), "rule_change_unknown"),
    (Draft(what="ended", rule="no_such"), "rule_change_unknown"),
)


@pytest.mark.parametrize(("draft", "code"), WRONG)
def test_what_no_rule_may_be_is_refused_before_anybody_reads_it(
    sqlite_hamlet: Hamlet, refused: Refused, draft: Draft, code: str
) -> None:
    village, officer = sqlite_hamlet.village, sqlite_hamlet.officer("Y")
    assert refused(changes.preview, village, officer, draft) == code
    assert refused(changes.propose, village, officer, draft, new_touch_id()) == code
    assert showing.shown(village) == ()


def test_a_change_that_changes_nothing_is_none(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    road.comes_into_force(sqlite_hamlet, OTHER_POINTS)
    sqlite_hamlet.clock.advance(days=1)
    assert refused(road.propose, sqlite_hamlet, OTHER_POINTS) == "rule_change_same"


def test_who_proposed_it_takes_it_back_and_nobody_else(hamlet: Hamlet, refused: Refused) -> None:
    change = road.propose(hamlet)
    taken = (changes.withdraw, hamlet.village)
    assert refused(*taken, hamlet.officer("Z"), change, new_touch_id()) == "rule_change_not_own"
    changes.withdraw(hamlet.village, hamlet.officer("Y"), change, new_touch_id())
    assert showing.shown(hamlet.village) == ()
    assert refused(*taken, hamlet.officer("Y"), change, new_touch_id()) == "rule_change_over"
    assert road.misfits(hamlet) == []


def test_an_adoption_is_taken_back_for_ten_minutes_by_either_of_the_two(
    hamlet: Hamlet, refused: Refused
) -> None:
    change = road.propose(hamlet)
    road.shown_for(hamlet)
    road.adopt(hamlet, change, first="Z", second=hamlet.signature("Y"))
    undo = (changes.take_back, hamlet.village)
    hamlet.add("X")
    assert refused(*undo, hamlet.officer("X"), change, new_touch_id()) == "rule_change_over"
    (line,) = showing.under_way(hamlet.village, hamlet.officer("Y"))
    assert line.undone
    changes.take_back(hamlet.village, hamlet.officer("Y"), change, new_touch_id())
    hamlet.clock.advance(minutes=10)
    assert changes.move_due(hamlet.village) == 0
    road.adopt(hamlet, change)
    hamlet.clock.advance(minutes=10)
    assert refused(*undo, hamlet.officer("Y"), change, new_touch_id()) == "rule_change_over"
    assert changes.move_due(hamlet.village) == 1
    assert road.misfits(hamlet) == []


def test_what_nobody_adopts_lapses_after_60_days(hamlet: Hamlet, refused: Refused) -> None:
    change = road.propose(hamlet)
    road.shown_for(hamlet, 60)
    assert changes.move_due(hamlet.village) == 0
    road.shown_for(hamlet, 1)
    assert changes.move_due(hamlet.village) == 1
    assert refused(road.adopt, hamlet, change) == "rule_change_over"
    assert showing.shown(hamlet.village) == ()
    assert road.misfits(hamlet) == []


def test_a_machine_that_was_off_on_the_first_day_does_not_reach_back(hamlet: Hamlet) -> None:
    change = road.propose(hamlet)
    road.shown_for(hamlet)
    road.adopt(hamlet, change)
    hamlet.clock.advance(days=5)
    assert changes.move_due(hamlet.village) == 1
    (said,) = [each for each in ledger_of(hamlet.village, "rule_installed") if "change" in each]
    assert said["valid_from"] == hamlet.today.isoformat()
    assert road.misfits(hamlet) == []


def test_a_second_tap_changes_nothing(sqlite_hamlet: Hamlet) -> None:
    hamlet, touch = sqlite_hamlet, new_touch_id()
    officer = hamlet.officer("Y")
    proposed = changes.propose(hamlet.village, officer, NEW, touch)
    assert changes.propose(hamlet.village, officer, NEW, touch) == proposed
    first = proposed.change_id
    road.shown_for(hamlet)
    touch, second, officer = new_touch_id(), hamlet.signature("Z"), hamlet.officer("Y")
    for _ in range(2):
        changes.adopt(hamlet.village, officer, first, road.adoption(hamlet), second, touch)
    assert len(ledger_of(hamlet.village, "rule_adopted")) == 1


def test_every_step_stands_in_the_log_with_who_took_it(hamlet: Hamlet) -> None:
    road.comes_into_force(hamlet)
    (proposed,) = ledger_of(hamlet.village, "rule_proposed")
    (adopted,) = ledger_of(hamlet.village, "rule_adopted")
    assert proposed["by"] == hamlet.people["Y"]
    assert (adopted["by"], adopted["second"]) == (hamlet.people["Y"], hamlet.people["Z"])
    assert adopted["assembly"] == hamlet.today.isoformat()
    assert [each["state"] for each in ledger_of(hamlet.village, "rule_change_over")] == ["done"]
    with hamlet.village.read() as session:
        assert log.content_of(session, 0) is not None


def test_a_draft_of_no_kind_is_a_bug(sqlite_hamlet: Hamlet) -> None:
    with pytest.raises(ValueError, match="other"):
        changes.preview(
            sqlite_hamlet.village,
            sqlite_hamlet.officer("Y"),
            replace(NEW, what="other"),  # type: ignore[arg-type]
        )


def test_words_that_the_gate_stops_by_now_are_not_adopted(
    sqlite_hamlet: Hamlet, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.services.rule_changes import drafts

    change = road.propose(sqlite_hamlet)
    road.shown_for(sqlite_hamlet)

    def stricter(_kept: str) -> None:
        raise ExpectedError("rule_change_gate", "小三轮")

    monkeypatch.setattr(drafts, "check_again", stricter)
    assert refused(road.adopt, sqlite_hamlet, change) == "rule_change_gate"
