"""Whatever is put into the schema, taken out of it or changed in it is named by `kiosk verify`."""

from __future__ import annotations

import pytest
from sqlalchemy import text

import scripts.server_schema
from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.models import migrations, server_schema, whole_schema
from kiosk.services.audit.tables import verify_village
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from tests.faults.first_schema import undo
from tests.worlds.server import PostgresDatabase, postgres

WRITABLE = "PRAGMA writable_schema = 1"
CHANGES = {
    "a trigger is put in": (
        ("CREATE TRIGGER mine AFTER UPDATE ON card BEGIN UPDATE card SET failures = 0; END",),
        {("schema_foreign", "mine")},
    ),
    "a trigger is taken off": (
        ("DROP TRIGGER ledger_entry_DELETE_refused",),
        {("schema_missing", "ledger_entry_DELETE_refused")},
    ),
    "a trigger does nothing any more": (
        (
            "DROP TRIGGER ledger_entry_DELETE_refused",
            "CREATE TRIGGER ledger_entry_DELETE_refused BEFORE DELETE ON ledger_entry "
            "WHEN 0 BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END",
        ),
        {("schema_altered", "ledger_entry_DELETE_refused")},
    ),
    "a view keeps a list of people": (
        ("CREATE VIEW worst AS SELECT resident_id, sum(points) FROM point_entry GROUP BY 1",),
        {("schema_foreign", "worst")},
    ),
    "a table is put in": (
        ("CREATE TABLE people (number TEXT)",),
        {("schema_foreign", "people")},
    ),
    "an index is put in": (
        ("CREATE INDEX ix_mine ON card (failures)",),
        {("schema_foreign", "ix_mine")},
    ),
    "an index is taken off": (
        ("DROP INDEX ix_point_entry_resident_id",),
        {("schema_missing", "ix_point_entry_resident_id")},
    ),
    "a column is put in": (
        ("ALTER TABLE card ADD COLUMN remarks TEXT",),
        {("schema_altered", "card")},
    ),
    "a check is taken off": (
        (
            WRITABLE,
            "UPDATE sqlite_master SET sql = replace(sql, 'price > 0', '1') WHERE name = 'perk'",
        ),
        {("schema_altered", "perk")},
    ),
    "a foreign key is taken off": (
        (
            WRITABLE,
            "UPDATE sqlite_master SET sql = replace(sql, "
            "'FOREIGN KEY(resident_id) REFERENCES resident (id)', 'CHECK (1)') "
            "WHERE name = 'wallet_movement'",
        ),
        {("schema_altered", "wallet_movement")},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_to_the_schema_is_named_and_the_village_refused(
    sqlite_village: Village, clock: SettableClock, change: str
) -> None:
    statements, named = CHANGES[change]
    _run(sqlite_village, statements)
    found = verify_village(sqlite_village).findings
    assert {(each.code, each.name) for each in found} == named
    for _, name in named:
        _refused(sqlite_village, clock, name)
    open_village(sqlite_village.directory, clock, to_examine=True).database.close()


def test_a_village_as_it_was_made_opens(sqlite_village: Village, clock: SettableClock) -> None:
    sqlite_village.database.close()
    open_village(sqlite_village.directory, clock).database.close()


def test_a_view_in_the_place_of_a_table_is_named(sqlite_village: Village) -> None:
    _run(
        sqlite_village,
        (
            "ALTER TABLE role_grant RENAME TO granted",
            "CREATE VIEW role_grant AS SELECT * FROM granted",
        ),
    )
    found = {(each.code, each.name) for each in verify_village(sqlite_village).findings}
    assert {("schema_missing", "role_grant"), ("schema_foreign", "role_grant")} <= found
    assert ("schema_foreign", "granted") in found


def test_the_newest_migration_says_what_all_migrations_make() -> None:
    """A new migration takes the old value along, as ``SCHEMA``; this failure says the new one."""
    made = whole_schema.digest(whole_schema.made_by_the_migrations())
    assert whole_schema.said_by_the_newest_migration() == made


def test_a_village_that_was_migrated_has_the_schema_of_a_new_one(sqlite_village: Village) -> None:
    with sqlite_village.write() as session:
        for statement in undo():
            session.execute(text(statement))
    migrations.upgrade(sqlite_village.database)
    with sqlite_village.read() as session:
        assert whole_schema.differences(session.connection()) == ()


def test_what_sqlite_keeps_for_itself_is_nobodys_change(sqlite_village: Village) -> None:
    _run(sqlite_village, ("ANALYZE",))
    assert verify_village(sqlite_village).consistent


ON_A_SERVER = {
    "a view is put in": ("CREATE VIEW worst AS SELECT 1 AS x", {("schema_foreign", "worst")}),
    "a table is put in": ("CREATE TABLE people ()", {("schema_foreign", "people")}),
    "a trigger is taken off": (
        "DROP TRIGGER ledger_entry_refused ON ledger_entry",
        {("schema_missing", "ledger_entry_refused")},
    ),
    "a trigger is switched off": (
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_refused",
        {("schema_altered", "ledger_entry_refused")},
    ),
    "a trigger is put in": (
        "CREATE TRIGGER mine BEFORE UPDATE ON card FOR EACH ROW EXECUTE FUNCTION append_only()",
        {("schema_foreign", "mine")},
    ),
    "a rule is put in": (
        "CREATE RULE mine AS ON DELETE TO card DO INSTEAD NOTHING",
        {("schema_foreign", "mine")},
    ),
    "a policy is put in": (
        "CREATE POLICY mine ON card USING (true)",
        {("schema_foreign", "mine")},
    ),
    "a function does something else": (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$",
        {("schema_altered", "append_only")},
    ),
    "a function is put in": (
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        {("schema_foreign", "mine")},
    ),
    "a column is put in": (
        "ALTER TABLE card ADD COLUMN remarks text",
        {("schema_foreign", "card.remarks")},
    ),
    "a column is of another type": (
        "ALTER TABLE card ALTER COLUMN number TYPE text",
        {("schema_altered", "card.number")},
    ),
    "a column may be empty": (
        "ALTER TABLE card ALTER COLUMN pin_hash DROP NOT NULL",
        {("schema_altered", "card.pin_hash")},
    ),
    "a column has a value of its own": (
        "ALTER TABLE card ALTER COLUMN vouched_at SET DEFAULT now()",
        {("schema_altered", "card.vouched_at")},
    ),
    "a check is taken off": (
        "ALTER TABLE perk DROP CONSTRAINT ck_perk_price",
        {("schema_missing", "ck_perk_price")},
    ),
    "a check says something else": (
        "ALTER TABLE perk DROP CONSTRAINT ck_perk_price, "
        "ADD CONSTRAINT ck_perk_price CHECK (price >= 0)",
        {("schema_altered", "ck_perk_price")},
    ),
    "a foreign key is taken off": (
        "ALTER TABLE wallet_movement DROP CONSTRAINT fk_wallet_movement_resident_id",
        {("schema_missing", "fk_wallet_movement_resident_id")},
    ),
    "what is unique need not be": (
        "ALTER TABLE card DROP CONSTRAINT uq_card_token_hash",
        {("schema_missing", "uq_card_token_hash")},
    ),
    "an index is taken off": (
        "DROP INDEX ix_card_resident_id",
        {("schema_missing", "ix_card_resident_id")},
    ),
    "an index is put in": (
        "CREATE UNIQUE INDEX ix_mine ON card (resident_id)",
        {("schema_foreign", "ix_mine")},
    ),
    "a sequence counts otherwise": (
        "ALTER SEQUENCE card_id_seq INCREMENT BY 2",
        {("schema_altered", "card_id_seq")},
    ),
}


@pytest.mark.parametrize(
    "each_database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize("change", ON_A_SERVER)
def test_a_change_on_a_server_is_named(village: Village, clock: SettableClock, change: str) -> None:
    statement, named = ON_A_SERVER[change]
    with village.write() as session:
        session.execute(text(statement))
    found = verify_village(village).findings
    assert {(each.code, each.name) for each in found} == named
    for _, name in named:
        _refused(village, clock, name)


@pytest.mark.postgres
def test_the_file_beside_the_migrations_says_what_they_make_on_a_server() -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    told = "run python -m scripts.server_schema and commit kiosk/models/migrations/postgresql.txt"
    with PostgresDatabase() as url:
        assert scripts.server_schema.page(url) == server_schema.FILE.read_text("utf-8"), told


def _refused(village: Village, clock: SettableClock, name: str) -> None:
    with pytest.raises(EnvironmentFault, match="schema_foreign") as refusal:
        open_village(village.directory, clock)
    assert name in str(refusal.value.values)


def _run(village: Village, statements: tuple[str, ...]) -> None:
    import pysqlite3

    village.database.close()
    connection = pysqlite3.connect(str(village.directory.database), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
