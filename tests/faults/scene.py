"""The village that is tampered with: at rest, with all that it says, and who finds a change."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3

from kiosk.core.errors import EnvironmentFault
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger.export import export_log
from kiosk.services.signing.signed_note import take_words
from kiosk.services.village import Village
from tests.faults import hall
from tests.faults.worker import Worker, draw_quickly

CLAIMED = {
    "ledger_entry": '"index", kind, at, "commitment"',
    "ledger_content": '"index", salt, content',
    "ledger_erasure": '"index", "by"',
    "ledger_node": "level, position, hash",
    "checkpoint": "tree_size, reference, signature, note",
    "point_entry": "resident_id, case_id, points, happened_on, effective_on, ends_on, ended_on",
    "wallet_movement": "resident_id, points, case_id, why, ledger_index",
    "case_move": "case_id, move, from_state, to_state, actor_id, reason, sentence, ledger_index",
    "confirmation": "case_id, confirmer_id, household_id, ledger_index",
    "record_view": "viewer_id, subject_id, purpose, ledger_index",
    "consent": "resident_id, purpose, text_version, ledger_index",
    "door_sign": "serial, household_id, shown, valid_until, ended_why, ledger_index",
    "rating": "household_id, dimension, stars, contested, ledger_index",
    "perk": "title, price, stock, picture, per_person, ended_at, ledger_index",
    "redemption": "reference, perk_id, resident_id, price, collect_by, state, ended_at, "
    "ledger_index",
    "rule_version": "rule, version, valid_from, kind, area, points, reporters, icon, title, "
    "text, remedy, ledger_index",
    '"case"': "reference, kind, subject_id, reporter_id, happened_on, part_of_day, place, words, "
    "state",
}
"""What the log bears out, table by table."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d.\d\d:\d\d:\d\d[.,]\d{6}", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Scene:
    """A village at rest, the slips that people carry home from it, and the log as exported."""

    root: Path
    slips: tuple[str, ...]
    sizes: tuple[int, ...]
    exported: Path
    known: dict[str, Any]

    @property
    def file(self) -> Path:
        return self.root / "village" / "village.sqlite3"


def make_scene(folder: Path) -> Scene:
    """A hall in which some work was done, with a slip signed after each piece of it."""
    template = folder / "scene"
    template.mkdir()
    small = (hall.RESIDENTS, hall.CONCERNS)
    hall.RESIDENTS, hall.CONCERNS = 3, 2
    found = hall.build(template)
    hall.RESIDENTS, hall.CONCERNS = small
    draw_quickly()
    told: list[hall.Ack] = []
    with hall.opened(template).closing() as village:
        worker = Worker(village, found, told.append, seed=4)
        for work in (
            worker.deed,
            worker.right,
            worker.nominate,
            worker.redeem,
            worker.sign,
            worker.deed,
        ):
            work()
            while worker.spooler.step():
                pass
        slips = tuple(ack["note"] for ack in told if ack.get("op") == "paper")
        exported = folder / "log.jsonl"
        export_log(village, exported)
    file = template / "village" / "village.sqlite3"
    _pack(file)
    sizes = tuple(int(take_words(slip)[1].split("\n")[1]) for slip in slips)
    return Scene(template, slips, sizes, exported, dump(file))


def _pack(file: Path) -> None:
    """The same database without a free byte that could be got rid of: small pages, no free list."""
    connection = pysqlite3.connect(str(file), isolation_level=None)
    for statement in ("journal_mode=DELETE", "page_size=512"):
        connection.execute(f"PRAGMA {statement}").fetchall()
    connection.execute("VACUUM")
    connection.close()


def dump(file: Path) -> dict[str, Any]:
    """Every row of what is claimed, as SQLite reads it from the file alone, indices apart.

    Raises:
        pysqlite3.Error: it cannot be read.
    """
    connection = pysqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        found: dict[str, Any] = {
            name: sorted(
                repr(tuple(map(_meant, row)))
                for row in connection.execute(f"SELECT {columns} FROM {name} NOT INDEXED")
            )
            for name, columns in CLAIMED.items()
        }
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        found["triggers"] = sorted(connection.execute(triggers).fetchall())
        return found
    finally:
        connection.close()


def _meant(value: Any) -> Any:
    """A moment as the program reads it: whatever stands between day and hour, point or comma."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value[:10] + "T" + value[11:].replace(",", ".")
    return value


def who_finds(file: Path, scene: Scene) -> str:
    """Who finds that `file` is not what it was: the opening, verify, SQLite; empty for nobody."""
    root = scene.root.parent / "opened"
    if not root.exists():
        shutil.copytree(scene.root, root)
    for old in (root / "village").glob("village.sqlite3*"):
        old.unlink()
    shutil.copy(file, root / "village" / "village.sqlite3")
    try:
        with hall.opened(root).closing() as village:
            if verify_village(village).findings:
                return "verify"
            return _by_sqlite(village)
    except EnvironmentFault as fault:
        return f"the opening ({fault.code})"
    except Exception as bug:
        return f"bug {type(bug).__name__} {str(bug)[:200]}"


def _by_sqlite(village: Village) -> str:
    with village.read() as session:
        answer = session.connection().exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return "" if answer == ["ok"] else "SQLite's integrity check"


def intrude(file: Path, work: Callable[[Any], object]) -> None:
    """Change the file as somebody would who knows of the triggers: they are there again after."""
    with raw(file) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        work(connection)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


class raw:  # noqa: N801 - reads as the verb it is
    """A connection of an intruder: no foreign keys, no settings."""

    def __init__(self, file: Path) -> None:
        self._connection = pysqlite3.connect(str(file), isolation_level=None)

    def __enter__(self) -> Any:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
