"""Founding and opening a village: directory, keys, database, schema version."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext, suppress
from pathlib import Path

from sqlalchemy import func, inspect, select

from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import VILLAGE_ZONE, Clock
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory, sync_folder
from kiosk.core.settings import Settings, read_settings, write_settings
from kiosk.models import migrations
from kiosk.models.database import UNREADABLE, Database, sqlite_url
from kiosk.models.ledger import Checkpoint, LedgerEntry, of_kind
from kiosk.models.whole_schema import differences
from kiosk.services.ledger import founding, last_head, log
from kiosk.services.signing.keys import make_keys, read_keys
from kiosk.services.signing.signed_note import MalformedNote, parse_note
from kiosk.services.upkeep import private_files
from kiosk.services.upkeep.carry_over import carry_over
from kiosk.services.village import Village
from kiosk.services.work import reading, writing

DATABASE_VARIABLE = "KIOSK_DATABASE_URL"
LEAST_ROOM = 4_000_000
"""Bytes that have to be free before a form is opened: a hundred times what one writes."""


def found_village(directory: DataDirectory, settings: Settings, clock: Clock) -> Village:
    """Make a new village in `directory`: settings, keys, a log with the entry that founds it.

    Raises:
        EnvironmentFault: ``village_exists``, ``no_permission``.
    """
    village = begin_village(directory, settings, clock)
    end_founding(village)
    return village


def end_founding(village: Village) -> None:
    """Write the settings: last, since they make a village. One that the power cut short is none.

    Raises:
        EnvironmentFault: ``no_permission``.
    """
    try:
        write_settings(village.directory.settings, village.settings)
        private_files.tighten(village.directory)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", village.directory.root) from trouble


def begin_village(directory: DataDirectory, settings: Settings, clock: Clock) -> Village:
    """Keys, a database and a log with its first entry; a village as soon as `end_founding` is done.

    Raises:
        EnvironmentFault: ``village_exists``, ``keys_exist``, ``no_permission``.
    """
    if directory.settings.exists():
        raise EnvironmentFault("village_exists", directory.root)
    try:
        for folder in (directory.root, directory.spool, directory.backups, directory.log):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = make_keys(directory.keys, settings.origin)
        database = Database(database_url(directory))
        migrations.upgrade(database)
        database.wipe_freed_pages()
        village = Village(
            directory=directory,
            settings=settings,
            clock=clock,
            database=database,
            keys=keys,
            catalogue=catalogue(),
        )
        with writing(village) as work:
            founding.found(work)
        last_head.begin(village)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble
    return village


def require_no_village(directory: DataDirectory, *, but_a_demo: bool) -> None:
    """Refuse a directory in which a village stands; `but_a_demo` lets one pass that was for trying.

    Raises:
        EnvironmentFault: ``village_exists``, ``demo_exists``, ``settings_damaged``.
    """
    if not directory.settings.exists():
        return
    if not read_settings(directory.settings).demo:
        raise EnvironmentFault("village_exists", directory.root)
    if not but_a_demo:
        raise EnvironmentFault("demo_exists", directory.root)


def put_demo_aside(directory: DataDirectory, clock: Clock) -> Path | None:
    """Give a demo village another name beside its place; None where there is none.

    Raises:
        EnvironmentFault: ``village_exists`` for a village in earnest, ``no_permission``.
    """
    if not directory.settings.exists():
        return None
    require_no_village(directory, but_a_demo=True)
    stamp = f"{clock.now().astimezone(VILLAGE_ZONE):%Y%m%d-%H%M%S}"
    aside = directory.root.with_name(f"{directory.root.name}-demo-{stamp}")
    try:
        directory.root.rename(aside)
        sync_folder(aside.parent)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble
    return aside


def open_village(directory: DataDirectory, clock: Clock, *, to_examine: bool = False) -> Village:
    """Open the village in `directory`, bringing its schema up to date.

    `to_examine` opens it also where nobody may work on it: a log that is not the one that this
    terminal knew, keys that are not the village's, or a schema that somebody changed.

    Raises:
        EnvironmentFault: ``no_village``, ``settings_damaged``, ``keys_missing``, ``keys_open``,
            ``no_permission``, ``database_missing``, ``database_damaged``, ``database_newer``,
            ``database_locked``, ``log_behind``, ``log_other_village``, ``keys_other``,
            ``schema_foreign``.
    """
    settings = read_settings(directory.settings)
    if not os.access(directory.root, os.W_OK):
        raise EnvironmentFault("no_permission", directory.root)
    keys = read_keys(directory.keys, settings.origin)
    url = database_url(directory)
    if url.startswith("sqlite") and not directory.database.exists():
        raise EnvironmentFault("database_missing", directory.database)
    database = Database(url)
    village = Village(
        directory=directory,
        settings=settings,
        clock=clock,
        database=database,
        keys=keys,
        catalogue=catalogue(),
    )
    try:
        bring_up_to_date(database)
        database.wipe_freed_pages()
        private_files.sweep(directory)
        private_files.tighten(directory)
        with suppress(EnvironmentFault) if to_examine else nullcontext():
            _check_fit_to_work(village)
    except BaseException:
        database.close()
        raise
    return village


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that are missing, or leave everything as it was.

    Raises:
        EnvironmentFault: ``database_newer``, ``database_damaged`` where the version that the
            database says is not that of its tables, and the database's own troubles.
    """
    try:
        migrations.upgrade(database)
    except UNREADABLE as trouble:
        event_log.record_bug(trouble)
        raise EnvironmentFault("database_damaged") from trouble


