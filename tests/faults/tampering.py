"""Tampering: somebody has the database file in their hands, but neither the key nor the papers.

Every column, row and object of the schema is changed by the program's own list of tables
(`matrix.py`; ``--table=NAME`` does one table alone), and so is each object of a server's schema
(`server_schema.py`). Bits are flipped; rows are edited, deleted,
slipped in and put in another order, with every hash recomputed; proofs and slips are forged, cut,
replayed and mixed.

What is claimed: a change to any row of the log, or of a table that the log bears out, is found by
`kiosk verify`, or the file does not open, or SQLite's own check finds it. What is done to a table
or column that the program lists as not covered is not claimed to be found, and is counted apart.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pysqlite3

from kiosk.models.base import Base
from kiosk.services.audit.log import verify_log
from tests.faults import hall, matrix, server_schema
from tests.faults import scene as scenes
from tests.faults.everything import everything
from tests.faults.forging import forge_proofs, forge_slips
from tests.faults.report import Form, Report, shared
from tests.faults.rewriting import rewrite_chains
from tests.faults.scene import CLAIMED, Scene, dump, intrude, make_scene, raw, who_finds

FLIPS: dict[Form, int] = {"brief": 500, "usual": 500, "long": 40_000}
SERVERS: dict[Form, int] = {"brief": 97, "usual": 1, "long": 1}
"""One change of a server's schema in so many."""
FORGERIES: dict[Form, int] = {"brief": 200, "usual": 1_100, "long": 11_000}


def run(form: Form = "usual", defect: bool = False, every: bool = False, table: str = "") -> Report:
    """Every kind of tampering; `every` flips each bit of the file, which takes hours.

    `table` runs the matrix alone, and of it what is done to that table.

    The defect: a verify that looks at the log alone and not at what came of it.

    Raises:
        ValueError: there is no such table; nothing would be tried, and nothing found.
    """
    if table and table not in Base.metadata.tables:
        raise ValueError(f"no table {table}")
    if defect:
        vars(scenes)["verify_village"] = verify_log
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder:
        tampered = partial(_matrix, Path(folder), form, table)
        if table:
            return shared(tampered)
        scene = make_scene(Path(folder))
        report = shared(partial(_share, scene, form, defect, every))
        if not defect:
            report.add(shared(tampered))
            server_schema.drive(report, one_in=SERVERS[form])
        return report


def _matrix(folder: Path, form: Form, table: str, share: int, of: int) -> Report:
    report = Report("tampering")
    with everything(folder / f"matrix-{share}").closing() as village:
        only = (table,) if table else ()
        matrix.drive(village, report, form, tables=only, share=share, of=of)
    return report


def _share(scene: Scene, form: Form, defect: bool, every: bool, share: int, of: int) -> Report:
    report, dice = Report("tampering"), random.Random(4)
    mine = scene.root.parent / f"share-{share}" / "scene"
    shutil.copytree(scene.root, mine)
    scene = replace(scene, root=mine)
    size = 8 * scene.file.stat().st_size
    report.figures["bits in the database file"] = size
    flips = size if every else FLIPS[form]
    bits = sorted(dice.sample(range(size), flips))
    for bit in bits[share::of]:
        flip(scene, report, bit)
    if share == of - 1:
        edit_rows(scene, report)
    if share == 0 and not defect:
        rewrite_chains(scene, report)
        forge_proofs(scene, report, dice, FORGERIES[form])
        forge_slips(scene, report, dice, FORGERIES[form])
    return report


# --- bits -----------------------------------------------------------------------------------------


def flip(scene: Scene, report: Report, bit: int) -> None:
    """One flipped bit: what it changed, and who found it."""
    whole = scene.file.read_bytes()
    place, mask = bit // 8, 1 << (bit % 8)
    trial = scene.root / "village" / "trial.sqlite3"
    changed = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
    trial.write_bytes(changed)
    try:
        rows = dump(trial)
    except (pysqlite3.Error, UnicodeDecodeError):
        report.count("bits: the rows cannot be read at all")
        rows = None
    if rows == scene.known:
        report.count("bits: no claimed row reads otherwise")
        return
    report.count("bits: a claimed row is changed or unreadable")
    finder = who_finds(trial, scene)
    report.count(f"bits: found by {finder}")
    if not finder or finder.startswith("bug"):
        report.breach(f"bit {bit}", [f"{finder or 'not found'}: {_difference(scene, rows)}"])


def _difference(scene: Scene, rows: dict[str, Any] | None) -> str:
    if rows is None:
        return "unreadable"
    return str([name for name, told in rows.items() if told != scene.known[name]])


# --- rows -----------------------------------------------------------------------------------------


def edit_rows(scene: Scene, report: Report) -> None:
    """Change each column of each claimed row, delete each, and slip a copy of each in."""
    for table, told in CLAIMED.items():
        columns = [each.strip('"') for each in told.split(", ")]
        for rowid in _some_rows(scene.file, table):
            for column in columns:
                _edit(scene, report, table, "edited", _change(table, column, rowid))
            _edit(scene, report, table, "deleted", (f"DELETE FROM {table} WHERE rowid = {rowid}",))
            copied = _copied(scene.file, table, rowid)
            if copied:
                _edit(scene, report, table, "slipped in", (copied,))


def _columns(file: Path, table: str) -> list[str]:
    with raw(file) as connection:
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _some_rows(file: Path, table: str) -> list[int]:
    """The first, the last and one between: every row is of the same kind."""
    with raw(file) as connection:
        found = [row[0] for row in connection.execute(f"SELECT rowid FROM {table} ORDER BY 1")]
    return sorted({found[0], found[len(found) // 2], found[-1]}) if found else []


def _change(table: str, column: str, rowid: int) -> tuple[str, ...]:
    """Another value of the same type, as somebody would choose who wants to be believed."""
    name = f'"{column}"'
    other = (
        f"CASE WHEN {name} IS NULL THEN '2026-11-11' "
        f"WHEN typeof({name}) = 'integer' THEN {name} + 1 "
        f"WHEN typeof({name}) = 'blob' THEN zeroblob(length({name})) "
        f"WHEN {name} GLOB '20[0-9][0-9]-*' THEN replace({name}, '2026', '2025') "
        f"WHEN {name} GLOB '{{*' THEN '{{\"courtyard\": 4, \"recycling\": 4}}' "
        f"ELSE {name} || 'x' END"
    )
    return (f"UPDATE {table} SET {name} = {other} WHERE rowid = {rowid}",)


def _copied(file: Path, table: str, rowid: int) -> str | None:
    """The statement that slips a second row like this one in; None where a key forbids it."""
    columns = [name for name in _columns(file, table.strip('"')) if name != "id"]
    if "id" not in _columns(file, table.strip('"')):
        return None
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE rowid = {rowid}"


def _edit(scene: Scene, report: Report, table: str, how: str, statements: tuple[str, ...]) -> None:
    trial = scene.root / "village" / "trial.sqlite3"
    shutil.copy(scene.file, trial)
    try:
        intrude(trial, lambda connection: [connection.execute(each) for each in statements])
    except pysqlite3.Error:
        report.count("rows: refused by a constraint")
        return
    if dump(trial) == scene.known:
        return
    report.count(f"rows {how}")
    finder = who_finds(trial, scene)
    if not finder or finder.startswith("bug"):
        report.breach(f"{table} {how} {statements}", [finder or "not found"])
