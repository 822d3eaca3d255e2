"""Article 6: deeds count 365 days, concerns end at 180 or once put right, ratings expire."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from kiosk.core.clock import SettableClock, start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import PointEntry
from kiosk.models.register import Resident
from kiosk.services.cases import decide
from kiosk.services.cases.flow import table, timed_moves
from kiosk.services.rulebook import book
from kiosk.services.stars import ratings
from tests.services.cases.conftest import Hamlet
from tests.services.rulebook.wordings import RULE
from tests.worlds import stars


def test_a_concern_ends_by_itself_after_180_days(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    sqlite_hamlet.decided_concern()
    clock.advance(days=21)
    timed_moves.tick(sqlite_hamlet.village)
    assert sqlite_hamlet.number("A") == 45
    clock.advance(days=179)
    timed_moves.tick(sqlite_hamlet.village)
    assert sqlite_hamlet.number("A") == 45
    clock.advance(days=1)
    assert sqlite_hamlet.number("A") == 50  # whether or not a timer runs


def test_a_concern_ends_at_once_when_it_was_put_right(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = sqlite_hamlet.decided_concern()
    clock.advance(days=21)
    timed_moves.tick(sqlite_hamlet.village)
    given = (case_id, "已经收拾干净了。", new_touch_id())
    decide.put_right(sqlite_hamlet.village, sqlite_hamlet.officer("Y"), *given)
    assert sqlite_hamlet.number("A") == 50


def test_a_deed_stops_counting_after_365_days(sqlite_hamlet: Hamlet, clock: SettableClock) -> None:
    sqlite_hamlet.approved_deed("A")
    clock.advance(days=364)
    assert sqlite_hamlet.number("A") == 53
    clock.advance(days=1)
    assert sqlite_hamlet.number("A") == 50


@pytest.mark.parametrize("line", ["days = 9999", "for_ever = true", "concern_days = 3650"])
def test_a_rule_file_cannot_make_anything_last_longer(
    sqlite_hamlet: Hamlet, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "book.toml"
    file.write_text(f"{RULE}\n{line}\n", "utf-8")
    with pytest.raises(ExpectedError, match="rulebook_unknown"):
        book.install(sqlite_hamlet.village, file)


def test_the_database_refuses_a_line_that_never_ends(hamlet: Hamlet) -> None:
    case_id = hamlet.approved_deed("A")
    for never in (PointEntry.effective_on, None):
        changed = update(PointEntry).where(PointEntry.case_id == case_id).values(ends_on=never)
        with pytest.raises(DBAPIError), hamlet.village.write() as session:
            session.execute(changed)


def test_every_state_that_harms_somebody_ends_by_itself() -> None:
    for row in table.MOVES:
        if "concern" in row.tracks and row.to_state not in (
            *("ended", "declined", "withdrawn", "overturned", "lapsed"),
        ):
            assert row.deadline is not None, row.name


def test_stars_end_by_themselves_and_a_missed_round_takes_nothing_below_the_start(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    village = sqlite_hamlet.village
    with village.read() as session:
        home = session.get_one(Resident, sqlite_hamlet.people["A"]).household_id
    stars.by_a_round(sqlite_hamlet, home, {"courtyard": 5, "rules": 1})
    assert sqlite_hamlet.number("A") == 52  # one star takes nothing away
    clock.moment = start_of_day(ratings.valid_until(2026, 4)) + timedelta(hours=12)
    assert sqlite_hamlet.number("A") == 52
    clock.advance(days=1)  # and no round was held since
    assert [sqlite_hamlet.number(letter) for letter in "AaB"] == [50, 50, 50]
