"""The role that terminals use on PostgreSQL: it can do everything but change the log.

The owner of the tables could drop the triggers that keep the log append-only. So the owner founds
and updates, and the terminals come as another role, which has no right to UPDATE, DELETE or
TRUNCATE the log at all. Content may be deleted, and a row's be blanked, which triggers allow once
the erasure stands in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.models.ledger import APPEND_ONLY
from kiosk.services.village import Village

_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
_NARROWER = {
    **dict.fromkeys(APPEND_ONLY, "SELECT, INSERT"),
    "ledger_content": "SELECT, INSERT, DELETE",
    "ledger_row": "SELECT, INSERT, UPDATE (salt, content)",
    "alembic_version": "SELECT",
}


def grants(village: Village, role: str) -> tuple[str, ...]:
    """The statements that give `role` its rights and take away every other, in order.

    Raises:
        EnvironmentFault: ``grants_not_here`` on SQLite.
    """
    if village.database.is_sqlite:
        raise EnvironmentFault("grants_not_here")
    with village.read() as session:
        return tuple(_statements(session.connection(), role))


def apply_grants(village: Village, role: str) -> tuple[str, ...]:
    """Run `grants` in one transaction; the statements.

    Raises:
        EnvironmentFault: ``grants_not_here``.
        ExpectedError: ``role_unknown``; ``role_too_mighty`` if rights could not bind it, as with
            the tables' owner.
    """
    statements = grants(village, role)
    with village.write() as session:
        connection = session.connection()
        _check_role(connection, role)
        for statement in statements:
            connection.exec_driver_sql(statement)
    return statements


def _statements(connection: Connection, role: str) -> Iterator[str]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema, database = connection.execute(text("SELECT current_schema(), current_database()")).one()
    name = quote(role)
    yield f"GRANT CONNECT ON DATABASE {quote(database)} TO {name}"
    yield f"REVOKE CREATE ON SCHEMA {quote(schema)} FROM PUBLIC, {name}"
    yield f"GRANT USAGE ON SCHEMA {quote(schema)} TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {quote(schema)} FROM PUBLIC, {name}"
    for table in sorted(inspect(connection).get_table_names()):
        yield f"GRANT {_NARROWER.get(table, _RIGHTS)} ON TABLE {quote(table)} TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quote(schema)} TO {name}"


def _check_role(connection: Connection, role: str) -> None:
    question = text(
        "SELECT rolsuper OR pg_has_role(oid, (SELECT relowner FROM pg_class "
        "WHERE oid = 'ledger_entry'::regclass), 'MEMBER') FROM pg_roles WHERE rolname = :role"
    )
    mighty = connection.execute(question, {"role": role}).scalar_one_or_none()
    if mighty is None:
        raise ExpectedError("role_unknown", role)
    if mighty:
        raise ExpectedError("role_too_mighty", role)
