"""Cards, offices and looks: what is changed beside the log, and who acts without the office."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.models.access import Card
from kiosk.models.register import Resident
from kiosk.services.access import first_pin, grants, pins, sessions
from kiosk.services.access.cards import CARD_LAPSED, PIN_DRAWN, IssuedCard, bind_pin
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything."""
    return grown(LoggedHamlet(village, clock), furnish)


def found(village: Village) -> set[tuple[str, str]]:
    return {(each.code, each.name) for each in verify_village(village).findings}


def test_a_village_in_which_offices_and_cards_changed_fits_its_log(hamlet: LoggedHamlet) -> None:
    hamlet.officer("B")
    hamlet.sign("C", "clerk")
    hamlet.end_office("B", "officer")
    assert found(hamlet.village) == set()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE role_grant SET ended_at = NULL", "role_grant.ended_at"),
        ("UPDATE role_grant SET role = 'officer' WHERE role = 'keeper'", "role_grant"),
        ("UPDATE card SET pin_hash = (SELECT pin_hash FROM card WHERE id = 1)", "card.pin_hash"),
        ("UPDATE card SET resident_id = 1 WHERE id = 2", "card.resident_id"),
        ("UPDATE card SET vouched_at = issued_at", "card.vouched_at"),
        ("UPDATE card SET number = '1111-1111' WHERE id = 1", "card.number"),
        ("UPDATE card SET ended_at = NULL", "card.ended_at"),
        ("DELETE FROM card WHERE id = 1", "card"),
        ("DELETE FROM record_view", "record_view"),
    ],
)
def test_what_opens_an_office_and_who_looked_are_held_against_the_log(
    hamlet: LoggedHamlet, statement: str, name: str
) -> None:
    hamlet.officer("B")
    hamlet.end_office("B", "officer")
    for _ in range(2):  # the second card takes the place of the first
        hamlet.cards.pop(hamlet.people["A"], None)
        hamlet.sign("A")
    with hamlet.village.write() as session:
        session.execute(text(statement))
    assert name in {each for _, each in found(hamlet.village)}


def from_the_desk(hamlet: LoggedHamlet) -> IssuedCard:
    """A card without a PIN, for A."""
    clerk = hamlet.sign("K", "clerk")
    return grants.issue_card(hamlet.village, clerk, hamlet.people["A"], with_pin=False)


@pytest.mark.long
def test_a_card_from_the_desk_fits_its_log_before_and_after_its_pin(hamlet: LoggedHamlet) -> None:
    card = from_the_desk(hamlet)
    assert found(hamlet.village) == set()
    drawn = first_pin.draw(hamlet.village, card.token_text)
    assert found(hamlet.village) == set()
    assert first_pin.try_once(hamlet.village, drawn, drawn.pin)
    assert found(hamlet.village) == set()


def test_a_pin_that_nobody_drew_is_found_beside_the_log_and_in_it(hamlet: LoggedHamlet) -> None:
    card, mine = from_the_desk(hamlet), "924713"
    made = pins.hasher_of(hamlet.village).hash(mine, pins.Bearer(card.number, card.resident_id))
    with hamlet.village.write() as session:
        session.query(Card).filter_by(number=card.number).one().pin_hash = made
    assert sessions.sign_in(hamlet.village, card.number, mine)
    assert found(hamlet.village) == {("row_altered", "card.pin_hash")}
    with writing(hamlet.village) as work:
        bind_pin(work, work.session.query(Card).filter_by(number=card.number).one(), made)
    assert ("not_allowed", "pin_bound: was bound") in found(hamlet.village)


def test_a_pin_that_was_drawn_twice_is_found(hamlet: LoggedHamlet) -> None:
    card = from_the_desk(hamlet)
    first_pin.draw(hamlet.village, card.token_text)
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=card.number).one()
        log.append(work, PIN_DRAWN, {"card": row.id, "resident": row.resident_id})
    assert found(hamlet.village) == {("not_allowed", "pin_drawn: was drawn")}


