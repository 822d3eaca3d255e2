"""The schema is brought up to date once, and a newer database is left alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault
from kiosk.core.ids import session_digest
from kiosk.core.texts import Texts
from kiosk.models import Base, migrations
from kiosk.models.access import Card, SignInSession
from kiosk.models.ledger import LedgerEntry
from kiosk.models.perks import Perk
from kiosk.services.access import cards, sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.perks import catalogue
from kiosk.services.rulebook import book
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.services.upkeep.carry_over import carry_over
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing
from tests.faults.first_schema import (
    PLAIN_SHELF,
    UNRECORDED,
    WITHOUT_TEXTS,
    tables_since,
    unannounced,
    undo,
)
from tests.worlds.builder import Builder, Person
from tests.worlds.first_version import first_schema, unfounded

FIRST = "be14687d6c5d76d5d5a5b714ec38b76555a425ff5c41a5f3affb29e9fb1e6bfb"
"""SHA-256 of what revision 0001 makes on SQLite."""


def test_the_migrations_make_exactly_the_tables_of_the_models(village: Village) -> None:
    with village.read() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": village.database.is_sqlite is False}
        )
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.long
def test_a_village_of_the_first_schema_is_brought_up_to_date_with_its_log(village: Village) -> None:
    unfounded(village)
    with writing(village) as work:
        for number in range(3):
            log.append(work, "clock_confirmed", {"number": number})
    first_schema(village)
    migrations.upgrade(village.database)
    with village.read() as session:
        assert migrations.current(session.connection()) == migrations.LATEST
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []
    found = verify_village(village)
    assert (found.entries, {each.code for each in found.findings}) == (
        3,
        {"log_not_founded", "log_head_unknown"},
    )
    carry_over(village)
    assert verify_village(village).entries == 3 + 2, "carried over, and numbered"
    assert verify_village(village).consistent


@pytest.mark.long
def test_the_words_of_rules_and_perks_stay_what_they_were_and_what_the_log_says(
    village: Village,
) -> None:
    # What no version could say that had these columns.
    first = (replace(each, caps="", ladder="") for each in read_rulebook(book.SHIPPED))
    book.install(village, chosen=tuple(first))
    with writing(village) as work:
        perk = Perk(title=Texts({"zh": "肥皂", "en": "Soap"}), price=3, stock=0, ledger_index=0)
        work.session.add(perk)
        work.session.flush()
        content = {"perk": perk.id, "title_zh": "肥皂", "title_en": "Soap", "price": 3}
        perk.ledger_index = log.append(work, "perk_offered", content)
    rules = book.current(village)
    _with_a_column_for_each_language(village)
    migrations.upgrade(village.database)
    assert book.current(village) == rules
    assert [each.title for each in catalogue.perks(village)] == [{"zh": "肥皂", "en": "Soap"}]
    assert verify_village(village).findings == ()
    with village.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.long
def test_cards_of_before_open_the_office_of_who_holds_one_and_sessions_become_digests(
    village: Village,
) -> None:
    build = Builder(unfounded(village))
    people = build.home(
        [Person("a", "林春生"), Person("b", "李秀兰")], code="E1", lane="东街", number="1"
    ).people
    session_id = build.open_session(people[0], "officer")
    with writing(village) as work:
        for person in people:
            _card_of_the_first_version(work, person)
    _before_cards_were_vouched_for(village, session_id)
    migrations.upgrade(village.database)
    with reading(village) as work:
        official, resident = work.session.query(Card).order_by(Card.id)
        assert (official.vouched_at, resident.vouched_at) == (official.issued_at, None)
        issued = select(LedgerEntry.index).where(LedgerEntry.kind == "card_issued")
        entries = work.session.scalars(issued.order_by(LedgerEntry.index)).all()
        assert [official.ledger_index, resident.ledger_index] == entries
        assert sessions.require(work, session_id).roles == {"officer"}
    carry_over(village)
    assert _found_of_cards(village) == []
    with village.write() as session:
        session.execute(text("UPDATE card SET vouched_at = issued_at"))
    assert _found_of_cards(village) == ["card.vouched_at"]


def _found_of_cards(village: Village) -> list[str]:
    found = verify_village(village).findings
    return [each.name for each in found if each.name.startswith("card")]


def _card_of_the_first_version(work: Work, person: int) -> None:
    """Its entry says neither what opens it nor which office it opens."""
    card = Card(
        resident_id=person,
        number=cards.new_card_number(),
        token_hash=bytes([person]) * 32,
        pin_hash="$argon2id$of-a-version-before",
        issued_at=work.now,
    )
    work.session.add(card)
    work.session.flush()
    said = {"card": card.id, "resident": person, "clerk": None, "pepper": ""}
    log.append(work, "card_issued", said)


def _before_cards_were_vouched_for(village: Village, session_id: str) -> None:
    """As revision 0011 has them."""
    with village.write() as session:
        row = session.get_one(SignInSession, session_digest(session_id))
        row.id = session_id
        session.flush()
        for table in tables_since("0011"):
            session.execute(text(f"DROP TABLE {table}"))
        for column in ("vouched_at", "ledger_index"):
            session.execute(text(f"ALTER TABLE card DROP COLUMN {column}"))
        for statement in (*PLAIN_SHELF, *UNRECORDED):
            session.execute(text(statement))
        session.execute(text("UPDATE alembic_version SET version_num = '0011'"))


def _with_a_column_for_each_language(village: Village) -> None:
    """As revision 0008 has them."""
    with village.write() as session:
        for table in tables_since("0008"):
            session.execute(text(f"DROP TABLE {table}"))
        dialect = village.database.engine.dialect.name
        for statement in (*PLAIN_SHELF, *UNRECORDED, *unannounced(dialect)):
            session.execute(text(statement))
        for statements in WITHOUT_TEXTS.values():
            for statement in statements:
                session.execute(text(statement))
        for column in ("vouched_at", "ledger_index"):
            session.execute(text(f"ALTER TABLE card DROP COLUMN {column}"))
        session.execute(text("UPDATE alembic_version SET version_num = '0008'"))


def test_a_migration_that_cannot_end_leaves_everything_as_it_was(village: Village) -> None:
    with village.write() as session:
        for statement in undo(village.database.engine.dialect.name):
            session.execute(text(statement))
        session.execute(text("CREATE TABLE redemption (id INTEGER)"))  # in the last step's way
    with pytest.raises(DBAPIError, match="exist"):
        migrations.upgrade(village.database)
    with village.read() as session:
        assert migrations.current(session.connection()) == "0001"
        tables = inspect(session.connection()).get_table_names()
        columns = inspect(session.connection()).get_columns("correction_request")
    assert "perk" not in tables
    assert "reason" not in {each["name"] for each in columns}


def test_a_database_that_is_up_to_date_is_only_asked_for_its_version(village: Village) -> None:
    said: list[str] = []
    event.listen(
        village.database.engine, "before_cursor_execute", lambda *seen: said.append(seen[2])
    )
    migrations.upgrade(village.database)
    assert not [each for each in said if "CREATE" in each or "ALTER" in each]
    assert any("version_num" in each for each in said)


def test_a_database_of_a_newer_program_is_refused_and_untouched(village: Village) -> None:
    with village.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(EnvironmentFault, match="database_newer"):
        migrations.upgrade(village.database)
    with village.read() as session:
        assert migrations.current(session.connection()) == "9999"


def test_the_program_knows_its_latest_revision() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(migrations.__path__[0]))
    assert scripts.get_current_head() == migrations.LATEST


def test_a_released_revision_never_makes_another_schema() -> None:
    """Villages were founded with it: what changes later is a revision of its own."""
    connection = create_engine("sqlite://").connect()
    first = import_module(f"{migrations.__name__}.versions.0001_the_first_schema")
    with Operations.context(MigrationContext.configure(connection)):
        first.upgrade()
    made = connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    )
    said = "\n".join(f"{kind} {name} {' '.join(sql.split())}" for kind, name, sql in made)
    assert hashlib.sha256(said.encode()).hexdigest() == FIRST
