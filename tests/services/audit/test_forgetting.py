"""A concern is forgotten when it came to its end by the rules, and whoever wipes one is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from kiosk.core.clock import SettableClock
from kiosk.models.cases import Case, CaseMove
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases.flow import advance, forgetting
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.ledger import erasing, log
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from kiosk.services.work import Work, writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything, and in which a concern counts."""
    made = grown(LoggedHamlet(sqlite_village, clock), furnish)
    made.decided_concern()
    while spooler.print_next(made.village):
        pass
    made.clock.advance(days=21)
    tick(made.village)
    return made


def found(hamlet: LoggedHamlet) -> set[str]:
    """What verify names, each by code and name."""
    return {f"{each.code} {each.name}" for each in verify_village(hamlet.village).findings}


def the_case(work: Work) -> Case:
    return work.session.scalars(select(Case)).one()


@pytest.mark.long
def test_a_concern_that_ended_is_forgotten_and_nothing_of_it_is_left_to_print(
    hamlet: LoggedHamlet,
) -> None:
    with hamlet.village.read() as session:
        reference = session.scalars(select(Case.reference)).one()
        papers = queue.under(session, reference)
        assert papers
    hamlet.clock.advance(days=180)
    tick(hamlet.village)
    with hamlet.village.read() as session:
        assert session.scalars(select(Case.forgotten_at)).one() is not None
        assert not queue.under(session, reference)
        assert all(log.content_of(session, each) is None for each in papers)
    assert found(hamlet) == set()


@pytest.mark.long
def test_a_concern_that_counts_is_not_forgotten_whoever_writes_so(hamlet: LoggedHamlet) -> None:
    """Everything is as the services write it, but that nothing ended."""
    with writing(hamlet.village) as work:
        case = the_case(work)
        theirs = log.indexes_of(work.session, lambda told: told.get("case") == case.id)
        erasing.erase(work, "forgotten", {"case": case.id}, theirs)
        queue.erase(work, theirs)
        work.session.flush()
        forgetting.say_what_remains(work, case)
    assert "not_allowed remains: had not ended" in found(hamlet)


@pytest.mark.long
def test_an_end_before_its_day_is_none(hamlet: LoggedHamlet) -> None:
    with writing(hamlet.village) as work:
        advance.advance(work, the_case(work), "end", "time", actor_id=None)
    assert "not_allowed remains: not in its time" in found(hamlet)


@pytest.mark.long
def test_moves_that_are_said_to_be_older_than_their_entries_are_named(
    hamlet: LoggedHamlet,
) -> None:
    with writing(hamlet.village) as work:
        case = the_case(work)
        for move in work.session.scalars(select(CaseMove)).all():
            move.at -= timedelta(days=200)
        case.due_at = work.now
        work.session.flush()
        advance.advance(work, case, "end", "time", actor_id=None)
    assert "not_allowed remains: not as its entries were" in found(hamlet)


@pytest.mark.long
def test_what_is_forgotten_says_what_remains(hamlet: LoggedHamlet) -> None:
    with writing(hamlet.village) as work:
        erasing.erase(work, "forgotten", {"case": the_case(work).id}, ())
    assert "not_allowed forgotten: without what goes with it" in found(hamlet)


@pytest.mark.long
@pytest.mark.parametrize("change", ["at = '2026-01-01 01:00:00.000000'", "kind = 'paper'"])
def test_the_moment_and_the_kind_of_what_was_erased_stay_as_they_were(
    hamlet: LoggedHamlet, change: str
) -> None:
    hamlet.clock.advance(days=180)
    tick(hamlet.village)
    with hamlet.village.write() as session:
        question = text('SELECT min("index"), max("index") FROM ledger_erasure')
        first, last = session.execute(question).one()
        session.execute(text("DROP TRIGGER ledger_entry_UPDATE_refused"))
        session.execute(text(f'UPDATE ledger_entry SET {change} WHERE "index" = {first}'))
    report = verify_village(hamlet.village)
    altered = [(each.first, each.last) for each in report.findings if each.code == "entry_altered"]
    assert altered == [(first, last)]
