"""Sessions: how long one lasts, and what ends it."""

from __future__ import annotations

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import session_digest
from kiosk.models.access import SignInSession
from kiosk.services.access import roles as access_roles
from kiosk.services.access import sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.sessions import SignedIn
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing
from tests.services.access.entries import ledger_of

Officials = tuple[IssuedCard, IssuedCard]


@pytest.fixture
def resident(village: Village, officials: Officials) -> SignedIn:
    """The officer, signed in as the resident they also are."""
    return sessions.sign_in(village, officials[0].token_text, officials[0].pin)


@pytest.fixture
def officer(village: Village, officials: Officials) -> SignedIn:
    return sessions.sign_in(village, officials[0].token_text, officials[0].pin, official=True)


def asked(
    village: Village, session_id: str, *roles: access_roles.Role, writing: bool = True
) -> str:
    """What `require` answers: a code, or a welcome."""
    try:
        with village.write() if writing else village.read() as session:
            sessions.require(Work(session, village), session_id, *roles)
    except ExpectedError as refused:
        return refused.code
    return "welcome"


def test_require_says_who_is_signed_in(village: Village, officer: SignedIn) -> None:
    with reading(village) as work:
        assert sessions.require(work, officer.id, "officer") == officer


def test_a_resident_stays_for_the_two_minutes_and_the_countdown(
    village: Village, resident: SignedIn, clock: SettableClock
) -> None:
    clock.advance(seconds=150)
    assert asked(village, resident.id) == "welcome"


def test_a_resident_who_walked_off_is_signed_out(
    village: Village, resident: SignedIn, clock: SettableClock
) -> None:
    clock.advance(seconds=166)
    assert asked(village, resident.id) == "session_over"


def test_an_official_has_five_minutes(
    village: Village, officer: SignedIn, clock: SettableClock
) -> None:
    clock.advance(minutes=5)
    assert asked(village, officer.id, "officer") == "welcome"
    clock.advance(minutes=5, seconds=16)
    assert asked(village, officer.id, "officer") == "session_over"


@pytest.mark.long
def test_an_official_has_twelve_hours_in_all_however_busy(
    village: Village, officer: SignedIn, clock: SettableClock
) -> None:
    for _ in range(12 * 15):
        clock.advance(minutes=4)
        assert asked(village, officer.id) == "welcome"
    clock.advance(minutes=1)
    assert asked(village, officer.id) == "session_over"


@pytest.mark.parametrize("writing", [True, False])
def test_being_asked_for_counts_as_being_there_in_reading_transactions_too(
    village: Village, resident: SignedIn, clock: SettableClock, writing: bool
) -> None:
    for _ in range(5):
        clock.advance(seconds=100)
        assert asked(village, resident.id, writing=writing) == "welcome"


def test_a_touch_on_the_screen_keeps_the_session(
    village: Village, resident: SignedIn, clock: SettableClock
) -> None:
    clock.advance(seconds=100)
    sessions.still_here(village, resident.id)
    clock.advance(seconds=100)
    assert sessions.still_here(village, resident.id).id == resident.id


def test_the_last_touch_is_written_down_sparsely(
    village: Village, resident: SignedIn, clock: SettableClock
) -> None:
    clock.advance(seconds=14)
    asked(village, resident.id)
    with village.read() as session:
        assert session.get(SignInSession, resident.id) is None
        row = session.get_one(SignInSession, session_digest(resident.id))
        assert row.seen_at == resident.opened_at


@pytest.mark.parametrize("writing", [True, False])
def test_setting_the_clock_back_signs_out_even_when_it_is_set_right_again(
    village: Village, officer: SignedIn, clock: SettableClock, writing: bool
) -> None:
    clock.advance(minutes=-1)
    assert asked(village, officer.id, writing=writing) == "session_over"
    clock.advance(minutes=1)
    assert asked(village, officer.id, writing=writing) == "session_over"


def test_a_time_server_that_corrects_by_a_second_signs_nobody_out(
    village: Village, officer: SignedIn, clock: SettableClock
) -> None:
    clock.advance(seconds=-1)
    assert asked(village, officer.id) == "welcome"


def test_who_signed_out_is_out_and_may_sign_out_again(village: Village, officer: SignedIn) -> None:
    sessions.sign_out(village, officer.id)
    sessions.sign_out(village, officer.id)
    assert asked(village, officer.id) == "session_over"
    assert len(ledger_of(village, "sign_out")) == 1


def test_a_session_that_never_was_is_over(village: Village) -> None:
    assert asked(village, "0" * 32) == "session_over"
    sessions.sign_out(village, "0" * 32)


def test_a_resident_session_opens_no_office_even_for_an_officer(
    village: Village, resident: SignedIn
) -> None:
    assert asked(village, resident.id, "officer") == "not_allowed"


def test_one_of_the_roles_asked_for_is_enough(village: Village, officer: SignedIn) -> None:
    assert asked(village, officer.id, "clerk", "officer") == "welcome"
    assert asked(village, officer.id, "clerk", "keeper") == "not_allowed"


def test_a_refused_session_leaves_nothing_of_its_transaction(
    village: Village, officer: SignedIn, clock: SettableClock
) -> None:
    clock.advance(hours=1)

    def book_then_ask() -> None:
        with writing(village) as work:
            log.append(work, "trial", {"made": 1})
            sessions.require(work, officer.id)

    with pytest.raises(ExpectedError):
        book_then_ask()
    assert ledger_of(village, "trial") == []
    assert ledger_of(village, "sign_out") == [{"official": officer.resident_id, "why": "idle"}]


def test_officials_coming_and_going_stand_in_the_ledger_residents_do_not(
    village: Village, officer: SignedIn, resident: SignedIn
) -> None:
    sessions.sign_out(village, officer.id)
    sessions.sign_out(village, resident.id)
    who = officer.resident_id
    assert ledger_of(village, "sign_in") == [{"official": who, "roles": ["officer"]}]
    assert ledger_of(village, "sign_out") == [{"official": who, "why": "signed_out"}]
