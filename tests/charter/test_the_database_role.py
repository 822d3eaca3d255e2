"""The door of the database: raw SQL, as the terminals' role of PostgreSQL and in the SQLite file.

Whoever has the database in their hands can write rows. What the charter promises then is this: the
log cannot be changed, what was slipped in past the flow counts nothing where that can be known at
once, and `kiosk verify` names every row that the log does not know. Article by article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.core.ids import new_touch_id
from kiosk.services.audit.log import Finding, verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide
from kiosk.services.cases.flow import timed_moves
from kiosk.services.printing import spooler
from kiosk.services.upkeep.postgres_role import apply_grants
from tests.services.cases.conftest import Hamlet
from tests.services.upkeep.server_role import role

__all__ = ["role"]

Raw = Callable[[str], None]
NEVER = 1
"""An entry of the log that speaks of something else."""


@pytest.fixture
def raw(hamlet: Hamlet, request: pytest.FixtureRequest) -> Iterator[Raw]:
    """Runs a statement as somebody who has the terminal's access to the database."""
    village = hamlet.village
    if village.database.is_sqlite:

        def run(statement: str) -> None:
            with village.write() as session:
                session.connection().exec_driver_sql(statement)

        yield run
        return
    name = request.getfixturevalue("role")
    apply_grants(village, name)
    engine = create_engine(make_url(village.database.url).set(username=name))

    def run_as_role(statement: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)

    yield run_as_role
    engine.dispose()
    with village.write() as session:
        session.connection().exec_driver_sql(f'DROP OWNED BY "{name}"')


def named(hamlet: Hamlet, raw: Raw, *statements: str) -> set[Finding]:
    """What `kiosk verify` names after these statements and did not name before."""
    before = set(verify_village(hamlet.village).findings)
    for statement in statements:
        raw(statement)
    return set(verify_village(hamlet.village).findings) - before


def a_row_of_points(hamlet: Hamlet, case_id: int, points: int) -> str:
    return (
        "INSERT INTO point_entry (resident_id, case_id, points, happened_on, effective_on, ends_on,"
        f" ledger_index) VALUES ({hamlet.people['A']}, {case_id}, {points}, '2026-11-01',"
        f" '2026-11-01', '2027-04-01', {NEVER})"
    )


def test_article_1_a_consent_slipped_in_gives_a_child_no_number_and_is_named(
    hamlet: Hamlet, raw: Raw
) -> None:
    hamlet.add("K", born=date(2012, 5, 1), enrolled=False)
    hamlet.approved_deed("A")
    statement = (
        "INSERT INTO consent (resident_id, purpose, text_version, given_at, ledger_index) VALUES "
        f"({hamlet.people['K']}, 'number', 1, '2026-11-01 00:00:00', {NEVER})"
    )
    assert named(hamlet, raw, statement)
    with pytest.raises(AssertionError):
        hamlet.number("K")


def test_article_2_a_rule_slipped_past_the_gate_is_named(hamlet: Hamlet, raw: Raw) -> None:
    hamlet.approved_deed("A")
    texts = '{"zh": "不去上访", "en": "x"}'
    statement = f"UPDATE rule_version SET text = '{texts}', ledger_index = 1 WHERE rule = 'help'"
    assert named(hamlet, raw, statement)


def test_article_3_a_line_of_points_without_notice_counts_nothing_and_is_named(
    hamlet: Hamlet, raw: Raw
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    assert named(hamlet, raw, a_row_of_points(hamlet, case_id, -5))
    assert hamlet.number("A") == 50


def test_article_4_a_decision_that_nobody_made_is_named(hamlet: Hamlet, raw: Raw) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    hamlet.decide("Y", case_id)
    move = (
        "INSERT INTO case_move (case_id, move, from_state, to_state, actor_id, at, reason,"
        f" sentence, ledger_index) VALUES ({case_id}, 'countersign', 'decided', 'countersigned',"
        f" {hamlet.people['Y']}, '2026-11-23 01:00:00', 'x', 'x', {NEVER})"
    )
    state = f"UPDATE \"case\" SET state = 'countersigned' WHERE id = {case_id}"
    assert named(hamlet, raw, move, state)


@pytest.mark.long
def test_article_5_a_case_pushed_past_its_appeal_is_named(hamlet: Hamlet, raw: Raw) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    hamlet.appeal("A", case_id)
    state = f"UPDATE \"case\" SET state = 'effective' WHERE id = {case_id}"
    assert named(hamlet, raw, state, a_row_of_points(hamlet, case_id, -5))


def test_article_6_a_line_made_to_last_is_refused_or_named(
    hamlet: Hamlet, raw: Raw, clock: SettableClock
) -> None:
    hamlet.decided_concern()
    clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    with pytest.raises((DBAPIError, EnvironmentFault)):
        raw("UPDATE point_entry SET ends_on = NULL")
    assert named(hamlet, raw, "UPDATE point_entry SET ends_on = '2099-01-01'")
    clock.advance(days=200)
    timed_moves.tick(hamlet.village)
    assert hamlet.number("A") == 50  # the case ended, whatever the row says


def test_article_8_a_look_wiped_away_is_still_in_the_log_and_is_named(
    hamlet: Hamlet, raw: Raw
) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert named(hamlet, raw, "DELETE FROM record_view")


@pytest.mark.long
def test_article_10_nothing_is_erased_silently(hamlet: Hamlet, raw: Raw) -> None:
    hamlet.approved_deed("A")
    spooler.print_next(hamlet.village)
    before = verify_log(hamlet.village)
    for statement in (
        "DELETE FROM ledger_content",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_node",
        "UPDATE ledger_entry SET kind = 'test'",
        "UPDATE ledger_content SET content = salt",
        "DELETE FROM checkpoint",
    ):
        with pytest.raises((DBAPIError, EnvironmentFault)):
            raw(statement)
    assert verify_log(hamlet.village) == before
    assert named(hamlet, raw, "DELETE FROM wallet_movement")


def test_article_11_a_reward_for_a_reporter_is_named(hamlet: Hamlet, raw: Raw) -> None:
    hamlet.approved_deed("A")
    statement = (
        "INSERT INTO wallet_movement (resident_id, points, why, at, ledger_index) VALUES "
        f"({hamlet.people['B']}, 3, 'deed', '2026-11-23 01:00:00', {NEVER})"
    )
    assert named(hamlet, raw, statement)


def test_a_terminals_own_role_can_do_a_days_work_and_no_more(hamlet: Hamlet, raw: Raw) -> None:
    hamlet.approved_deed("A")
    raw("SELECT 1 FROM resident")
    for statement in (
        "DROP TABLE ledger_entry",
        "DROP TRIGGER ledger_entry_refused ON ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "CREATE VIEW worst AS SELECT resident_id FROM point_entry ORDER BY points",
    ):
        if hamlet.village.database.is_sqlite:
            break  # the file is its owner's: the guards are looked for by `kiosk verify`
        with pytest.raises(DBAPIError):
            raw(statement)
    assert hamlet.hand_in("A", "A", "docks", touch=new_touch_id()).case_id


def test_a_guard_taken_off_the_file_is_named(sqlite_hamlet: Hamlet) -> None:
    with sqlite_hamlet.village.write() as session:
        connection = session.connection()
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name LIMIT 1"
        trigger = connection.exec_driver_sql(question).scalar_one()
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
    found = {(each.code, each.name) for each in verify_village(sqlite_hamlet.village).findings}
    assert ("schema_missing", trigger) in found
