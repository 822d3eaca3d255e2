"""The frame of a service: the order cannot be got wrong by the service that stands in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import VillageTouch, new_touch_id
from kiosk.models.access import AnsweredRequest
from kiosk.services.access import acting, answered_requests, sessions
from kiosk.services.access.acting import Once, Request
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.roles import Role
from kiosk.services.access.sessions import SignedIn
from kiosk.services.ledger import log
from kiosk.services.village import Village

Officials = tuple[IssuedCard, IssuedCard]


@pytest.fixture
def clerk(village: Village, officials: Officials) -> SignedIn:
    return sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True)


def entries(village: Village) -> int:
    with village.read() as session:
        return log.head(session).size


def is_kept(village: Village, touch: str) -> bool:
    with village.read() as session:
        return session.get(AnsweredRequest, touch) is not None


def whole(work: Request) -> str:
    """What every service does in the frame."""
    if work.known is not None:
        return str(work.known["done"])
    log.append(work, "trial", {})
    work.remember({"done": work.touch})
    return work.touch


def blind(work: Request) -> str:
    """Does not look at what is known."""
    log.append(work, "trial", {})
    work.remember({"done": "again"})
    return "again"


def blind_and_forgetful(work: Request) -> str:
    """Neither looks at what is known nor keeps the answer."""
    log.append(work, "trial", {})
    return "again"


def two_answers(work: Request) -> str:
    """Keeps an answer twice."""
    whole(work)
    work.remember({"done": "otherwise"})
    return "otherwise"


def harmless(_work: Request) -> str:
    """Finds that there is nothing to do."""
    return "nothing"


def test_the_unit_carries_who_acts_and_the_touch(village: Village, clerk: SignedIn) -> None:
    touch = new_touch_id()
    with acting.once(village, clerk.id, touch, "try", 7) as work:
        assert (work.who, work.touch, work.known) == (clerk, touch, None)
        assert (work.now, work.village) == (work.now, village)
    with acting.reading(village, clerk.id, "clerk") as reads:
        assert reads.who == clerk


def test_the_same_touch_gets_the_first_answer_and_books_nothing(
    village: Village, clerk: SignedIn
) -> None:
    touch, before = new_touch_id(), entries(village)
    for _ in range(2):
        with acting.once(village, clerk.id, touch, "try", 7) as work:
            assert whole(work) == touch
    assert entries(village) == before + 1


@pytest.mark.parametrize("service", [blind, blind_and_forgetful])
def test_a_service_that_does_not_look_at_what_is_known_books_nothing_twice(
    village: Village, clerk: SignedIn, service: Callable[[Request], str]
) -> None:
    touch = new_touch_id()
    with acting.once(village, clerk.id, touch, "try") as work:
        whole(work)
    before = entries(village)
    with (
        pytest.raises(AssertionError, match="answered"),
        acting.once(village, clerk.id, touch, "try") as work,
    ):
        service(work)
    assert entries(village) == before


@pytest.mark.parametrize("service", [blind_and_forgetful, two_answers])
def test_a_service_that_does_not_keep_one_answer_books_nothing_at_all(
    village: Village, clerk: SignedIn, service: Callable[[Request], str]
) -> None:
    touch, before = new_touch_id(), entries(village)
    with (
        pytest.raises(AssertionError, match="answer"),
        acting.once(village, clerk.id, touch, "try") as work,
    ):
        service(work)
    assert entries(village) == before
    assert not is_kept(village, touch)


def test_a_service_that_books_nothing_need_not_keep_an_answer(
    village: Village, clerk: SignedIn
) -> None:
    touch = new_touch_id()
    with acting.once(village, clerk.id, touch, "try") as work:
        assert harmless(work) == "nothing"
    assert not is_kept(village, touch)


def test_whoever_may_not_is_refused_before_what_is_known_is_looked_at(
    village: Village, clerk: SignedIn, clock: SettableClock
) -> None:
    touch = new_touch_id()
    with acting.once(village, clerk.id, touch, "try") as work:
        whole(work)

    def again(act: str, *roles: Role) -> Once:
        with acting.once(village, clerk.id, touch, act, roles=roles) as work:
            return work

    with pytest.raises(ExpectedError) as not_allowed:
        again("another", "keeper")  # not: a touch of another act
    assert not_allowed.value.code == "not_allowed"
    with pytest.raises(answered_requests.TouchOfAnotherAct):
        again("another", "clerk")
    clock.advance(hours=1)
    with pytest.raises(ExpectedError) as over:
        again("another", "clerk")
    assert over.value.code == "session_over"


def test_a_touch_that_nobody_signed_in_made_is_answered_once_too(village: Village) -> None:
    before = entries(village)
    for _ in range(2):
        with acting.once_for(village, VillageTouch("every", "day"), "timer") as work:
            assert whole(work) == "every day"
    assert entries(village) == before + 1
    with (
        pytest.raises(AssertionError),
        acting.once_for(village, VillageTouch("every", "day"), "timer") as work,
    ):
        blind(work)
    assert entries(village) == before + 1


def test_a_touch_can_be_asked_about_before_anything_is_done_for_it(
    village: Village, clerk: SignedIn
) -> None:
    touch = new_touch_id()

    def asked() -> bool:
        with acting.reading(village, clerk.id) as work:
            return acting.is_answered(work, touch, "try", 7)

    assert not asked()
    with acting.once(village, clerk.id, touch, "try", 7) as work:
        whole(work)
    assert asked()
