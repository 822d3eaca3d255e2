"""A demo village that lived for some time before its scripted year."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.models.access import RoleGrant
from kiosk.models.households import LifeEvent
from kiosk.models.ledger import LedgerEntry
from kiosk.models.rulebook import RuleChange
from kiosk.models.stars import StarRound
from kiosk.services.access import sessions
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.demo.making import make_demo
from kiosk.services.record import my_record
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BEFORE = timedelta(days=100)

pytestmark = [pytest.mark.timeout(300), pytest.mark.long]


def test_families_offices_rules_and_stars_live_before_the_year_of_the_script(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    place = DataDirectory(tmp_path_factory.mktemp("years") / "village")
    made = make_demo(place, NOW, before=BEFORE)
    with open_village(place, SettableClock(NOW)).closing() as village:
        with village.read() as session:
            events = Counter(session.scalars(select(LifeEvent.state)))
            rules = Counter(session.scalars(select(RuleChange.state)))
            ended = session.scalar(select(func.count()).where(RoleGrant.ended_at.is_not(None)))
            rounds = session.scalar(select(func.count()).select_from(StarRound))
            first = session.scalar(select(LedgerEntry.at).where(LedgerEntry.index == 0))
        assert first == NOW - timedelta(days=365) - BEFORE
        assert set(events) == {"done"}
        assert rules == {"done": 3}
        assert ended == 2
        assert rounds == 2
        assert verify_log(village).findings == ()
        assert verify_village(village).findings == ()
        # The script's year is as it is without the time before it.
        main = made.cards[0]
        signed_in = sessions.sign_in(village, main.number, main.pin)
        assert my_record.opened(village, signed_in.id).record.number == 67
        for card in made.cards:
            assert sessions.sign_in(village, card.number, card.pin, official=card.official)
