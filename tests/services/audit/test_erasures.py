"""What is gone without an entry that says so is named: each with the rights of a terminal alone.

Nobody takes a trigger off here, and on PostgreSQL it is the terminals' own role that does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault
from kiosk.models.ledger import LedgerErasure
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide
from kiosk.services.consent import consents
from kiosk.services.ledger import erasing, log
from kiosk.services.upkeep.postgres_role import apply_grants
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet, hamlet
from tests.services.upkeep.server_role import role
from tests.worlds.leaving import erase

__all__ = ["hamlet", "role"]

Raw = Callable[..., None]
_MOMENT = "'2026-11-23 01:00:00'"


@pytest.fixture
def raw(hamlet: Hamlet, request: pytest.FixtureRequest) -> Iterator[Raw]:
    """Runs statements in one transaction, as somebody who has the terminal's access."""
    village = hamlet.village
    if village.database.is_sqlite:

        def run(*statements: str) -> None:
            with village.write() as session:
                for each in statements:
                    session.connection().exec_driver_sql(each)

        yield run
        return
    name = request.getfixturevalue("role")
    apply_grants(village, name)
    engine = create_engine(make_url(village.database.url).set(username=name))

    def run_as_role(*statements: str) -> None:
        with engine.begin() as connection:
            for each in statements:
                connection.exec_driver_sql(each)

    yield run_as_role
    engine.dispose()
    with village.write() as session:
        session.connection().exec_driver_sql(f'DROP OWNED BY "{name}"')


def last(village: Village, kind: str) -> int:
    """The newest entry of a kind."""
    with village.read() as session:
        question = text('SELECT max("index") FROM ledger_entry WHERE kind = :kind')
        return int(session.execute(question, {"kind": kind}).scalar_one())


def about_erasures(village: Village) -> set[tuple[str, int]]:
    """What verify says of erasures; the hamlet's rules are not in its log."""
    found = verify_village(village).findings
    return {(each.code, each.first) for each in found if each.code.startswith(("eras", "content"))}


def leave(hamlet: Hamlet, letter: str) -> None:
    erase(hamlet.village, hamlet.people[letter])


def a_look(hamlet: Hamlet) -> tuple[str, str]:
    """An officer looked at a case, and nobody is to know."""
    decide.open_case(hamlet.village, hamlet.officer("Y"), hamlet.hand_in("A", "A", "help").case_id)
    return "record_view", "DELETE FROM record_view WHERE ledger_index = {index}"


def a_debit(hamlet: Hamlet) -> tuple[str, str]:
    """Points were spent, and are to be there again."""
    hamlet.approved_deed("A")
    return "wallet", "DELETE FROM wallet_movement WHERE ledger_index = {index}"


def a_withdrawal(hamlet: Hamlet) -> tuple[str, str]:
    """Somebody withdrew, and is to have a number again."""
    with writing(hamlet.village) as work:
        consents.withdraw_in(work, hamlet.people["A"], "number")
    return "consent_withdrawn", "UPDATE consent SET withdrawn_at = NULL"


def a_concern(hamlet: Hamlet) -> tuple[str, str]:
    """A concern was decided, and is to have been none."""
    hamlet.decided_concern()
    return "decision", "DELETE FROM case_move WHERE ledger_index = {index}"


@pytest.mark.parametrize("what", [a_look, a_debit, a_withdrawal, a_concern])
def test_what_is_wiped_as_if_somebody_had_wished_it_is_refused_or_named(
    hamlet: Hamlet, raw: Raw, what: Callable[[Hamlet], tuple[str, str]]
) -> None:
    kind, cover = what(hamlet)
    index = last(hamlet.village, kind)
    hamlet.add("L", enrolled=False)
    leave(hamlet, "L")
    by = last(hamlet.village, "left")
    assert not about_erasures(hamlet.village)
    wipe = f'DELETE FROM ledger_content WHERE "index" = {index}'
    for wrong in ("NULL", index - 1, by + 1):
        with pytest.raises((DBAPIError, EnvironmentFault), match="announced"):
            raw(noted(index, wrong), wipe)
    raw(noted(index, by), wipe, cover.format(index=index))
    assert about_erasures(hamlet.village) == {("erasure_unannounced", index)}


def test_the_entries_that_say_what_they_erase_stay_whoever_names_them(
    hamlet: Hamlet, raw: Raw
) -> None:
    for letter in ("L", "M"):
        hamlet.add(letter, enrolled=False)
    leave(hamlet, "L")
    earlier = last(hamlet.village, "left")
    leave(hamlet, "M")
    by = last(hamlet.village, "left")
    for index in (0, earlier):
        with pytest.raises((DBAPIError, EnvironmentFault), match="announced"):
            raw(noted(index, by), f'DELETE FROM ledger_content WHERE "index" = {index}')
    with writing(hamlet.village) as work:
        assert erasing.erase(work, "left", {"resident": 0}, [0, earlier, by]) == 0
    assert not about_erasures(hamlet.village)


def test_a_list_of_what_is_not_erased_or_comes_later_is_named(hamlet: Hamlet, raw: Raw) -> None:
    with writing(hamlet.village) as work:
        early = log.append(work, "clock_confirmed", {})
        undone = log.append(work, "left", {"resident": 0, erasing.ERASES: [early]})
        later = log.append(work, "left", {"resident": 0, erasing.ERASES: [undone + 2]})
    found = about_erasures(hamlet.village)
    assert found == {("erasure_undone", early), ("erasure_not_allowed", later)}


def test_leaving_and_forgetting_list_what_they_erase(hamlet: Hamlet) -> None:
    hamlet.approved_deed("A")
    leave(hamlet, "A")
    with hamlet.village.read() as session:
        told = log.content_of(session, last(hamlet.village, "left")) or {}
        gone = session.scalars(select(LedgerErasure.index).order_by(LedgerErasure.index)).all()
    assert told[erasing.ERASES] == list(gone)
    assert len(gone) > 3
    assert not about_erasures(hamlet.village)
    assert verify_village(hamlet.village).erased == len(gone)


def noted(index: int, by: object) -> str:
    return f'INSERT INTO ledger_erasure ("index", at, "by") VALUES ({index}, {_MOMENT}, {by})'
