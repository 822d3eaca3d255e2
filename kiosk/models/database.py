"""The database: SQLite on this machine by default, PostgreSQL by ``KIOSK_DATABASE_URL``.

SQLite runs in WAL with ``synchronous=FULL`` on the library that `pysqlite3` bundles (3.51.3 or
later, design section 5), and every connection is checked for the settings it must have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import CompiledCacheType, DBAPIConnection
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache

from kiosk.core.errors import EnvironmentFault
from kiosk.core.faulty_versions import JOURNAL_MODE

PRAGMAS: dict[str, str] = {
    "journal_mode": JOURNAL_MODE,
    "synchronous": "2",  # FULL: NORMAL lost acknowledged commits in a power-cut replay
    "foreign_keys": "1",
    "recursive_triggers": "1",  # without it INSERT OR REPLACE goes round append-only triggers
    "trusted_schema": "0",
    "cell_size_check": "1",
    "busy_timeout": "5000",
    "secure_delete": "1",  # what is deleted is overwritten, not left in a page that is free
}
"""Every pragma and what SQLite must answer when asked for it afterwards."""

_DAMAGED = ("malformed", "not a database", "disk image", "could not decode")
_FULL = ("disk is full", "no space")
_BETWEEN_CALLS = ("40001", "40P01", "23505")
"""Two calls met: no trouble of the database, but for `kiosk.services.retry`."""
_READ_ONLY = ("readonly", "unable to open", "permission denied")
_DISK = ("disk i/o error",)
UNREADABLE = (SQLAlchemyError, AttributeError, LookupError, TypeError, ValueError)
"""What reading raises when somebody else wrote a value: a day that is none, a column renamed."""
APPENDED = "appended"
"""What a session's `info` holds under this: index and commitment of the last entry it appended."""
ERASED = "erased"
"""What a session's `info` holds under this: True when something was erased for good."""
_ON_DISK = "on disk"
"""What a session's `info` holds under this: what is called once its transaction is on disk."""
_JOURNAL = "journal"
"""What a connection's `info` holds under this: device and number of its write-ahead log."""
_WIPED = 1
"""SQLite's ``user_version`` of a file whose free pages hold nothing that was deleted."""
_WAIT_TO_EMPTY = 200
"""Milliseconds that emptying the journal waits for readers of an earlier state."""
_STATEMENTS = 2_000
"""About how many compiled statements are kept: more than the kiosk has."""
_COMPILED: CompiledCacheType = LRUCache(_STATEMENTS)
"""Statements compiled for any SQLite file: a backup that is opened compiles none of them anew."""


def sqlite_url(file: Path) -> str:
    """The SQLAlchemy URL of a SQLite file."""
    return f"sqlite:///{file}"


