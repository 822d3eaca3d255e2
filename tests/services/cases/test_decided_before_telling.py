"""Cases that a version decided before anybody had to be told: none is stuck, none counts untold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import text

from kiosk.core.clock import start_of_day
from kiosk.models import migrations
from kiosk.services.cases import hand_overs, notices
from kiosk.services.cases.flow import table as flow_table
from kiosk.services.cases.flow.timed_moves import tick
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def as_it_was(row: flow_table.Move) -> flow_table.Move:
    """The rows of the table of that version that are others now."""
    if row.name == "take_effect":
        return replace(row, from_states=("countersigned", "upheld"))
    if row.name == "countersign" or (row.name == "decline" and row.tracks != flow_table.CONCERN):
        return replace(row, deadline=flow_table.APPEAL_DAYS)
    return row


@contextmanager
def the_version_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything in here is decided by its table, and by its schema's number."""
    with monkeypatch.context() as patch:
        table = tuple(as_it_was(row) for row in flow_table.MOVES if row.name != "tell")
        patch.setattr(flow_table, "MOVES", table)
        yield


def bring_up_to_date(hamlet: Hamlet) -> None:
    """Run the one revision that told cases apart; the schema is today's all the while."""
    config, number = Config(), "UPDATE alembic_version SET version_num = :number"
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with hamlet.village.write() as session:
        session.execute(text(number), {"number": "0007"})
        config.attributes["connection"] = session.connection()
        upgrade(config, "0008")
        session.execute(text(number), {"number": migrations.LATEST})
    tick(hamlet.village)


def after(hamlet: Hamlet, days: int) -> None:
    hamlet.clock.moment = start_of_day(hamlet.today + timedelta(days=days + 1))
    tick(hamlet.village)


def carried(hamlet: Hamlet) -> list[int]:
    lines = hand_overs.waiting(hamlet.village, hamlet.sign("C", "clerk"))
    return [line.case_id for line in lines]


@pytest.fixture
def decided(hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch) -> int:
    """A concern that two officers upheld fifteen days ago, and nobody told A."""
    with the_version_before(monkeypatch):
        case_id = hamlet.untold_concern()
        hamlet.clock.advance(days=15)
        tick(hamlet.village)
    bring_up_to_date(hamlet)
    return case_id


def test_what_was_decided_and_not_told_lapses_thirty_days_after_the_decision(
    hamlet: Hamlet, decided: int
) -> None:
    assert carried(hamlet) == [decided]
    after(hamlet, 14)
    assert hamlet.state(decided) == "countersigned"
    after(hamlet, 0)
    assert (hamlet.state(decided), hamlet.entries()) == ("lapsed", [])
    assert hamlet.misfits() == []


def test_what_was_decided_is_told_now_and_counts_after_its_days(
    hamlet: Hamlet, decided: int
) -> None:
    hamlet.acknowledge("A", decided)
    after(hamlet, 19)
    assert (hamlet.state(decided), hamlet.number("A")) == ("told", 50)
    after(hamlet, 0)
    assert (hamlet.state(decided), hamlet.number("A")) == ("effective", 45)
    assert hamlet.misfits() == []


def test_what_took_effect_untold_ends_at_once_and_the_number_is_restored(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    with the_version_before(monkeypatch):
        case_id = hamlet.untold_concern()
        after(hamlet, 20)
        assert (hamlet.state(case_id), hamlet.number("A")) == ("effective", 45)
        hamlet.clock.advance(days=3)
    bring_up_to_date(hamlet)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("lapsed", 50)
    assert [each.ended_on for each in hamlet.entries()] == [hamlet.today]
    (line,) = notices.notices(hamlet.village, hamlet.sign("A"))
    assert (line.outcome, line.may_appeal) == ("lapsed", False)
    hamlet.acknowledge("A", case_id)
    assert hamlet.misfits() == []


@pytest.mark.long
@pytest.mark.parametrize("how", ["signed in", "appealed"])
def test_what_took_effect_and_was_known_goes_on_and_ends_on_its_day(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    hamlet.serve("ABC")
    with the_version_before(monkeypatch):
        case_id = hamlet.untold_concern()
        hamlet.clock.advance(days=3)
        hamlet.sign("A")
        after(hamlet, 20)
        assert hamlet.number("A") == 45
    if how == "appealed":
        other = hamlet.decided_concern("D", "E")
        for letter in hamlet.appeal("D", other)[:2]:
            hamlet.vote(letter, other, uphold=True)
        tick(hamlet.village)
        assert hamlet.number("D") == 45
    bring_up_to_date(hamlet)
    assert hamlet.number("A") == 45
    assert hamlet.number("D") == (45 if how == "appealed" else 50)
    after(hamlet, 180)
    assert (hamlet.state(case_id), hamlet.number("A"), hamlet.number("D")) == ("ended", 50, 50)
    assert hamlet.misfits() == []


def test_a_deed_that_was_declined_can_still_be_appealed_after_its_person_was_told(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    with the_version_before(monkeypatch):
        over = hamlet.hand_in("D", "D", "help").case_id
        hamlet.decide("Y", over, approve=False)
        hamlet.clock.advance(days=25)
        declined = hamlet.hand_in("A", "A", "help").case_id
        hamlet.decide("Y", declined, approve=False)
        hamlet.clock.advance(days=5)
    bring_up_to_date(hamlet)
    after(hamlet, 30)
    (line,) = notices.notices(hamlet.village, hamlet.sign("A"))
    assert (line.case_id, line.may_appeal) == (declined, True)
    hamlet.acknowledge("A", declined)
    hamlet.clock.advance(days=20)
    assert refused(hamlet.appeal, "D", over) == "appeal_over"  # the days it had are over
    assert notices.notices(hamlet.village, hamlet.sign("D")) == ()
    hamlet.serve("CBE")
    hamlet.appeal("A", declined)


def test_a_village_without_any_case_is_brought_up_to_date(hamlet: Hamlet) -> None:
    bring_up_to_date(hamlet)
    assert hamlet.misfits() == []