def test_a_card_that_lapses_fits_its_log_and_one_that_does_not_is_found(
    hamlet: LoggedHamlet,
) -> None:
    card = from_the_desk(hamlet)
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=card.number).one()
        said = {"card": row.id, "resident": row.resident_id}
    hamlet.clock.advance(days=first_pin.DAYS + 1)
    first_pin.end_unfetched(hamlet.village)
    assert found(hamlet.village) == set()
    with writing(hamlet.village) as work:
        log.append(work, CARD_LAPSED, said)
    assert found(hamlet.village) == {("not_allowed", "card_lapsed: has its PIN")}


def test_a_card_that_lapses_too_early_and_a_pin_that_is_drawn_too_late_are_found(
    hamlet: LoggedHamlet,
) -> None:
    card = from_the_desk(hamlet)
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=card.number).one()
        row.ended_at = work.now
        said = {"card": row.id, "resident": row.resident_id}
        log.append(work, CARD_LAPSED, said)
    assert found(hamlet.village) == {("not_allowed", "card_lapsed: before its day")}
    other = from_the_desk(hamlet)
    hamlet.clock.advance(days=first_pin.DAYS + 1)
    with writing(hamlet.village) as work:
        row = work.session.query(Card).filter_by(number=other.number).one()
        row.pin_hash = pins.NOT_TRIED
        log.append(work, PIN_DRAWN, {"card": row.id, "resident": row.resident_id})
    assert ("not_allowed", "pin_drawn: too late") in found(hamlet.village)


def test_an_officer_by_one_row_is_found_with_all_that_they_do(hamlet: LoggedHamlet) -> None:
    keeper = hamlet.people["K"]
    with hamlet.village.write() as session:
        session.execute(
            text(
                "INSERT INTO role_grant (resident_id, role, granted_at) "
                "SELECT resident_id, 'officer', granted_at FROM role_grant "
                "WHERE resident_id = :who AND role = 'keeper'"
            ),
            {"who": keeper},
        )
    hamlet.sign("K", "officer")
    assert {("row_extra", "role_grant"), ("not_allowed", "sign_in: without the office")} <= found(
        hamlet.village
    )


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("role_granted", {"role": "officer", "by": None}, "founded before"),
        (
            "role_granted",
            {"role": "officer", "by": None, "reason": "emergency"},
            "officers were left",
        ),
        ("role_granted", {"role": "officer", "by": "A", "second": "Y"}, "without the office"),
        ("role_granted", {"role": "officer", "by": "Y", "second": "Y"}, "one's own"),
        ("role_ended", {"role": "clerk", "by": "Y", "second": "Z"}, "no office stood"),
        ("card_vouched", {"by": "A"}, "no other officer"),
    ],
)
def test_an_entry_without_the_office_that_it_needs_is_not_allowed(
    hamlet: LoggedHamlet, kind: str, more: dict[str, object], why: str
) -> None:
    who = hamlet.people["A"]
    hamlet.sign("A")
    with writing(hamlet.village) as work:
        card = work.session.query(Card).filter_by(resident_id=who, ended_at=None).one()
        assert work.session.get_one(Resident, who).active
        named = {key: hamlet.people.get(str(each), each) for key, each in more.items()}
        extra = {"card": card.id} if kind == "card_vouched" else {}
        log.append(work, kind, {"resident": who, **named, **extra})
    assert ("not_allowed", f"{kind}: {why}") in found(hamlet.village)


@pytest.mark.long
def test_who_held_an_office_stays_known_when_they_left(hamlet: LoggedHamlet) -> None:
    hamlet.officer("B")
    hamlet.approved_deed("A", "help")
    hamlet.end_office("B", "officer")
    hamlet.leave_for_good("B")
    assert found(hamlet.village) == set()
