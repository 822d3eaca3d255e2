"""The log: one door in, nothing changed afterwards, proofs that survive erasure."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault
from kiosk.models.access import AnsweredRequest
from kiosk.models.database import Gathering
from kiosk.models.ledger import RARE, Checkpoint, LedgerContent, LedgerEntry, LedgerNode, of_kind
from kiosk.services.audit.log import verify_log
from kiosk.services.ledger import erasing, log, merkle
from kiosk.services.printing import recorded
from kiosk.services.signing.signed_note import parse_checkpoint, parse_note
from kiosk.services.village import Village
from kiosk.services.work import Work, writing


def append(village: Village, count: int) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "test", {"number": number})


def entries(village: Village) -> int:
    with village.read() as session:
        return log.log_size(session)


def execute(village: Village, statement: str) -> None:
    with village.write() as session:
        session.connection().exec_driver_sql(statement)


REWRITES = [
    "UPDATE ledger_entry SET kind = 'other'",
    "DELETE FROM ledger_entry WHERE kind = 'test'",
    "UPDATE ledger_content SET content = salt",
    "DELETE FROM ledger_content",
    "UPDATE ledger_node SET level = level + 100",
    "DELETE FROM ledger_node",
    "UPDATE checkpoint SET note = ''",
    "DELETE FROM checkpoint",
]


@pytest.mark.parametrize("statement", REWRITES)
def test_no_statement_changes_or_deletes_what_was_logged(village: Village, statement: str) -> None:
    append(village, 3)
    with writing(village) as work:
        told = {"reference": "x", "lines": recorded.lines_digest(())}
        paper = log.append(work, recorded.PAPER, told)
    with writing(village) as work:
        log.sign_checkpoint(work, "x", 3, (), paper=paper)
    with pytest.raises(DBAPIError, match=r"append-only|announced"):
        execute(village, statement)
    assert verify_log(village).consistent


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_content", "ledger_node", "checkpoint"])
def test_insert_or_replace_does_not_go_round_the_triggers(
    sqlite_village: Village, table: str
) -> None:
    append(sqlite_village, 3)
    with writing(sqlite_village) as work:
        log.sign_checkpoint(work, "x", 3, ())
    with pytest.raises(DBAPIError, match=r"append-only|announced"):
        execute(sqlite_village, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_truncate_is_refused_on_postgresql(village: Village) -> None:
    if village.database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    append(village, 2)
    with pytest.raises(DBAPIError, match="append-only"):
        execute(village, "TRUNCATE ledger_entry CASCADE")


def test_entries_are_counted_from_nought_without_gaps(village: Village) -> None:
    append(village, 5)
    append(village, 4)
    with village.read() as session:
        found = session.scalars(select(LedgerEntry.index).order_by(LedgerEntry.index)).all()
    assert list(found) == list(range(1 + 9))


def test_an_entry_of_a_failed_transaction_leaves_no_trace(village: Village) -> None:
    append(village, 2)
    with pytest.raises(RuntimeError), writing(village) as work:  # noqa: PT012
        log.append(work, "test", {"number": 99})
        raise RuntimeError
    append(village, 1)
    with village.read() as session:
        assert log.head(session).size == 1 + 3
    assert verify_log(village).consistent


def test_entries_of_one_transaction_and_of_many_grow_the_same_tree(village: Village) -> None:
    size = entries(village) + 34
    for together in (1, 2, 3, 1, 5, 8, 13, 1):
        with writing(village) as work:
            for _ in range(together):
                log.append(work, "test", {})
        with suppress(ZeroDivisionError), writing(village) as work:
            log.append(work, "test", {})
            _ = 1 // 0  # what a transaction that failed had grown is forgotten with it
    with village.read() as session:
        found = session.query(LedgerEntry).order_by(LedgerEntry.index).all()
        tree = merkle.tree_over([merkle.leaf_hash(each.commitment) for each in found])
        stored = {(n.level, n.position): n.hash for n in session.query(LedgerNode)}
        assert log.head(session) == log.Head(size, merkle.root(size, tree))
    assert stored == {place: tree(*place) for place in stored}
    assert len(stored) == sum(size >> level for level in range(size.bit_length()))


def test_a_rollback_within_a_session_starts_the_log_anew(village: Village) -> None:
    size = entries(village) + 2
    with Gathering(village.database.engine) as session:
        work = Work(session, village)
        for end in (session.rollback, session.commit, session.rollback):
            before = log.log_size(session)
            assert log.append(work, "test", {}) == before
            assert log.append(work, "test", {}) == before + 1
            end()
    assert entries(village) == size
    assert verify_log(village).consistent


def test_an_entry_beside_a_part_of_the_tree_that_is_gone_is_not_appended(
    sqlite_village: Village,
) -> None:
    append(sqlite_village, (3 - entries(sqlite_village)) % 4)
    size = entries(sqlite_village)
    with sqlite_village.write() as session:
        session.execute(text("DROP TRIGGER ledger_node_delete_refused"))
        session.execute(text("DELETE FROM ledger_node WHERE level = 1"))
    with pytest.raises(EnvironmentFault, match="log_damaged"):
        append(sqlite_village, 1)
    assert entries(sqlite_village) == size


def test_what_waits_to_be_written_is_written_before_an_entry(village: Village) -> None:
    with writing(village) as work:
        kept = AnsweredRequest(id="0" * 32, at=work.now, answer={})
        work.session.add(kept)
        log.append(work, "test", {})
        assert inspect(kept).persistent


def test_a_stored_entry_can_be_proved_to_be_in_the_root(village: Village) -> None:
    append(village, 11)
    with village.read() as session:
        now, read = log.head(session), log.node_reader(session)
        proof = merkle.inclusion_proof(6, now.size, read)
        entry = session.get_one(LedgerEntry, 6)
        leaf = merkle.leaf_hash(entry.commitment)
    assert merkle.verify_inclusion(leaf, 6, now.size, proof, now.root)


def test_a_checkpoint_names_origin_size_root_and_the_papers_facts(village: Village) -> None:
    append(village, 5)
    with writing(village) as work:
        note = log.sign_checkpoint(work, "2026-0001", 5, ("ref 2026-0001", "好事 +6"))
        now = log.head(work.session)
    read = parse_note(note)
    assert read.signed_by([village.keys.verifier])
    checkpoint = parse_checkpoint(read.text)
    assert (checkpoint.origin, checkpoint.size) == (village.settings.origin, 1 + 5)
    assert checkpoint.root == now.root
    assert checkpoint.extension == ("ref 2026-0001", "好事 +6")


def test_signing_the_same_facts_twice_keeps_one_copy(village: Village) -> None:
    append(village, 1)
    for _ in range(2):
        with writing(village) as work:
            log.sign_checkpoint(work, "2026-0001", 1, ("ref 2026-0001",))
    with village.read() as session:
        assert len(session.scalars(select(Checkpoint)).all()) == 1


def test_an_erased_entry_keeps_every_proof_valid(village: Village) -> None:
    append(village, 7)
    with village.read() as session:
        before = log.head(session)
    with writing(village) as work:
        erasing.erase(work, "forgotten", {}, [3])
    with village.read() as session:
        assert log.content_of(session, 3) is None
        assert log.content_of(session, 4) == {"number": 3}
        assert log.root_at(session, 8) == before.root
    report = verify_log(village)
    assert report.consistent
    assert report.erased == 1


def test_erasing_twice_is_harmless(village: Village) -> None:
    append(village, 2)
    for _ in range(2):
        with writing(village) as work:
            erasing.erase(work, "forgotten", {}, [1])
    assert verify_log(village).erased == 1


def without_triggers(village: Village, statement: str) -> None:
    """Rewrite as an intruder would who has the database file and knows about the triggers."""
    with village.write() as session:
        connection = session.connection()
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars()
        for name in list(names):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "code", "first", "last"),
    [
        ("UPDATE ledger_entry SET kind = 'other' WHERE \"index\" = 4", "entry_altered", 4, 4),
        ("UPDATE ledger_content SET salt = zeroblob(32)", "entry_altered", 0, 7),
        ('DELETE FROM ledger_content WHERE "index" = 2', "content_missing", 2, 2),
        ("DELETE FROM ledger_node WHERE level = 1", "node_missing", 0, 7),
        ("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 2", "node_altered", 0, 7),
        ("UPDATE checkpoint SET note = replace(note, 'ref', 'rex')", "paper_altered", 0, 7),
    ],
)
def test_an_intruders_rewrite_is_found_and_named(
    sqlite_village: Village, statement: str, code: str, first: int, last: int
) -> None:
    append(sqlite_village, 7)
    with writing(sqlite_village) as work:
        log.sign_checkpoint(work, "x", 7, ("ref x",))
    without_triggers(sqlite_village, "PRAGMA foreign_keys = 0")
    without_triggers(sqlite_village, statement)
    findings = verify_log(sqlite_village).findings
    assert (code, first, last) in [(each.code, each.first, each.last) for each in findings]


def test_a_leaf_that_was_altered_is_not_signed_again(sqlite_village: Village) -> None:
    append(sqlite_village, 3)
    without_triggers(sqlite_village, "UPDATE ledger_content SET salt = zeroblob(32)")
    with pytest.raises(EnvironmentFault, match="log_damaged"), writing(sqlite_village) as work:
        log.sign_checkpoint(work, "x", 3, ())


def test_the_content_says_what_was_appended(village: Village) -> None:
    with writing(village) as work:
        index = log.append(work, "points", {"case": 7, "points": -5, "note": "清理"})
    with village.read() as session:
        assert log.content_of(session, index) == {"case": 7, "points": -5, "note": "清理"}
        salts = session.scalars(select(LedgerContent.salt)).all()
    assert all(len(salt) == 32 for salt in salts)


def test_entries_of_rare_kinds_are_found_without_reading_the_log(sqlite_village: Village) -> None:
    plans: list[str] = []
    with sqlite_village.read() as session:
        for kind in RARE:
            asked = select(LedgerEntry.index).where(of_kind(kind))
            said = asked.compile(
                sqlite_village.database.engine, compile_kwargs={"literal_binds": True}
            )
            plans += session.execute(text(f"EXPLAIN QUERY PLAN {said}")).scalars("detail")
    assert plans == len(RARE) * [
        "SEARCH ledger_entry USING COVERING INDEX ix_ledger_entry_rare (kind=?)"
    ]
    with pytest.raises(ValueError, match="no index"):
        of_kind("points")


def test_whoever_proves_the_log_believes_no_index_of_it(sqlite_village: Village) -> None:
    with writing(sqlite_village) as work:
        ended = log.append(work, log.KEY_REPLACED, {"old": "a key", "new": "another"})
    for statement in (
        "DROP INDEX ix_ledger_entry_rare",
        "CREATE INDEX ix_ledger_entry_rare ON ledger_entry (kind) WHERE kind = 'nothing'",
        "PRAGMA writable_schema = 1",
        "UPDATE sqlite_master SET sql = replace(sql, 'nothing', 'key_replaced')",
        "PRAGMA writable_schema = RESET",
    ):
        execute(sqlite_village, statement)
    with sqlite_village.read() as session:
        assert log.key_ends(session) == {}
        assert log.key_ends(session, by_index=False) == {"a key": ended}