def _check_fit_to_work(village: Village) -> None:
    """The schema, the keys and the log are the village's, the log the one this terminal knew."""
    try:
        _check_schema(village)
        _check_keys(village)
        last_head.check(village)
        carry_over(village)
        _check_foundation(village)
    except UNREADABLE as trouble:
        event_log.record_bug(trouble)
        raise EnvironmentFault("database_damaged") from trouble


def _check_schema(village: Village) -> None:
    """Refuse a database in which somebody's trigger, view or changed table would take part."""
    with village.read() as session:
        found = differences(session.connection())
    if found:
        names = dict.fromkeys(each.name for each in found)
        raise EnvironmentFault("schema_foreign", ", ".join(names))


def _check_foundation(village: Village) -> None:
    """Refuse the log of another village, and keys that the village was not founded with."""
    with reading(village) as work:
        trouble = founding.trouble(work)
    if trouble == "log_other_village":
        raise EnvironmentFault(trouble, village.settings.origin)
    if trouble:
        raise EnvironmentFault("keys_other", village.directory.keys)


def _check_keys(village: Village) -> None:
    """Refuse a terminal that does not know the key which the village signs with."""
    known = {each.text() for each in village.keys.verifiers}
    with village.read() as session:
        newest = select(func.max(LedgerEntry.index)).where(of_kind(log.KEY_REPLACED))
        index = session.scalar(newest)
        said = log.content_of(session, index) if index is not None else None
        paper = session.scalar(select(Checkpoint.note).order_by(Checkpoint.id.desc()).limit(1))
    if said is not None and said["new"] not in known:
        raise EnvironmentFault("keys_other", village.directory.keys)
    if paper is None:
        return
    with suppress(MalformedNote):  # a copy that was changed: `kiosk verify` names it
        if parse_note(paper).signed_by(village.keys.verifiers) is None:
            raise EnvironmentFault("keys_other", village.directory.keys)


def require_room(village: Village) -> None:
    """Call it when a form opens: refuse where its end could not be written down anyway.

    Raises:
        EnvironmentFault: ``disk_full``, ``database_read_only``, ``database_missing``.
    """
    if not village.database.is_sqlite:
        return
    file = village.directory.database
    if not file.exists():
        raise EnvironmentFault("database_missing", file)
    if not os.access(file, os.W_OK):
        raise EnvironmentFault("database_read_only")
    if shutil.disk_usage(file.parent).free < LEAST_ROOM:
        raise EnvironmentFault("disk_full")


def database_url(directory: DataDirectory) -> str:
    """``KIOSK_DATABASE_URL``, else the SQLite file in the village's directory."""
    return os.environ.get(DATABASE_VARIABLE) or sqlite_url(directory.database)


def on_a_server() -> bool:
    """Whether this terminal's village lies on a database server, and not in its own folder."""
    return not os.environ.get(DATABASE_VARIABLE, "sqlite").startswith("sqlite")


def tables(village: Village) -> list[str]:
    """The names of the tables there are, for the doctor."""
    return sorted(inspect(village.database.engine).get_table_names())
