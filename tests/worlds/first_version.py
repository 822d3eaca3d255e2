"""A village as version 0.1 left it: its log names nobody's village, and erasures name no entry."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Connection, text

from kiosk.services.ledger import last_head
from kiosk.services.village import Village
from tests.faults.first_schema import undo
from tests.faults.hall import Hall, read_hall

_ARCHIVE = Path(__file__).with_name("version-0.1.tar.xz")
"""The village of `tests.faults.hall`, founded and furnished by version 0.1 itself.

Its keys are in it: they are nobody's. Its database has the schema of revision 0001.
"""
_LOG = ("ledger_node", "ledger_content", "ledger_entry")


def unpacked(root: Path) -> Hall:
    """Lay the village that version 0.1 made into the new folder `root`."""
    root.mkdir()
    shutil.unpack_archive(_ARCHIVE, root)
    return read_hall(root)


def unfounded(village: Village) -> Village:
    """Take the entry that founds a village out of a log in which nothing else stands yet."""
    with village.write() as session:
        connection = session.connection()
        guards = _without_guards(connection)
        for table in _LOG:
            connection.execute(text(f"DELETE FROM {table}"))
        for statement in guards:
            connection.exec_driver_sql(statement)
    (village.directory.keys / last_head.FILE).unlink()
    return village


def erase(village: Village, *indexes: int) -> None:
    """Erase entries as version 0.1 did, in a database that `first_schema` made."""
    with village.write() as session:
        for index in indexes:
            session.execute(
                text('INSERT INTO ledger_erasure ("index", at) VALUES (:index, :at)'),
                {"index": index, "at": f"{village.clock.now():%Y-%m-%d %H:%M:%S.%f}"},
            )
            session.execute(
                text('DELETE FROM ledger_content WHERE "index" = :index'), {"index": index}
            )


def first_schema(village: Village) -> None:
    """Bring the database back to the schema of the first release."""
    with village.write() as session:
        for statement in undo(village.database.engine.dialect.name):
            session.execute(text(statement))
    village.database.close()


def _without_guards(connection: Connection) -> list[str]:
    """Take the guards off; the statements that put them back."""
    if connection.dialect.name != "sqlite":
        for table in _LOG:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        enabled = (f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _LOG)
        return ["SET CONSTRAINTS ALL IMMEDIATE", *enabled]
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]
