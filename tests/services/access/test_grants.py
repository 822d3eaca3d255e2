"""Cards and offices: who may hand them out, to whom, and what is written down."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from kiosk.core.card_token import parse_card_token
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RoleGrant
from kiosk.services.access import cards, grants, roles, sessions, views
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.sessions import SignedIn
from kiosk.services.audit.tables import verify_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.access.entries import ledger_of
from tests.services.conftest import Street

Officials = tuple[IssuedCard, IssuedCard]


@pytest.fixture
def officer(village: Village, officials: Officials) -> SignedIn:
    return sessions.sign_in(village, officials[0].token_text, officials[0].pin, official=True)


@pytest.fixture
def clerk(village: Village, officials: Officials) -> SignedIn:
    return sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True)


def test_a_clerk_issues_a_card_that_opens_the_holders_session(
    village: Village, clerk: SignedIn, street: Street
) -> None:
    holder = street.house().people[0]
    card = grants.issue_card(village, clerk.id, holder)
    assert sessions.sign_in(village, card.token_text, card.pin).resident_id == holder


def test_a_new_card_ends_the_one_before(village: Village, clerk: SignedIn, street: Street) -> None:
    holder = street.house().people[0]
    lost = grants.issue_card(village, clerk.id, holder)
    grants.issue_card(village, clerk.id, holder)
    with pytest.raises(ExpectedError) as refused:
        sessions.sign_in(village, lost.token_text, lost.pin)
    assert refused.value.code == "sign_in_refused"


def test_of_two_cards_at_one_moment_the_second_ends_the_first(
    village: Village, clerk: SignedIn, street: Street
) -> None:
    holder, by = street.house().people[0], clerk.resident_id
    first, second = (cards.draw_card(village, holder) for _ in range(2))

    def at_another_terminal() -> None:
        with writing(village) as work:
            cards.write_card(work, second, by)

    other = threading.Thread(target=at_another_terminal)
    with writing(village) as work:
        cards.write_card(work, first, by)
        work.session.flush()
        other.start()
        other.join(0.5)  # it waits for this terminal, at the latest where it writes
    other.join()
    with village.read() as session:
        open_cards = select(Card.number).where(Card.resident_id == holder, Card.ended_at.is_(None))
        assert session.scalars(open_cards).all() == [second.issued.number]
    assert verify_village(village).findings == ()


def test_neither_token_nor_pin_is_stored_or_shown_in_a_trace(
    village: Village, officials: Officials
) -> None:
    card = officials[0]
    with village.read() as session:
        row = session.query(Card).filter_by(number=card.number).one()
        assert row.token_hash != parse_card_token(card.token_text)
        assert card.pin not in row.pin_hash
    assert card.pin not in repr(card)
    assert card.token_text not in repr(card)


def test_an_officer_issues_no_cards_and_a_clerk_not_their_own(
    village: Village, officer: SignedIn, clerk: SignedIn, street: Street
) -> None:
    with pytest.raises(ExpectedError) as refused:
        grants.issue_card(village, officer.id, street.house().people[0])
    assert refused.value.code == "not_allowed"
    with pytest.raises(ExpectedError) as refused:
        grants.issue_card(village, clerk.id, clerk.resident_id)
    assert refused.value.code == "own_card"


def test_nobody_gets_a_card_who_is_not_in_the_register(village: Village, clerk: SignedIn) -> None:
    with pytest.raises(ExpectedError) as refused:
        grants.issue_card(village, clerk.id, 9_999)
    assert refused.value.code == "resident_unknown"


def test_a_card_issued_stands_in_the_ledger_with_ids_alone_and_on_the_holders_screen(
    village: Village, clerk: SignedIn, street: Street
) -> None:
    holder = street.house().people[0]
    card = grants.issue_card(village, clerk.id, holder)
    entry = ledger_of(village, "card_issued")[-1]
    assert (entry["resident"], entry["clerk"]) == (holder, clerk.resident_id)
    assert entry.keys() == {
        *("card", "resident", "clerk", "pepper", "token", "number_digest", "pin_digest")
    }
    person = sessions.sign_in(village, card.token_text, card.pin)
    (look,) = views.views_of(village, person.id)
    assert (look.viewer_name, look.role, look.purpose) == ("林春生", "clerk", "print_card")


def test_a_village_is_founded_once(village: Village, officials: Officials, street: Street) -> None:
    newcomer = street.house().people[0]
    with pytest.raises(ExpectedError) as refused:
        grants.founding(village, {newcomer: frozenset({"officer", "clerk"})})
    assert refused.value.code == "already_founded"
    with village.read() as session:
        assert session.query(RoleGrant).filter_by(resident_id=newcomer).count() == 0
        assert session.query(Card).filter_by(resident_id=newcomer).count() == 0


def test_a_village_whose_offices_were_all_laid_down_is_not_founded_again(
    village: Village, officials: Officials, street: Street
) -> None:
    with writing(village) as work:
        for grant in work.session.query(RoleGrant):
            grant.ended_at = work.now
    with pytest.raises(ExpectedError) as refused:
        grants.founding(village, {street.house().people[0]: frozenset({"officer", "clerk"})})
    assert refused.value.code == "already_founded"


@pytest.mark.parametrize("held", [{"officer"}, {"clerk"}, {"keeper"}, set()])
def test_a_founding_needs_an_officer_and_a_clerk(
    village: Village, street: Street, held: set[roles.Role]
) -> None:
    with pytest.raises(ExpectedError) as refused:
        grants.founding(village, {street.house().people[0]: frozenset(held)})
    assert refused.value.code == "founders_incomplete"


def test_the_keeper_has_no_say_in_any_decision() -> None:
    keepers = {act for act, held in roles.MAY.items() if "keeper" in held}
    assert keepers == {"back_up", "tend_printer", "see_what_waits"}


def test_decisions_are_the_officers_alone() -> None:
    for act in ("decide_case", "hear_appeal", "inspect_household", "grant_role"):
        assert roles.holders(act) == ("officer",)


def test_every_act_has_somebody_who_may_do_it() -> None:
    assert all(roles.holders(act) for act in roles.MAY)
    assert set().union(*roles.MAY.values()) == set(roles.ROLES)
