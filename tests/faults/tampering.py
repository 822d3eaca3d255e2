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

import importlib.util
import random
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pysqlite3

from kiosk.core.encoding import canonical
from kiosk.core.errors import EnvironmentFault
from kiosk.models.base import Base, Moment
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import SIGNED_VERDICTS, check_paper
from kiosk.services.ledger import log, merkle
from kiosk.services.ledger.export import export_log
from kiosk.services.signing.signed_note import take_words
from kiosk.services.village import Village
from tests.faults import hall, matrix, server_schema
from tests.faults.everything import everything
from tests.faults.report import Form, Report, shared

ROOT = Path(__file__).parents[2]
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
        vars(sys.modules[__name__])["verify_village"] = verify_log
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
    hall.draw_quickly()
    told: list[hall.Ack] = []
    with hall.opened(template).closing() as village:
        worker = hall.Worker(village, found, told.append, seed=4)
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
    with _raw(file) as connection:
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _some_rows(file: Path, table: str) -> list[int]:
    """The first, the last and one between: every row is of the same kind."""
    with _raw(file) as connection:
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
        f"WHEN {name} GLOB '{{*' THEN '{{\"courtyard\": 5, \"recycling\": 5}}' "
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


def intrude(file: Path, work: Callable[[Any], object]) -> None:
    """Change the file as somebody would who knows of the triggers: they are there again after."""
    with _raw(file) as connection:
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


class _raw:  # noqa: N801 - reads as the verb it is
    """A connection of an intruder: no foreign keys, no settings."""

    def __init__(self, file: Path) -> None:
        self._connection = pysqlite3.connect(str(file), isolation_level=None)

    def __enter__(self) -> Any:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


# --- chains -----------------------------------------------------------------------------------


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


# --- proofs and slips -------------------------------------------------------------------------


def forge_proofs(scene: Scene, report: Report, dice: random.Random, count: int) -> None:
    """Inclusion and consistency proofs that are not: every one is refused."""
    with hall.opened(scene.root).closing() as village, village.read() as session:
        read, size = log.node_reader(session), log.head(session).size
        leaves = [read(0, index) for index in range(size)]
        roots = {n: merkle.root(n, read) for n in range(1, size + 1)}
        tried = 0
        while tried < count:
            forged = _forged_inclusion(dice, leaves, roots, read)
            if forged is not None:
                tried += 1
                if merkle.verify_inclusion(*forged):
                    report.breach("inclusion", [str(forged)])
            other = _forged_consistency(dice, roots, read)
            if other is not None:
                tried += 1
                if merkle.verify_consistency(*other):
                    report.breach("consistency", [str(other)])
        report.count("proofs forged and refused", tried)


def _mangled(dice: random.Random, proof: list[bytes], other: list[bytes]) -> list[bytes]:
    """The proof with a bit flipped, cut, lengthened, in another order, or another's."""
    place = dice.randrange(len(proof)) if proof else 0
    flipped = (
        bytes([proof[place][0] ^ (1 << dice.randrange(8))]) + proof[place][1:] if proof else b""
    )
    ways: list[Callable[[], list[bytes]]] = [
        lambda: [*proof[:place], flipped, *proof[place + 1 :]],
        lambda: proof[:place] + proof[place + 1 :],
        lambda: [*proof[:place], secrets.token_bytes(32), *proof[place:]],
        lambda: proof[::-1],
        lambda: other,
        lambda: proof[:place] + other[place:],
    ]
    return dice.choice(ways)() if proof else other


def _forged_inclusion(
    dice: random.Random, leaves: list[bytes], roots: dict[int, bytes], read: merkle.NodeReader
) -> Any:
    size = dice.randint(2, len(leaves))
    index, wrong = dice.randrange(size), dice.randrange(size)
    real = merkle.inclusion_proof(index, size, read)
    other = merkle.inclusion_proof(wrong, size, read)
    if dice.random() < 0.3 and leaves[wrong] != leaves[index]:  # another leaf on a real proof
        return leaves[wrong], index, size, real, roots[size]
    forged = _mangled(dice, list(real), list(other))
    return None if forged == real else (leaves[index], index, size, forged, roots[size])


