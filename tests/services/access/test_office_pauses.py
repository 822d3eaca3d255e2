"""An office rests from its first to its last day, and ends by itself on the day that was named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.access import office_pauses, offices, sessions
from kiosk.services.access.offices import Change, Pause
from kiosk.services.access.roles import Role
from kiosk.services.audit.tables import check_tables
from kiosk.services.cases import decide, panel_draw
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.waiting import listed
from kiosk.services.work import reading, writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

pytestmark = pytest.mark.long


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def rest(
    hamlet: LoggedHamlet, letter: str, role: Role, first: int = 0, last: int = 6, why: str = "ill"
) -> None:
    wish = Pause(hamlet.today + timedelta(days=first), hamlet.today + timedelta(days=last), why)
    asked = (hamlet.village, hamlet.officer("Y"), hamlet.people[letter], role, wish)
    office_pauses.pause(*asked, hamlet.signature("Z"), new_touch_id())


def back(hamlet: LoggedHamlet, letter: str, role: Role) -> None:
    asked = (hamlet.village, hamlet.officer("Y"), hamlet.people[letter], role)
    office_pauses.bring_back(*asked, hamlet.signature("Z"), new_touch_id())


def line(hamlet: LoggedHamlet, letter: str) -> offices.OfficeLine:
    found = offices.offices(hamlet.village, hamlet.officer("Y"))
    return next(each for each in found if each.resident_id == hamlet.people[letter])


def refused(act: Callable[..., object], *asked: Any, **more: Any) -> str:
    with pytest.raises(ExpectedError) as refusal:
        act(*asked, **more)
    return refusal.value.code


def misfits(hamlet: LoggedHamlet) -> list[str]:
    with reading(hamlet.village) as work:
        return [f"{each.code} {each.name}" for each in check_tables(work).findings]


def drawn_from(hamlet: LoggedHamlet) -> set[int]:
    with hamlet.village.read() as session:
        return {who for who, _ in panel_draw._who_serves(session)}


def test_who_rests_cannot_act_is_not_drawn_and_comes_back(hamlet: LoggedHamlet) -> None:
    seat = hamlet.officer("B")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    assert hamlet.people["B"] in drawn_from(hamlet)
    rest(hamlet, "B", "officer")
    assert refused(decide.open_case, hamlet.village, seat, case_id) == "not_allowed"
    number, pin = hamlet.cards[hamlet.people["B"]]
    assert refused(sessions.sign_in, hamlet.village, number, pin, official=True) == "no_office"
    assert hamlet.people["B"] not in drawn_from(hamlet)
    person, wish = hamlet.people["C"], Change(hamlet.people["C"], "clerk", "elected", hamlet.today)
    assert person
    asked = (hamlet.village, hamlet.officer("Y"), wish, hamlet.signature("B"), new_touch_id())
    assert refused(offices.appoint, *asked) == "second_officer"
    back(hamlet, "B", "officer")
    sessions.sign_in(hamlet.village, number, pin, official=True)
    assert line(hamlet, "B").pause is None
    assert misfits(hamlet) == []


def test_a_pause_begins_and_ends_by_itself_on_its_days(hamlet: LoggedHamlet) -> None:
    hamlet.officer("B")
    rest(hamlet, "B", "officer", first=2, last=3)
    first, last = (hamlet.today + timedelta(days=each) for each in (2, 3))
    assert line(hamlet, "B").pause == Pause(first, last, "ill", begun=False)
    begun = []
    for _ in range(4):
        hamlet.clock.advance(days=1)
        office_pauses.move_due(hamlet.village)
        found = line(hamlet, "B").pause
        begun.append(None if found is None else found.begun)
    assert begun == [False, True, True, None]
    assert office_pauses.move_due(hamlet.village) == 0
    assert misfits(hamlet) == []


def test_an_office_ends_after_the_last_day_that_was_named(hamlet: LoggedHamlet) -> None:
    last = hamlet.today + timedelta(days=40)
    change = Change(hamlet.people["B"], "clerk", "elected", hamlet.today)
    asked = (hamlet.village, hamlet.officer("Y"), change, hamlet.signature("Z"), new_touch_id())
    offices.appoint(*asked, last)
    assert _waits(hamlet) == []
    hamlet.clock.advance(days=10)
    assert _waits(hamlet) == [last]
    hamlet.clock.advance(days=30)
    assert office_pauses.move_due(hamlet.village) == 0
    hamlet.clock.advance(days=1)
    assert office_pauses.move_due(hamlet.village) == 1
    assert line(hamlet, "B").last_day == hamlet.today
    assert misfits(hamlet) == []


def _waits(hamlet: LoggedHamlet) -> list[date | None]:
    found = listed.items(hamlet.village, hamlet.officer("Y"))
    return [each.by for each in found if each.what == "office_ends_clerk"]


def test_the_last_who_can_act_neither_rest_nor_end_by_themselves(hamlet: LoggedHamlet) -> None:
    assert refused(rest, hamlet, "Z", "officer") in ("second_officer", "second_household")
    hamlet.officer("B")
    rest(hamlet, "B", "officer")
    asked = (hamlet.village, hamlet.officer("Y"), hamlet.people["Y"], "officer")
    wish = Pause(hamlet.today, hamlet.today, "ill")
    refusal = refused(office_pauses.pause, *asked, wish, hamlet.signature("Z"), new_touch_id())
    assert refusal == "pause_last"


@pytest.mark.parametrize(
    ("first", "last", "why", "code"),
    [
        (-1, 3, "ill", "pause_days"),
        (0, 181, "ill", "pause_days"),
        (91, 92, "ill", "pause_days"),
        (3, 2, "ill", "pause_days"),
        (0, 3, "lazy", "pause_reason"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(
    hamlet: LoggedHamlet, first: int, last: int, why: str, code: str
) -> None:
    hamlet.officer("B")
    assert refused(rest, hamlet, "B", "officer", first, last, why) == code
    assert refused(back, hamlet, "B", "officer") == "office_not_held"


NOT_ALLOWED: dict[str, tuple[str, dict[str, object]]] = {
    "paused alone": ("office_paused", {"second": "Y"}),
    "paused by a neighbour": ("office_paused", {"by": "A"}),
    "paused for a year": ("office_paused", {"last": "2027-11-30"}),
    "paused for no reason": ("office_paused", {"reason": "lazy"}),
    "a pause that begins of nothing": ("office_pause_began", {}),
    "back without having rested": ("office_back", {"by": "Y", "second": "Z"}),
    "ended by nobody before its day": ("role_ended", {"by": None, "reason": "last_day"}),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_an_entry_that_no_service_would_write_is_named(hamlet: LoggedHamlet, what: str) -> None:
    hamlet.officer("B")
    kind, said = NOT_ALLOWED[what]
    today = hamlet.today.isoformat()
    usual = {"resident": "B", "role": "officer", "by": "Y", "second": "Z"}
    days = {"first": today, "last": today, "reason": "ill"}
    letters = {
        name: hamlet.people.get(str(each), each) for name, each in {**usual, **days, **said}.items()
    }
    with writing(hamlet.village) as work:
        log.append(work, kind, letters)
    assert any(each.startswith(f"not_allowed {kind}") for each in misfits(hamlet))


def test_a_service_that_forgets_to_say_who_rests_is_found(
    hamlet: LoggedHamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    hamlet.officer("B")
    honest = log.append

    def silent(work: Any, kind: str, content: dict[str, object]) -> int:
        return 0 if kind == office_pauses.OFFICE_PAUSED else honest(work, kind, content)

    monkeypatch.setattr(log, "append", silent)
    rest(hamlet, "B", "officer")
    monkeypatch.undo()
    assert "row_altered role_grant.paused_at" in misfits(hamlet)
