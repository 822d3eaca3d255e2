"""The terminals' own role on PostgreSQL can do its work and cannot change the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import erasing, log, rows
from kiosk.services.printing import spooler
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.postgres_role import apply_grants, grants
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.upkeep.server_role import role

__all__ = ["role"]


@pytest.fixture
def terminal(
    village: Village, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Village]:
    """The village as a terminal opens it: by the role, not by the owner."""
    if village.database.is_sqlite:
        pytest.skip("SQLite has no roles")
    role = request.getfixturevalue("role")
    apply_grants(village, role)
    url = make_url(village.database.url).set(username=role)
    monkeypatch.setenv(DATABASE_VARIABLE, url.render_as_string(hide_password=False))
    with open_village(village.directory, village.clock).closing() as opened:
        yield opened
    with village.write() as session:
        session.connection().exec_driver_sql(f'DROP OWNED BY "{role}"')


def append(village: Village, count: int) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "clock_confirmed", {"number": number})


def test_a_terminal_writes_signs_prints_and_erases_with_its_own_role(terminal: Village) -> None:
    append(terminal, 3)
    assert queue_checkpoint(terminal) is not None
    spooler.print_next(terminal)
    with writing(terminal) as work:
        erasing.erase(work, "forgotten", {}, [1])
    report = verify_log(terminal)
    assert report.consistent
    assert (report.entries, report.erased, report.checkpoints) == (1 + 3 + 1 + 1, 1, 1)


def test_a_terminal_writes_rows_under_an_entry_and_erases_them(terminal: Village) -> None:
    with writing(terminal) as work:
        index = rows.append(
            work, "clock_confirmed", {}, [["person", number] for number in range(3)]
        )
    with writing(terminal) as work:
        erasing.erase(work, "forgotten", {"case": 0}, [], [(index, 1)])
    with terminal.read() as session:
        said = [each.content for each in rows.rows_of(session, index)]
    assert said == [["person", 0], None, ["person", 2]]
    # Of a concern that there never was nothing remains; all else is in order.
    found = [(each.code, each.name) for each in verify_village(terminal).findings]
    assert found == [("not_allowed", "forgotten: without what goes with it")]


LOG_TABLES = (
    *("ledger_entry", "ledger_content", "ledger_erasure", "ledger_node", "checkpoint"),
    *("ledger_row", "ledger_row_erasure"),
)


REFUSED = (
    *(f"TRUNCATE {table} CASCADE" for table in LOG_TABLES),
    *(f"DELETE FROM {table}" for table in LOG_TABLES if table != "ledger_content"),
    "UPDATE ledger_entry SET kind = 'other'",
    "UPDATE ledger_content SET content = salt",
    "UPDATE ledger_erasure SET at = now()",
    "UPDATE ledger_row SET hash = salt",
    "UPDATE ledger_row_erasure SET at = now()",
    "UPDATE ledger_node SET hash = hash",
    "UPDATE checkpoint SET note = ''",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_entry_refused ON ledger_entry",
    "DROP TABLE ledger_node",
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NULL; END'",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '0'",
    "CREATE TABLE somewhere (x int)",
)


def test_the_role_may_not_touch_the_log_or_its_guards(terminal: Village) -> None:
    append(terminal, 2)
    for statement in REFUSED:
        with pytest.raises((DBAPIError, EnvironmentFault)) as refused, terminal.write() as session:
            session.connection().exec_driver_sql(statement)
        said = str(refused.value.__cause__ or refused.value)
        assert "permission denied" in said or "must be owner" in said, statement
    assert verify_log(terminal).entries == 1 + 2


def test_content_goes_only_after_its_erasure_was_announced(terminal: Village) -> None:
    append(terminal, 2)
    with pytest.raises(DBAPIError, match="not announced"), terminal.write() as session:
        session.connection().exec_driver_sql("DELETE FROM ledger_content")
    with writing(terminal) as work:
        rows.append(work, "clock_confirmed", {}, [1])
    blank = "UPDATE ledger_row SET salt = NULL, content = NULL"
    with pytest.raises(DBAPIError, match="not announced"), terminal.write() as session:
        session.connection().exec_driver_sql(blank)


def test_grants_can_be_given_again(terminal: Village, village: Village) -> None:
    role = make_url(terminal.database.url).username
    assert role
    assert apply_grants(village, role) == grants(village, role)
    append(terminal, 1)


def test_a_role_that_no_grant_can_bind_is_refused(village: Village) -> None:
    if village.database.is_sqlite:
        with pytest.raises(EnvironmentFault, match="grants_not_here"):
            grants(village, "terminals")
        return
    owner = make_url(village.database.url).username
    assert owner
    with pytest.raises(ExpectedError, match="role_too_mighty"):
        apply_grants(village, owner)
    with pytest.raises(ExpectedError, match="role_unknown"):
        apply_grants(village, "nobody")
