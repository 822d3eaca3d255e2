"""The log rewritten from one entry on, with every hash recomputed but without the key."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.core.encoding import canonical
from kiosk.models.base import Moment
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log, merkle
from kiosk.services.ledger.export import export_log
from tests.faults import hall
from tests.faults.report import Report
from tests.faults.scene import Scene, intrude
from tests.faults.stand_alone import alone


def rewrite_chains(scene: Scene, report: Report) -> None:
    """Rewrite the log from one entry on with all hashes recomputed, but without the key."""
    for rewrite in (_alter, _remove, _insert, _swap, _cut, _alter_and_pretend_a_restore):
        for index in _places(scene):
            trial = scene.root / "village" / "trial.sqlite3"
            shutil.copy(scene.file, trial)
            intrude(trial, partial(_rewritten, rewrite=rewrite, at=index))
            _judge_rewrite(scene, report, trial, rewrite.__name__.strip("_"), index)


def _places(scene: Scene) -> list[int]:
    """Every entry before the last slip, thinned out to what a short run has time for."""
    return sorted({*range(0, max(scene.sizes) - 1, 9), *(size - 1 for size in scene.sizes[:-1])})


Row = list[Any]


def _rewritten(connection: Any, rewrite: Callable[[list[Row], int], list[Row]], at: int) -> None:
    """Every row of the log anew, from what `rewrite` makes of its contents."""
    rows = [
        list(row)
        for row in connection.execute(
            "SELECT e.kind, e.at, c.salt, c.content FROM ledger_entry e "
            'JOIN ledger_content c ON c."index" = e."index" ORDER BY e."index"'
        )
    ]
    rows = rewrite(rows, at)
    for table in ("ledger_entry", "ledger_content", "ledger_node"):
        connection.execute(f"DELETE FROM {table}")
    nodes: dict[tuple[int, int], bytes] = {}
    for index, (kind, moment, salt, content) in enumerate(rows):
        spoken = Moment().process_result_value(_moment(moment), None)  # type: ignore[arg-type]
        assert spoken is not None
        committed = log.commitment(salt, kind, spoken, content)
        entry = (index, kind, moment, committed)
        connection.execute("INSERT INTO ledger_entry VALUES (?, ?, ?, ?)", entry)
        connection.execute("INSERT INTO ledger_content VALUES (?, ?, ?)", (index, salt, content))
        leaf = merkle.leaf_hash(committed)
        read = lambda level, position: nodes[level, position]  # noqa: E731
        for level, position, digest in list(merkle.completed_nodes(index, leaf, read)):
            nodes[level, position] = digest
    connection.executemany(
        "INSERT INTO ledger_node VALUES (?, ?, ?)",
        [(level, position, digest) for (level, position), digest in nodes.items()],
    )
    connection.execute("DELETE FROM checkpoint")  # the copies of papers would give it away


def _moment(stored: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(stored)


def _alter(rows: list[Row], at: int) -> list[Row]:
    rows[at][3] = canonical({"points": 99})
    return rows


def _remove(rows: list[Row], at: int) -> list[Row]:
    return rows[:at] + rows[at + 1 :]


def _insert(rows: list[Row], at: int) -> list[Row]:
    new = ["points", rows[at][1], secrets.token_bytes(32), canonical({"points": 9})]
    return [*rows[:at], new, *rows[at:]]


def _swap(rows: list[Row], at: int) -> list[Row]:
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return rows


def _cut(rows: list[Row], at: int) -> list[Row]:
    return rows[:at]


def _alter_and_pretend_a_restore(rows: list[Row], at: int) -> list[Row]:
    rows[at][0], rows[at][3] = "restored", canonical({"from": at})
    return rows


def _judge_rewrite(scene: Scene, report: Report, trial: Path, how: str, at: int) -> None:
    """Every slip that covers the altered place has to find it: the kiosk's check and the other.

    What the terminal remembers of the log stops nobody here: whoever holds the machine changes it
    along with the log, and the slips have to find it alone.
    """
    root = scene.root.parent / "rewritten"
    hall.copy(scene.root, root)
    shutil.copy(trial, root / "village" / "village.sqlite3")
    with hall.opened(root, to_examine=True).closing() as village:
        exported = root / "log.jsonl"
        export_log(village, exported)
        origin, keys, commitments = alone().read_log(exported)
        for slip, size in zip(scene.slips, scene.sizes, strict=True):
            found = check_paper(village, slip)
            paper = alone().read_paper("slip", slip, origin, keys)
            other = (
                paper.size <= len(commitments)
                and alone().root_of(commitments[: paper.size]) == paper.root
            )
            touched = size > at
            report.count(f"chains: slips that {'cover' if touched else 'precede'} a rewrite")
            caught = found.verdict in ("log_rewritten", "log_shorter")
            if touched:
                report.count(f"chains: found as {found.verdict}", int(caught))
            if caught != touched or other == touched:
                report.breach(f"{how} at {at}, slip of {size}", [f"{found.verdict}, other {other}"])
    report.count("chains rewritten")
