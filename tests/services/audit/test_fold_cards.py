"""What the desk does with cards: what is changed beside the log, and what no rule allows."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card
from kiosk.services.access import card_desk, first_pin, grants
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.offices import Signature
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


@pytest.fixture
def card(hamlet: LoggedHamlet) -> IssuedCard:
    return grants.issue_card(hamlet.village, hamlet.sign("K", "clerk"), hamlet.people["A"])


def found(village: Village) -> set[tuple[str, str]]:
    return {(each.code, each.name) for each in verify_village(village).findings}


@pytest.mark.long
def test_all_that_the_desk_does_with_a_card_fits_its_log(
    hamlet: LoggedHamlet, card: IssuedCard
) -> None:
    village, clerk, person = hamlet.village, hamlet.sign("K", "clerk"), card.resident_id
    shown = Signature(card.token_text, card.pin)
    card_desk.report_lost(village, clerk, person, new_touch_id())
    assert found(village) == set()
    card_desk.found_again(village, clerk, person, shown, new_touch_id())
    card_desk.block(village, clerk, person, new_touch_id())
    assert found(village) == set()
    card_desk.unblock(village, clerk, person, shown, new_touch_id())
    card_desk.forget_pin(village, clerk, person, card.token_text, new_touch_id())
    drawn = first_pin.draw(village, card.token_text)
    assert first_pin.try_once(village, drawn, drawn.pin)
    assert found(village) == set()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE card SET lost_at = NULL", "card.lost_at"),
        ("UPDATE card SET blocked_at = NULL", "card.blocked_at"),
        ("UPDATE card SET pin_asked_at = issued_at", "card.pin_asked_at"),
        ('UPDATE card SET "foreign" = 1', "card.foreign"),
    ],
)
def test_a_card_that_is_let_work_again_beside_the_log_is_found(
    hamlet: LoggedHamlet, card: IssuedCard, statement: str, name: str
) -> None:
    clerk = hamlet.sign("K", "clerk")
    card_desk.block(hamlet.village, clerk, card.resident_id, new_touch_id())
    card_desk.report_lost(hamlet.village, clerk, card.resident_id, new_touch_id())
    with hamlet.village.write() as session:
        session.execute(text(statement))
    assert name in {each for _, each in found(hamlet.village)}


@pytest.mark.parametrize(
    ("kind", "extra", "code"),
    [
        ("card_found", {}, "was not lost, or too long"),
        ("card_unblocked", {}, "was not blocked, or is lost"),
        ("card_blocked", {"why": "tries"}, "for no reason of the list"),
        ("card_blocked", {"why": "wish", "clerk": "B"}, "without the office"),
        ("card_lost", {"clerk": "A"}, "one's own"),
        ("pin_forgotten", {"clerk": "B"}, "without the office"),
    ],
)
def test_an_entry_that_no_service_would_write_is_found_by_the_fold_alone(
    hamlet: LoggedHamlet, card: IssuedCard, kind: str, extra: dict[str, str], code: str
) -> None:
    by = hamlet.people[extra.get("clerk", "K")]
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=card.number).one()
        said = {"card": row.id, "resident": row.resident_id, **extra, "clerk": by}
        log.append(work, kind, said)
    assert ("not_allowed", f"{kind}: {code}") in found(hamlet.village)


def test_a_lost_card_that_is_found_too_late_is_found_out(
    hamlet: LoggedHamlet, card: IssuedCard
) -> None:
    clerk = hamlet.sign("K", "clerk")
    card_desk.report_lost(hamlet.village, clerk, card.resident_id, new_touch_id())
    hamlet.clock.advance(days=card_desk.FOUND_WITHIN + 1)
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=card.number).one()
        row.lost_at = None
        said = {"card": row.id, "resident": row.resident_id, "clerk": hamlet.people["K"]}
        log.append(work, "card_found", said)
    assert found(hamlet.village) == {("not_allowed", "card_found: was not lost, or too long")}
