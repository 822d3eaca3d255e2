"""Who is too near decides all the same, and the log alone says that it was not allowed (charter 4).

The check of the service is left out; the decision is written down in good order, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access import offices
from kiosk.services.access.offices import Change
from kiosk.services.audit.fold import apart
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide, panel
from kiosk.services.register.people import declare_relative
from kiosk.services.stars import rounds
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.households.family import happens, home_of, plan
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

pytestmark = pytest.mark.long
Patch = pytest.MonkeyPatch


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything."""
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def related(hamlet: LoggedHamlet, one: str, other: str) -> None:
    """They declare that they are relatives."""
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people[one], hamlet.people[other])


def of_the_household(hamlet: LoggedHamlet) -> None:
    """An officer decides on the deed of somebody whom they live with."""
    hamlet.decide("a", hamlet.hand_in("A", "A", "help").case_id)


def of_a_relative(hamlet: LoggedHamlet) -> None:
    """On that of a declared relative."""
    related(hamlet, "A", "Y")
    hamlet.approved_deed("A")


def of_a_reporters_relative(hamlet: LoggedHamlet) -> None:
    """On a concern that a relative reported."""
    related(hamlet, "B", "Y")
    hamlet.untold_concern()


def that_they_confirmed(hamlet: LoggedHamlet) -> None:
    """On a deed of which they said themselves that it was so."""
    case_id = hamlet.hand_in("A", "A", "help", witnesses="B").case_id
    hamlet.confirm("B", case_id)
    hamlet.decide("B", case_id)


def that_they_left_to_others(hamlet: LoggedHamlet) -> None:
    """On a case that they had stepped aside from."""
    case_id = hamlet.hand_in("A", "A", "help").case_id
    decide.recuse(hamlet.village, hamlet.officer("Y"), case_id, new_touch_id())
    hamlet.decide("Y", case_id)


def twice_in_one_household(hamlet: LoggedHamlet) -> None:
    """Two officers of one household uphold a concern."""
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    hamlet.add("Ff")
    hamlet.decide("F", case_id)
    hamlet.countersign("f", case_id)


def on_a_panel(hamlet: LoggedHamlet) -> None:
    """Somebody moves in with the person, and votes on their appeal."""
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    seated = hamlet.appeal("A", case_id)
    happens(hamlet, plan(hamlet, "move", seated[0], seated[0], to=home_of(hamlet, "A")))
    hamlet.vote(seated[0], case_id, uphold=False)


def an_office(hamlet: LoggedHamlet) -> None:
    """An office is given by two officers of one household."""
    hamlet.add("Ff")
    hamlet.officer("f")
    change = Change(hamlet.people["B"], "clerk", "elected", hamlet.today)
    signature = hamlet.signature("f")
    offices.appoint(hamlet.village, hamlet.officer("F"), change, signature, new_touch_id())


def a_round_of_stars(hamlet: LoggedHamlet) -> None:
    """A round is opened by two officers of one household."""
    hamlet.add("Ff")
    hamlet.officer("f")
    signature = hamlet.signature("f")
    quarter = (hamlet.today.month + 2) // 3
    given = (hamlet.today.year, quarter, signature, new_touch_id())
    rounds.open_round(hamlet.village, hamlet.officer("F"), *given)


def nobody_asks(patch: Patch) -> None:
    """Of a case, who is involved."""
    patch.setattr(decide, "involved", lambda *_: "")
    patch.setattr(decide, "second_pair_of_eyes", lambda *_: "")
    patch.setattr(panel, "why_involved", lambda *_: "")
    patch.setattr(offices, "second_officer", _whoever_agrees)
    patch.setattr(rounds, "second_officer", _whoever_agrees)


def _whoever_agrees(work: Any, proven: Any, _resident_id: int) -> int:
    return offices._officer(work, proven).id


INVOLVED: dict[Callable[[LoggedHamlet], None], str] = {
    of_the_household: "decision: not by whom it may be made",
    of_a_relative: "decision: not by whom it may be made",
    of_a_reporters_relative: "decision: not by whom it may be made",
    that_they_confirmed: "decision: not by whom it may be made",
    that_they_left_to_others: "decision: not by whom it may be made",
    twice_in_one_household: "decision: not by whom it may be made",
    on_a_panel: "panel_vote: by somebody involved",
    an_office: "role_granted: by one household",
    a_round_of_stars: "round_opened: without two officers",
}
"""Who decides, and what the log is refused for."""


def test_where_somebody_lives_who_left_is_not_known() -> None:
    state = State(lambda _size: None, lambda _index: ())
    with state.closing():
        for number, active in ((1, True), (2, True), (3, False)):
            state.put(Resident, id=number, household_id=7, active=active, name="", pinyin="")
        assert apart.of_one_household(state, 1, 2)
        assert not apart.of_one_household(state, 1, 3)
        assert not apart.of_one_household(state, 1, 4)


@pytest.mark.parametrize("decides", INVOLVED)
def test_what_somebody_involved_decides_is_refused_by_the_log_alone(
    decides: Callable[[LoggedHamlet], None], hamlet: LoggedHamlet, monkeypatch: Patch
) -> None:
    nobody_asks(monkeypatch)
    decides(hamlet)
    findings = {(each.code, each.name) for each in verify_village(hamlet.village).findings}
    assert ("not_allowed", INVOLVED[decides]) in findings, findings
