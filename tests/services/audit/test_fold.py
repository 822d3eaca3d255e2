"""The log alone gives the tables: what differs from it is named, and nothing that fits is."""

from __future__ import annotations

import ast
import importlib
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.core.ids import new_touch_id
from kiosk.models import Base
from kiosk.models.about import NotInLog, Projected, Proved
from kiosk.models.consent import Consent, Pause
from kiosk.services.audit.fold import replay
from kiosk.services.audit.fold import state as state_module
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.fold.takers import TAKERS, takes
from kiosk.services.audit.tables import check_tables, verify_village
from kiosk.services.cases.flow import table
from kiosk.services.consent import consents, pauses
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.services.conftest import Street

SERVICES = Path(__file__).parents[3] / "kiosk" / "services"
APPENDS = ("erasing.erase", "log.append", "rows.append")
CHOSEN = {
    "act": {"card_found", "card_unblocked"},
    "kind": set(),  # `rows.append` hands on what it is called with
    "own": {row.writes[0] for row in table.MOVES},
    "f'perk_{state}'": {"perk_collected", "perk_cancelled", "perk_refunded"},
}
"""The kinds that a service puts together, by the words of its call."""


def written() -> set[str]:
    """The kind of every entry that any service appends."""
    return {
        kind
        for file in SERVICES.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in APPENDS and len(call.args) > 2
        for kind in _kinds(file, call.args[1])
    }


def _kinds(file: Path, said: ast.expr) -> set[str]:
    if isinstance(said, ast.Constant):
        return {str(said.value)}
    words = ast.unparse(said)
    if words in CHOSEN:
        return CHOSEN[words]
    room = ".".join(file.relative_to(SERVICES.parents[1]).with_suffix("").parts)
    found: Any = importlib.import_module(room)
    for name in words.split("."):
        found = getattr(found, name)
    return {str(found)}


@pytest.mark.long
def test_every_kind_that_is_written_has_exactly_one_taker() -> None:
    taken = {*TAKERS}
    assert written() - taken == set()
    assert taken - written() == {*replay.EARLIER}


def test_two_takers_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two takers of paused"):
        takes("paused")(lambda *_: None)


def test_every_table_says_how_the_log_gives_it() -> None:
    assert [each.__tablename__ for each in Base.tables() if each.logged is None] == []


@pytest.mark.parametrize("model", Base.tables(), ids=lambda model: model.__tablename__)
def test_what_a_table_says_of_its_columns_is_true_of_them(model: type[Base]) -> None:
    said = model.logged
    if isinstance(said, NotInLog | Proved):
        assert len(said.why if isinstance(said, NotInLog) else said.how) > 10
    if isinstance(said, Projected):
        names = {*said.key, *said.unproved, *filter(None, [said.counted])}
        assert names <= {*model.__table__.c.keys()}
        assert said.key
        assert not {*said.key} & {*said.unproved}
    if isinstance(said, Projected | Proved):
        assert {*said.unproved} <= {*model.__table__.c.keys()}
        assert all(len(why) > 10 for why in said.unproved.values())


# --- Two small tables


@pytest.fixture
def who(street: Street) -> int:
    """Somebody who joined, rested twice, withdrew, and joined anew."""
    village, who = street.village, street.house().people[0]
    card = street.sign_in(who)
    street.consent([who], "number")
    for _ in range(2):
        pauses.pause(village, card, new_touch_id())
        pauses.resume(village, card, new_touch_id())
    with writing(village) as work:
        consents.withdraw_in(work, who, "number")
    street.consent([who], "number")
    return who


def found(village: Village) -> list[tuple[str, str]]:
    """What of the tables differs from the log, by code and name."""
    with reading(village) as work:
        return [(each.code, each.name) for each in check_tables(work).findings]


def change(village: Village, statement: str) -> None:
    """What somebody does who has the database in their hands."""
    with village.write() as session:
        session.execute(text(statement))