def _forged_consistency(
    dice: random.Random, roots: dict[int, bytes], read: merkle.NodeReader
) -> Any:
    new = dice.randint(2, len(roots))
    old, wrong = dice.randrange(1, new), dice.randrange(1, new)
    real = merkle.consistency_proof(old, new, read)
    other = merkle.consistency_proof(wrong, new, read)
    if dice.random() < 0.3 and wrong != old:  # a root that was never that size's
        return old, new, roots[wrong], roots[new], real
    forged = _mangled(dice, list(real), list(other))
    return None if forged == real else (old, new, roots[old], roots[new], forged)


def forge_slips(scene: Scene, report: Report, dice: random.Random, count: int) -> None:
    """Slips with a letter changed, cut, another's signature or words, another key: refused."""
    origin, keys, _ = alone().read_log(scene.exported)
    with hall.opened(scene.root).closing() as village:
        for _ in range(count):
            forged = _forged_slip(dice, scene.slips, origin)
            if any(_scans_alike(forged, each) for each in scene.slips):
                continue
            report.count("slips forged")
            verdict = check_paper(village, forged).verdict
            if verdict in SIGNED_VERDICTS:
                report.breach("the kiosk accepts", [repr(forged)])
            try:
                alone().read_paper("forged", forged, origin, keys)
                report.breach("the stand-alone verifier accepts", [repr(forged)])
            except alone().Unusable:
                report.count("slips refused by both")


def _forged_slip(dice: random.Random, slips: tuple[str, ...], origin: str) -> str:
    note, other = dice.sample(slips, 2)
    (words, bare), (others, other_bare) = take_words(note), take_words(other)
    place = dice.randrange(len(note))
    ways = [
        lambda: _retyped(dice, note, place),
        lambda: note[:place],
        lambda: note[:place] + note[place + 1 :],
        lambda: note.rpartition("\n\n")[0] + "\n\n" + other.rpartition("\n\n")[2],
        lambda: "\n".join([*bare.split("\n")[:2], *other_bare.split("\n")[2:]]),
        lambda: _by_another_key(note, origin),
    ]
    if words and others:  # the note is genuine, and what people read before it is not its own
        ways += [
            lambda: f"{others}\n\n{bare}",
            lambda: f"{_retyped(dice, words, place % len(words))}\n\n{bare}",
            lambda: f"{words.rpartition(chr(10))[0]}\n\n{bare}",
        ]
    return dice.choice(ways)()


def _retyped(dice: random.Random, text: str, place: int) -> str:
    return text[:place] + chr(dice.randrange(33, 126)) + text[place + 1 :]


def _by_another_key(note: str, origin: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from kiosk.services.signing.signed_note import sign

    return sign(note.rpartition("\n\n")[0] + "\n", origin, Ed25519PrivateKey.generate())


def _scans_alike(text: str, slip: str) -> bool:
    """A slip whose dash no scanner could type is no forgery, nor is a note without its words."""
    typed = "".join(text.split())
    wholes = ["".join(each.split()) for each in (slip, take_words(slip)[1])]
    return typed in {each.replace("—", dash) for each in wholes for dash in ("—", "-", "")}


@cache
def alone() -> ModuleType:
    """The stand-alone verifier, which shares no code with the kiosk."""
    file = ROOT / "packaging" / "verifier" / "verify_log.py"
    spec = importlib.util.spec_from_file_location("verify_log", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_log"] = module
    spec.loader.exec_module(module)
    # The same slips are read beside each rewritten log, by keys that are the same.
    vars(module)["signature_fits"] = cache(vars(module)["signature_fits"])
    return module
