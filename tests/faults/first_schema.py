"""What leads from today's schema back to the first one, for tests of the way to today's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, inspect

from kiosk.models import Base, migrations
from kiosk.models.schema import trigger_statements

TEXTS = {"rule_version": ("title", "text", "remedy"), "perk": ("title",)}
"""What stood in a column for each language up to revision 0008, by table."""
WITHOUT_TEXTS = {
    table: (
        *(
            f"ALTER TABLE {table} ADD COLUMN {name}_{language} VARCHAR(600) NOT NULL DEFAULT ''"
            for name in names
            for language in ("zh", "en")
        ),
        *(
            f"UPDATE {table} SET {name}_{language} = {name} ->> '{language}'"
            for name in names
            for language in ("zh", "en")
        ),
        *(f"ALTER TABLE {table} DROP COLUMN {name}" for name in names),
    )
    for table, names in TEXTS.items()
}


PLAIN_SHELF = tuple(
    f"ALTER TABLE perk DROP COLUMN {each}" for each in ("picture", "per_person", "ended_at")
)
"""What leads back to a shelf without pictures, limits and an end, where there was one."""


def tables_since(revision: str) -> tuple[str, ...]:
    """The tables that came after a revision, those that point to others before these."""
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        upgrade(config, revision)
        there = inspect(connection).get_table_names()
    return tuple(
        each.name for each in reversed(Base.metadata.sorted_tables) if each.name not in there
    )


UNRECORDED = (
    "ALTER TABLE print_job DROP COLUMN ledger_index",
    "ALTER TABLE checkpoint DROP COLUMN paper",
    "DROP INDEX ix_ledger_entry_rare",
    *(f"ALTER TABLE rule_version DROP COLUMN {each}" for each in ("caps", "ladder", "reminder")),
    'ALTER TABLE "case" DROP COLUMN hours',
    'ALTER TABLE "case" DROP COLUMN thanks',
    *(
        f'ALTER TABLE card DROP COLUMN "{name}"'
        for name in ("lost_at", "blocked_at", "pin_asked_at", "foreign")
    ),
    *(
        f"ALTER TABLE role_grant DROP COLUMN {each}"
        for each in ("last_day", "pause_first", "pause_last", "pause_reason", "paused_at")
    ),
)
"""What leads back to papers without an entry of their own, a log without an index, cards that are
never lost, and offices that neither rest nor end by themselves."""


def unannounced(dialect: str) -> tuple[str, ...]:
    """What leads back to erasures that name no entry, and to the guard of that time."""
    made = tuple(each for each in trigger_statements(dialect) if "was not announced" in each)
    guard = ("DROP TRIGGER ledger_content_delete_announced",) if dialect == "sqlite" else ()
    return (*guard, 'ALTER TABLE ledger_erasure DROP COLUMN "by"', *made)


def undo(dialect: str = "sqlite") -> tuple[str, ...]:
    """What leads from today's schema back to the first one, in a village without perks."""
    return (
        *WITHOUT_TEXTS["rule_version"],
        *(f"DROP TABLE {each}" for each in tables_since("0001")),
        *UNRECORDED,
        *unannounced(dialect),
        "ALTER TABLE resident DROP COLUMN born_day_known",
        "ALTER TABLE resident DROP COLUMN language",
        "ALTER TABLE correction_request DROP COLUMN reason",
        "ALTER TABLE card DROP COLUMN vouched_at",
        "ALTER TABLE card DROP COLUMN ledger_index",
        "UPDATE alembic_version SET version_num = '0001'",
    )
