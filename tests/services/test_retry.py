"""A call that met another one halfway is made again; no other trouble is."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.models.database import sqlstate
from kiosk.models.register import Household
from kiosk.services.ledger import log
from kiosk.services.retry import TRIES, retry_on_conflict
from kiosk.services.village import Village
from kiosk.services.work import writing


def postgres_only(village: Village) -> None:
    if village.database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")


def add_houses(village: Village) -> None:
    with village.write() as session:
        session.add_all(
            Household(id=number, code=str(number), lane="", number="") for number in (1, 2)
        )


def rename(village: Village, first: int, second: int, lane: str, both_in: threading.Barrier) -> int:
    """Change two rows, in an order that another call reverses, and book it; how often it began."""
    begun = 0

    def once() -> int:
        nonlocal begun
        begun += 1
        with writing(village) as work:
            for place, number in enumerate((first, second)):
                work.session.get_one(Household, number, with_for_update=True).lane += lane
                work.session.flush()
                if begun == 1 and place == 0:
                    both_in.wait(20)
            return log.append(work, "test", {"lane": lane})

    retry_on_conflict(once)
    return begun


def test_two_calls_that_wait_for_each_other_both_get_through(village: Village) -> None:
    postgres_only(village)
    add_houses(village)
    both_in, begun = threading.Barrier(2), []

    def call(first: int, second: int, lane: str) -> None:
        begun.append(rename(village, first, second, lane, both_in))

    orders = ((1, 2, "东"), (2, 1, "西"))
    threads = [threading.Thread(target=call, args=order) for order in orders]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(begun) == [1, 2]
    with village.read() as session:
        lanes = {"".join(sorted(session.get_one(Household, number).lane)) for number in (1, 2)}
        assert log.head(session).size == 1 + 2
    assert lanes == {"东西"}


def test_one_that_never_gets_through_ends_with_a_sentence(village: Village) -> None:
    postgres_only(village)
    calls = []

    def conflict() -> None:
        calls.append(1)
        with village.write() as session:
            session.execute(text("DO $$ BEGIN RAISE deadlock_detected; END $$"))

    with pytest.raises(EnvironmentFault, match="database_locked"):
        retry_on_conflict(conflict)
    assert len(calls) == TRIES


def test_a_number_that_is_taken_each_time_is_a_bug_and_stays_one(village: Village) -> None:
    add_houses(village)
    with pytest.raises(DBAPIError) as bug:
        retry_on_conflict(add_houses, village)
    assert sqlstate(bug.value) == ("" if village.database.is_sqlite else "23505")


@pytest.mark.parametrize("trouble", [ExpectedError("x"), EnvironmentFault("x"), ValueError("x")])
def test_a_refusal_or_a_bug_is_not_tried_again(trouble: Exception) -> None:
    calls = []

    def refuse() -> None:
        calls.append(1)
        raise trouble

    with pytest.raises(type(trouble)):
        retry_on_conflict(refuse)
    assert len(calls) == 1