class Gathering(Session):
    """A session whose rows wait until they are asked for or committed, then are written together.

    `first` writes what no mapped object holds, before the others: the log's entries.
    """

    first: Callable[[Session], None] | None = None

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what waits; SQLAlchemy calls it before each question as well."""
        if self.first is not None:
            self.first(self)
        super().flush(objects)

    def commit(self) -> None:
        """Write what waits, and commit."""
        self.flush()
        super().commit()


class Database:
    """An engine, and the two ways into it: `read` and `write`, each one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        named = self.engine.url.database if self.is_sqlite else None
        self._file = Path(named) if named else None
        self._identity: tuple[int, int] | None = None
        self._holds_erased = False
        if self._file is not None:
            event.listen(self.engine, "connect", lambda *_: self._look_at_file())

    @property
    def is_sqlite(self) -> bool:
        """True on SQLite, False on PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        engine = self.engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with _plainly(), Session(engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction: on disk when the block ends, nothing of it on an error.

        Raises:
            EnvironmentFault: among others ``disk_trouble`` and ``disk_full`` when the commit met
                trouble and the database, opened anew, does not have what it was to commit.
        """
        engine = self.engine.execution_options(writes=True)
        with _plainly(), Gathering(engine, expire_on_commit=False) as session:
            with session.begin():
                yield session
                session.flush()
                self._require_file(session)
                last = session.info.get(APPENDED)
                self._holds_erased |= session.info.get(ERASED, False)
                trouble = _commit(session)
            if trouble is not None and not self._is_there(session, last):
                raise trouble
            for call in session.info.get(_ON_DISK, ()):
                call()
        if self._holds_erased:
            self._empty_journal()

    def _look_at_file(self) -> None:
        self._identity = _identity(self._file)

    def _require_file(self, session: Session) -> None:
        """Refuse to commit into a file, or a journal, that has no name any more.

        In WAL mode SQLite goes on writing to a database whose folder was deleted or whose file was
        replaced, and says that all is well. Who deletes the journal beside it takes away all that
        was committed since the last checkpoint. While a transaction writes there is a journal, and
        a connection has the same one from its first transaction to its end. Closing it, as is done
        here, puts into the database what the journal without a name still holds.

        Raises:
            EnvironmentFault: ``database_missing``, or ``disk_trouble`` when another stands there.
        """
        if self._file is None:
            return
        now = _identity(self._file)
        journal = _identity(self._file.with_name(f"{self._file.name}-wal"))
        first = session.connection().info.setdefault(_JOURNAL, journal)
        if self._identity == now and journal is not None and journal == first:
            return
        session.invalidate()
        self.engine.dispose()
        if now is None:
            raise EnvironmentFault("database_missing", self._file)
        raise EnvironmentFault("disk_trouble")

    def _is_there(self, session: Session, last: tuple[int, bytes] | None) -> bool:
        """Whether a commit that met trouble is on disk all the same.

        Nobody can tell from the error: the trouble may have come before or after the commit's
        record. So the connection is closed, the database opened anew, which makes it read its
        files again, and the log's head is looked at. A transaction that appended nothing is taken
        as lost: to make it again is harmless.
        """
        session.invalidate()
        self.engine.dispose()
        if last is None:
            return False
        index, committed = last
        question = text('SELECT "commitment" FROM ledger_entry WHERE "index" = :index')
        with self.engine.connect() as fresh:
            return fresh.execute(question, {"index": index}).scalar() == committed

    def wipe_freed_pages(self) -> None:
        """Once in a file's life: overwrite what was deleted in it before deleting overwrote.

        Where there is no room for it, it is tried again at the next opening. Does nothing on
        PostgreSQL, whose vacuum gives freed room back to be overwritten.
        """
        if not self.is_sqlite:
            return
        with self._outside_transactions() as cursor:
            if cursor.execute("PRAGMA user_version").fetchone()[0] < _WIPED:
                cursor.execute("VACUUM")
                cursor.execute(f"PRAGMA user_version={_WIPED}")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _empty_journal(self) -> None:
        """Put what was erased out of the journal, where its old pages stand until it begins anew.

        A reader of an earlier state still needs them: then the next transaction tries again.
        """
        if not self.is_sqlite:
            self._holds_erased = False
            return
        with self._outside_transactions() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={_WAIT_TO_EMPTY}")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
            self._holds_erased = bool(busy)

    @contextmanager
    def _outside_transactions(self) -> Iterator[Any]:
        """A cursor for what no transaction may hold; the disk's trouble ends it without a fault."""
        connection = self.engine.raw_connection()
        try:
            yield connection.cursor()
        except self.engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def once_on_disk(session: Session, call: Callable[[], object]) -> None:
    """Call `call` when the transaction of `Database.write` that `session` is of is on disk."""
    session.info.setdefault(_ON_DISK, set()).add(call)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # Appends are put in order by a lock, which READ COMMITTED sees through: pinned here, so
        # that no server's or role's default is another.
        return create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")
    engine = _on_sqlite(url)
    # A statement is compiled for a dialect, and kept by it.
    engine.dialect = _sqlite()
    engine.update_execution_options(compiled_cache=_COMPILED)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _on_sqlite(url: str) -> Engine:
    import pysqlite3

    return create_engine(url, module=pysqlite3, connect_args={"isolation_level": None})


@cache
def _sqlite() -> Dialect:
    """The one dialect of the one library that all SQLite files of this process are read by."""
    engine = _on_sqlite("sqlite://")
    with engine.connect():  # a dialect asks the first that it speaks with what it is
        return engine.dialect


def _settle(connection: DBAPIConnection, _record: Any) -> None:
    cursor = connection.cursor()
    try:
        for name, value in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
    except UnicodeDecodeError as trouble:  # SQLite quotes the damaged schema, which is no text
        raise EnvironmentFault("database_damaged") from trouble
    for name, value in PRAGMAS.items():
        answer = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if str(answer) != value:
            raise EnvironmentFault("database_setting", name, answer)
    cursor.close()


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Device and number of a file; None when it is not there."""
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _commit(session: Session) -> DatabaseError | None:
    """Commit; the disk's trouble if there was some, and nobody can tell yet what is on disk."""
    try:
        session.commit()
    except DatabaseError as trouble:
        if any(sign in str(trouble.orig).lower() for sign in (*_DISK, *_FULL)):
            return trouble
        raise
    return None


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn the database's own trouble into an environment fault with a sentence."""
    try:
        yield
    except (OperationalError, DatabaseError) as trouble:
        if sqlstate(trouble) in _BETWEEN_CALLS:
            raise
        said = str(trouble.orig).lower()
        for code, signs in (
            ("database_damaged", _DAMAGED),
            ("disk_full", _FULL),
            ("disk_trouble", _DISK),
            ("database_locked", ("locked",)),
            ("database_read_only", _READ_ONLY),
        ):
            if any(sign in said for sign in signs):
                raise EnvironmentFault(code) from trouble
        if isinstance(trouble, OperationalError) and _is_of_server(trouble):
            raise EnvironmentFault("database_gone") from trouble
        raise


def _is_of_server(trouble: OperationalError) -> bool:
    """True when a PostgreSQL server went away, refuses, is starting or is stopping."""
    return trouble.connection_invalidated or type(trouble.orig).__module__.startswith("psycopg")


def sqlstate(trouble: DBAPIError) -> str:
    """PostgreSQL's five-letter code of an error; empty on SQLite."""
    return getattr(trouble.orig, "sqlstate", None) or ""


def server_version(database: Database) -> str:
    """The version of the database library or server, for the doctor."""
    question = "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version"
    with database.read() as session:
        return str(session.execute(text(question)).scalar_one())
