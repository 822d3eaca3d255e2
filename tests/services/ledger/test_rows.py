"""Rows under an entry: proved one by one, erased one by one, and changed by nobody unnamed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault
from kiosk.services.audit.tables import check_tables, verify_village
from kiosk.services.ledger import erasing, log, merkle, rows
from kiosk.services.village import Village
from kiosk.services.work import reading, writing

GUARDS = ("ledger_row_DELETE_refused", "ledger_row_update_announced")


def people(count: int) -> list[list[Any]]:
    return [["person", number, "1950-01-31", True] for number in range(count)]


def append(village: Village, count: int) -> int:
    with writing(village) as work:
        return rows.append(work, "clock_confirmed", {"run": 1}, people(count))


def execute(village: Village, *statements: str) -> None:
    with village.write() as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def without_guards(village: Village, *statements: str) -> None:
    """As somebody with the file in their hands."""
    execute(village, *(f'DROP TRIGGER "{each}"' for each in GUARDS), *statements)


def named(village: Village) -> set[str]:
    """What the books and rows say, apart from the guards that were taken off."""
    with reading(village) as work:
        return {each.code for each in check_tables(work).findings}


@given(st.integers(1, 70), st.data())
def test_every_row_is_proved_by_the_root_and_no_other_row_is(
    count: int, data: st.DataObject
) -> None:
    hashes = [rows.commitment(bytes([number]) * 32, b"") for number in range(count)]
    tree = merkle.Frontier()
    for each in hashes:
        tree.add(merkle.leaf_hash(each))
    read = merkle.tree_over([merkle.leaf_hash(each) for each in hashes])
    place = data.draw(st.integers(0, count - 1))
    path = tuple(merkle.inclusion_proof(place, count, read))
    assert rows.RowProof(hashes[place], place, count, path).leads_to(tree.root())
    other = rows.commitment(b"other", b"")
    assert not rows.RowProof(other, place, count, path).leads_to(tree.root())
    for wrong in {0, count - 1, place ^ 1} - {place}:
        assert not rows.RowProof(hashes[place], wrong, count, path).leads_to(tree.root())


@pytest.mark.parametrize("count", [0, 1, 2, 7, 1_500])
def test_an_entry_holds_how_many_rows_it_has_and_their_root(village: Village, count: int) -> None:
    index = append(village, count)
    with village.read() as session:
        content = log.content_of(session, index) or {}
        assert content["run"] == 1
        assert rows.root_of(session, index) == (content["rows"], content["root"])
        found = list(rows.rows_of(session, index))
        assert [each.content for each in found] == people(count)
        for place in {0, count // 2, count - 1} if count else set():
            proof = rows.proof_of(session, index, place)
            assert proof.leads_to(content["root"])
            assert proof.hash == found[place].hash
        with pytest.raises(EnvironmentFault, match="log_damaged"):
            rows.proof_of(session, index, count)
    assert verify_village(village).consistent


def test_rows_of_a_transaction_that_failed_leave_no_trace(village: Village) -> None:
    with pytest.raises(RuntimeError), writing(village) as work:  # noqa: PT012
        rows.append(work, "clock_confirmed", {}, people(3))
        raise RuntimeError
    append(village, 2)
    with village.read() as session:
        assert [each.content for each in rows.rows_of(session, 1)] == people(2)
    assert verify_village(village).consistent


def wrong(village: Village) -> set[str]:
    """What verify names, but for that no concern was forgotten when rows were erased here."""
    found = {(each.code, each.name) for each in verify_village(village).findings}
    return {code for code, name in found if not name.startswith("forgotten: ")}


def test_a_row_is_erased_alone_and_every_proof_stays(village: Village) -> None:
    index = append(village, 5)
    with writing(village) as work:
        erasing.erase(work, "forgotten", {}, [], [(index, 3)])
        erasing.erase(work, "forgotten", {}, [], [(index, 3)])
    with village.read() as session:
        content = log.content_of(session, index) or {}
        said = [each.content for each in rows.rows_of(session, index)]
        assert said == [*people(3), None, people(5)[4]]
        for place in range(5):
            assert rows.proof_of(session, index, place).leads_to(content["root"])
    assert not wrong(village)


REFUSED = [
    "DELETE FROM ledger_row",
    "UPDATE ledger_row SET content = salt",
    "UPDATE ledger_row SET salt = NULL, content = NULL",
    "UPDATE ledger_row SET position = position + 100",
    "UPDATE ledger_row SET hash = salt",
    "INSERT OR REPLACE INTO ledger_row SELECT * FROM ledger_row",
    "DELETE FROM ledger_row_erasure",
    "UPDATE ledger_row_erasure SET position = 1",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_no_statement_changes_or_erases_a_row_unannounced(village: Village, statement: str) -> None:
    if "REPLACE" in statement and not village.database.is_sqlite:
        pytest.skip("PostgreSQL has no such statement")
    index = append(village, 3)
    with writing(village) as work:
        erasing.erase(work, "forgotten", {}, [], [(index, 0)])
    with pytest.raises((DBAPIError, EnvironmentFault), match=r"append-only|announced"):
        execute(village, statement)
    assert not wrong(village)


def test_what_was_announced_is_blanked_and_not_written_anew(village: Village) -> None:
    index = append(village, 2)
    with writing(village) as work:
        log.append(work, "forgotten", {"erases": [], "erases_rows": [[index, 1]]})
    noted = f"({index}, 1, '2026-11-01 00:00:00', {index + 1})"
    execute(village, f"INSERT INTO ledger_row_erasure VALUES {noted}")
    for change in ("content = salt", "salt = NULL, content = NULL, hash = salt"):
        with pytest.raises(DBAPIError, match="announced"):
            execute(village, f"UPDATE ledger_row SET {change} WHERE position = 1")
    execute(village, "UPDATE ledger_row SET salt = NULL, content = NULL WHERE position = 1")
    assert not wrong(village)


def test_rows_cannot_be_truncated_on_postgresql(village: Village) -> None:
    if village.database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    append(village, 2)
    for table in ("ledger_row", "ledger_row_erasure"):
        with pytest.raises(DBAPIError, match="append-only"):
            execute(village, f"TRUNCATE {table} CASCADE")


ATTACKS: dict[str, tuple[str, str]] = {
    "what a row says": (
        "UPDATE ledger_row SET content = x'80' WHERE position = 1",
        "row_content_altered",
    ),
    "what a row says, and its salt": (
        "UPDATE ledger_row SET content = (SELECT content FROM ledger_row WHERE position = 2), "
        "salt = (SELECT salt FROM ledger_row WHERE position = 2) WHERE position = 1",
        "row_content_altered",
    ),
    "a row blanked": (
        "UPDATE ledger_row SET salt = NULL, content = NULL WHERE position = 1",
        "row_content_missing",
    ),
    "a row taken out": ("DELETE FROM ledger_row WHERE position = 1", "rows_altered"),
    "the last row taken out": ("DELETE FROM ledger_row WHERE position = 3", "rows_altered"),
    "all rows taken out": ("DELETE FROM ledger_row", "rows_altered"),
    "a row twice": (
        'INSERT INTO ledger_row SELECT "index", 4, hash, salt, content FROM ledger_row '
        "WHERE position = 3",
        "rows_altered",
    ),
    "two rows exchanged": (
        "UPDATE ledger_row SET position = CASE position WHEN 0 THEN -1 ELSE 0 END "
        "WHERE position IN (0, 1); UPDATE ledger_row SET position = 1 WHERE position = -1",
        "rows_altered",
    ),
    "a whole row of another salt": (
        "UPDATE ledger_row SET (hash, salt, content) = "
        "(SELECT hash, salt, content FROM ledger_row WHERE position = 2) WHERE position = 1",
        "rows_altered",
    ),
    "rows under an entry that has none": (
        "INSERT INTO ledger_row SELECT 2, position, hash, salt, content FROM ledger_row",
        "rows_altered",
    ),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_whatever_is_done_to_rows_in_the_file_is_named(sqlite_village: Village, what: str) -> None:
    append(sqlite_village, 4)
    with writing(sqlite_village) as work:
        log.append(work, "clock_confirmed", {"number": 1})
    assert named(sqlite_village) == set()
    statements, code = ATTACKS[what]
    without_guards(sqlite_village, *statements.split("; "))
    assert code in named(sqlite_village)
