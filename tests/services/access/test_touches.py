"""Touches: the same one gets the same answer and books nothing, even in a race."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, Thread

import pytest

from kiosk.core.ids import VillageTouch, new_touch_id, touch_id
from kiosk.models.access import AnsweredRequest
from kiosk.services.access import acting, answered_requests
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import writing

ACT = ("try", 7, "this")


def book(
    village: Village, touch: str, answer: int, act: tuple[str, int | str, int | str] = ACT
) -> int:
    """A writing service in small: one ledger entry and its answer."""
    with acting.once_for(village, touch, *act) as work:
        if work.known is not None:
            return int(work.known["answer"])
        log.append(work, "trial", {"answer": answer})
        work.remember({"answer": answer})
        return answer


def entries(village: Village) -> int:
    """How many there are beside the one that founds the village."""
    with village.read() as session:
        return log.head(session).size - 1


def test_the_same_touch_gets_the_first_answer_and_books_nothing(village: Village) -> None:
    touch = new_touch_id()
    assert [book(village, touch, 1), book(village, touch, 2)] == [1, 1]
    assert entries(village) == 1


@pytest.mark.parametrize("other", [("pause", 7, "this"), ("try", 8, "this"), ("try", 7, "that")])
def test_a_touch_that_comes_back_for_another_act_is_a_bug_and_books_nothing(
    village: Village, other: tuple[str, int | str, int | str]
) -> None:
    touch = new_touch_id()
    book(village, touch, 1)
    with pytest.raises(answered_requests.TouchOfAnotherAct):
        book(village, touch, 2, other)
    assert entries(village) == 1
    assert book(village, touch, 3) == 1


def test_a_touch_that_a_former_version_answered_gets_that_answer(village: Village) -> None:
    touch = new_touch_id()
    with writing(village) as work:
        work.session.add(AnsweredRequest(id=touch, at=work.now, answer={"answer": 4}))
    assert book(village, touch, 5) == 4


def test_another_touch_is_answered_anew(village: Village) -> None:
    assert [book(village, new_touch_id(), 1), book(village, new_touch_id(), 2)] == [1, 2]


def test_a_touch_that_failed_was_not_answered(village: Village) -> None:
    touch = new_touch_id()
    with suppress(ZeroDivisionError), acting.once_for(village, touch, *ACT) as work:
        assert work.known is None
        work.remember({"answer": 1})
        _ = 1 // 0
    assert book(village, touch, 2) == 2


def test_two_terminals_with_the_same_touch_at_once_get_one_answer(village: Village) -> None:
    touch, ready, answers = new_touch_id(), Barrier(4), list[int]()

    def press(answer: int) -> None:
        ready.wait()
        answers.append(book(village, touch, answer))

    threads = [Thread(target=press, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert entries(village) == 1


@pytest.mark.parametrize(
    "touch",
    ["", "x" * 33, "x" * 32, "A" * 32, "a" * 31, "copy 17", "checkpoint 2026-11-30", "１" * 32],
)
def test_a_write_without_a_proper_touch_is_a_bug(village: Village, touch: str) -> None:
    with pytest.raises(ValueError, match="touch"):
        book(village, touch, 1)


def test_what_a_village_does_once_is_answered_once_whoever_asks_and_by_no_form(
    village: Village,
) -> None:
    own = VillageTouch("checkpoint", "2026-11-30")
    for answer in (1, 2):
        with acting.once_for(village, own, "checkpoint") as work:
            if work.known is None:
                log.append(work, "trial", {"answer": answer})
                work.remember({"answer": answer})
    with pytest.raises(ValueError, match="touch"):
        book(village, touch_id(own), 3)
    assert entries(village) == 1
