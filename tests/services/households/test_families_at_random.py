"""Families at random, with cases, consents and offices beside them: what must hold, always.

The short form of `python -m tests.faults families`, in which each kind of life event is tried until
it happened; and the checks, on what they have to see.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.models.register import Resident
from kiosk.services.consent import consents
from kiosk.services.households import events
from kiosk.services.village import Village
from tests.faults import families as at_random
from tests.faults import hall, village
from tests.faults.report import Report
from tests.worlds.life import families
from tests.worlds.life.frame import Life

pytestmark = pytest.mark.long

STEPS = 200
AT_LEAST = {
    *("a_birth", "a_death", "moving_house", "two_become_one", "moving_away"),
    *("putting_right", "somebody_is_still_here"),
}
EACH, MORE = 25, 20
"""What chance left out is tried in so many steps, so often."""


@pytest.fixture
def life(tmp_path: Path) -> Life:
    hall.cheap_pins()
    life = village.begin(tmp_path, 20_261_130)
    for letters in at_random.LETTERS:
        life.hamlet.add(letters)
    return life


@pytest.mark.timeout(300)
def test_nobody_gone_is_waited_for_and_no_other_number_moves(life: Life) -> None:
    report = Report("families")
    with life.village.closing():
        at_random.live(life, report, STEPS)
        for _ in range(MORE):  # chance leaves some of them out
            if missing := AT_LEAST - life.done.keys():
                life.live(EACH, missing | {"minutes_go_by"})
        at_random.live(life, report, at_random.EVERY)
    assert report.broken == []
    assert report.counts["families: slips held to the log"] > 0
    assert life.done.keys() >= AT_LEAST, life.refused


def test_a_card_that_outlives_its_holder_is_seen(life: Life) -> None:
    """The check can fail: somebody is gone whose card and consents stay."""
    who = life.person()
    life.new_card(who)
    with life.village.closing():
        with life.village.write() as session:
            session.get_one(Resident, who).active = False
        with pytest.raises(AssertionError, match=r"found|card"):
            families.assert_nobody_gone_is_waited_for(life)


def test_a_number_that_moves_with_somebody_elses_move_is_seen(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check can fail: once something took effect, nobody is enrolled any more."""
    carried_out = events.carry_out_due

    def and_forget(where: Village) -> int:
        done = carried_out(where)
        monkeypatch.setattr(consents, "enrolled_among", lambda *_: frozenset())
        return done

    monkeypatch.setattr(events, "carry_out_due", and_forget)
    with life.village.closing():
        while not life.done["a_birth"]:
            life.live(1, {"a_birth"})
        life.later(minutes=10)
        with pytest.raises(AssertionError, match="another number moved"):
            families.carry_out(life)
