"""The clock jumps: deadlines do not fire on one that cannot be trusted, and the keeper is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.core import event_log
from kiosk.core.clock import SettableClock
from kiosk.services.ledger import log
from kiosk.services.upkeep import clock_check
from kiosk.services.upkeep.backup import KEPT, back_up
from kiosk.services.upkeep.backup_places import PATTERN
from kiosk.services.upkeep.doctor import examine
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet, furnish

IN_1970 = datetime(1970, 1, 1, 0, 3, tzinfo=UTC)


@pytest.fixture
def hamlet(village: Village, clock: SettableClock) -> Hamlet:
    """One concern that waits for a reply, which ends by the clock after seven days."""
    found = furnish(Hamlet(village, clock))
    found.hand_in("B", "A", "litter")
    with writing(village) as work:
        log.append(work, "test", {})
    Caretaker(village).step()
    return found


@pytest.mark.parametrize(
    ("jump", "why"),
    [
        (timedelta(days=-2), "before_log"),
        (timedelta(days=46), "far_ahead"),
        (timedelta(days=4_000), "far_ahead"),
        (IN_1970, "before_program"),
    ],
)
def test_no_deadline_fires_on_a_clock_that_jumped(
    hamlet: Hamlet,
    clock: SettableClock,
    jump: timedelta | datetime,
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, object]] = []
    monkeypatch.setattr(event_log, "record", lambda event, **more: told.append((event, more)))
    clock.moment = jump if isinstance(jump, datetime) else clock.moment + jump
    before = hamlet.state(1)
    caretaker = Caretaker(hamlet.village)
    caretaker.step()
    caretaker.step()
    assert clock_check.doubt(hamlet.village) == why
    assert hamlet.state(1) == before
    assert [more for event, more in told if event == "clock_doubted"] == [{"why": why}]
    assert [each.well for each in examine(hamlet.village) if each.code == "clock"] == [False]


def test_deadlines_fire_on_a_clock_that_went_on_as_clocks_do(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    before = hamlet.state(1)
    for _ in range(4):
        clock.advance(days=20)
        Caretaker(hamlet.village).step()
    assert clock_check.doubt(hamlet.village) is None
    assert hamlet.state(1) != before


def test_a_keeper_who_looked_lets_deadlines_run_again(hamlet: Hamlet, clock: SettableClock) -> None:
    before = hamlet.state(1)
    clock.advance(days=90)
    Caretaker(hamlet.village).step()
    assert hamlet.state(1) == before
    clock_check.confirm(hamlet.village)
    Caretaker(hamlet.village).step()
    assert hamlet.state(1) != before


def test_work_done_under_a_clock_that_ran_ahead_does_not_stop_the_right_one(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    right = clock.now()
    clock.advance(days=400)
    with writing(hamlet.village) as work:
        log.append(work, "test", {})
    clock.moment = right + timedelta(hours=1)
    assert clock_check.doubt(hamlet.village) == "before_log"
    clock_check.confirm(hamlet.village)
    assert clock_check.doubt(hamlet.village) is None


def test_a_time_server_may_put_the_clock_back_a_little(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    clock.advance(minutes=-5)
    assert clock_check.doubt(hamlet.village) is None


@pytest.mark.parametrize("spoilt", [b"\0\xff", b"2026-01-01T00:00:00"])
def test_a_spoilt_file_of_the_last_moment_falls_back_to_the_log(
    hamlet: Hamlet, clock: SettableClock, spoilt: bytes
) -> None:
    (hamlet.village.directory.root / "last-moment").write_bytes(spoilt)
    assert clock_check.doubt(hamlet.village) is None
    clock.advance(days=46)
    assert clock_check.doubt(hamlet.village) == "far_ahead"


def test_a_backup_made_in_1970_is_kept_although_thirty_are_newer(sqlite_village: Village) -> None:
    clock = SettableClock()
    village = replace(sqlite_village, clock=clock)
    for _ in range(KEPT):
        clock.advance(days=1)
        (village.directory.backups / clock.now().strftime("village-%Y%m%dT%H%M%SZ.backup")).touch()
    clock.moment = IN_1970
    made = back_up(village)
    assert made.file.exists()
    assert len(list(village.directory.backups.glob(PATTERN))) == KEPT