@pytest.mark.long
def test_a_village_that_only_lived_is_as_its_log_gives_it(who: int, village: Village) -> None:
    assert found(village) == []
    assert verify_village(village).consistent


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE consent SET withdrawn_at = NULL", [("row_altered", "consent.withdrawn_at")]),
        ("UPDATE consent SET purpose = 'panel' WHERE id = 1", [("row_altered", "consent.purpose")]),
        ("DELETE FROM consent WHERE id = 2", [("row_missing", "consent")]),
        ("UPDATE consent SET id = 9 WHERE id = 1", [("row_altered", "consent.id")]),
        (
            "UPDATE consent SET ledger_index = 99 WHERE id = 1",
            [("row_missing", "consent"), ("row_extra", "consent")],
        ),
        ("UPDATE pause SET ended_at = NULL WHERE id = 2", [("row_altered", "pause.ended_at")]),
        ("DELETE FROM pause", [("row_missing", "pause"), ("row_missing", "pause")]),
        (
            "INSERT INTO pause (id, resident_id, since) SELECT 3, resident_id, since FROM pause"
            " WHERE id = 1",
            [("row_extra", "pause")],
        ),
    ],
)
def test_what_differs_is_named(
    who: int, village: Village, statement: str, expected: list[tuple[str, str]]
) -> None:
    change(village, statement)
    assert found(village) == expected
    assert not verify_village(village).consistent


def test_a_value_of_another_type_is_a_difference(sqlite_village: Village) -> None:
    street = Street(sqlite_village)
    street.consent(street.house().people, "number")
    change(sqlite_village, "UPDATE consent SET given_at = 'soon', text_version = 'one'")
    assert found(sqlite_village) == [
        ("row_altered", "consent.text_version"),
        ("row_altered", "consent.given_at"),
    ]


def test_an_entry_that_the_rules_do_not_allow_is_named(who: int, village: Village) -> None:
    with writing(village) as work:
        log.append(work, "resumed", {"resident": who})
        log.append(work, "paused", {})
        log.append(work, "promoted", {"resident": who})
    assert found(village) == [
        ("not_allowed", "resumed: no pause stood"),
        ("not_allowed", "paused: cannot be read"),
        ("kind_unknown", "promoted"),
    ]


def test_a_table_says_all_that_must_be_said_of_a_row() -> None:
    state = State(lambda _size: None, lambda _index: ())
    with state.closing(), pytest.raises(LookupError, match="consent"):
        state.put(Consent, resident_id=1)


def test_a_state_too_large_for_memory_stands_in_a_private_file_that_has_no_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(state_module, "PRAGMAS", ("journal_mode=OFF", "cache_size=-64"))
    state, at = State(lambda _size: None, lambda _index: ()), datetime(2026, 11, 23, tzinfo=UTC)
    with state.closing():
        for each in range(5_000):
            state.put(Pause, resident_id=each, since=at)
        opened = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
        files = [each.stat() for each in opened if "etilqs" in str(each.readlink())]
        assert {(each.st_nlink, stat.S_IMODE(each.st_mode)) for each in files} == {(0, 0o600)}
        assert len(state.rows(Pause)) == 5_000


def test_what_stands_behind_a_gap_is_taken_in_all_the_same(who: int, village: Village) -> None:
    if not village.database.is_sqlite:
        pytest.skip("the guards are taken off in SQLite's way")
    with writing(village) as work:
        log.append(work, "clock_confirmed", {})
        log.append(work, "paused", {"resident": who})
        work.session.add(Pause(resident_id=who, since=work.now))
    with village.write() as session:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in session.scalars(text(triggers)).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
        lost = session.scalar(text('SELECT max("index") - 1 FROM ledger_entry'))
        for name in ("ledger_content", "ledger_entry"):
            session.execute(text(f'DELETE FROM {name} WHERE "index" = {lost}'))
    codes = {code for code, _ in found(village)}
    assert "gap" in codes
    assert not {code for code in codes if code.startswith("row_")}
