"""Families at random, with cases, consents and offices beside them: what must hold, always.

``KIOSK_STEPS=20000 ./kiosk.sh test tests/services/households/test_families_at_random.py`` is the
long form. After each life event that takes effect, nobody who is gone is found, asked, drawn or in
office, and nobody's number moved but of those whom it is about (`tests/worlds/life/families.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.models.register import Resident
from kiosk.services.audit.tables import verify_village
from kiosk.services.consent import consents
from kiosk.services.households import events
from kiosk.services.village import Village
from tests.faults import hall, village
from tests.worlds.life import families
from tests.worlds.life.frame import STEPS, Life

pytestmark = pytest.mark.long

LONG = int(os.environ.get("KIOSK_STEPS", "0"))
EVERY = 50
FAMILIES = {name for name, (_, act) in STEPS.items() if act.__module__ == families.__name__}
AT_LEAST = {
    *("a_birth", "a_death", "moving_house", "two_become_one", "moving_away"),
    *("putting_right", "somebody_is_still_here"),
}
MORE = 20
"""How often what chance left out is tried in rows of steps."""
BESIDE = {
    *("own_deed", "concern", "confirmation", "asking_a_witness", "reply", "first_decision"),
    *("second_decision", "reading_a_decision", "appealing", "vote", "stepping_aside"),
    *("agreeing", "withdrawing", "leaving", "minutes_go_by", "hours_go_by"),
}


@pytest.fixture
def life(tmp_path: Path) -> Life:
    hall.cheap_pins()
    life = village.begin(tmp_path, 20_261_130)
    for letters in ("NO", "PQR", "ST", "UV"):  # so that somebody may die
        life.hamlet.add(letters)
    return life


@pytest.mark.timeout(max(300, LONG))
def test_nobody_gone_is_waited_for_and_no_other_number_moves(life: Life) -> None:
    with life.village.closing():
        for _ in range(0, LONG or 200, EVERY):
            life.live(EVERY // 2, FAMILIES | {"minutes_go_by"})
            life.live(EVERY // 2, BESIDE)
            assert life.bugs == []
            assert verify_village(life.village).findings == ()
        for _ in range(MORE):  # chance leaves some of them out
            if missing := AT_LEAST - life.done.keys():
                life.live(EVERY // 2, missing | {"minutes_go_by"})
        life.live(1, {"minutes_go_by"})
        assert life.bugs == []
        assert verify_village(life.village).findings == ()
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
