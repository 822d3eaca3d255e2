"""The whole matrix of tampering: every column, every kind of row, every object of the schema.

Nothing here names a table: the program's own list says which there are, so that a new one is never
forgotten. Whoever tampers has the database and knows the program: triggers are off meanwhile and
stand again afterwards, a changed value is one that could stand there, and a row that is slipped in
is a copy of a real one under a fresh key.

Each change is made in a transaction in which `kiosk verify` is run, and rolled back. It has to be
found, or its column or table has to be on the program's own list of what is not covered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kiosk.models import Base
from kiosk.services.village import Village
from tests.faults.changes import cells_of, schema_cells
from tests.faults.report import Form, Report
from tests.faults.tampered import OUTCOMES, VALUES, Cell, Change, Outcome, Tampering

SCHEMA_DRAWN = 5
"""How many changes of the schema a brief form draws."""


@dataclass
class Findings:
    """What came of each cell, and what found it."""

    worst: dict[Cell, Outcome] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    examples: dict[Cell, str] = field(default_factory=dict)

    def note(self, change: Change, outcome: Outcome, by: str) -> None:
        """One change more, and who found it."""
        self.changes += 1
        order = list(OUTCOMES)
        known = self.worst.get(change.cell)
        # A change that a constraint refuses was none; another value may do.
        ranked = [each for each in (known, outcome) if each not in (None, "refused")]
        worst = max(ranked, key=order.index) if ranked else outcome
        if worst != known:
            self.worst[change.cell] = worst
            self.examples[change.cell] = f"{change.told}{f' ({by})' if by else ''}"
        if outcome == "verify":
            self.codes.update(by.split(", "))


def drive(
    village: Village,
    report: Report,
    form: Form,
    *,
    tables: Sequence[str] = (),
    share: int = 0,
    of: int = 1,
) -> None:
    """Every cell, or those of `tables` alone; a brief form draws one column of each table."""
    tampered = Tampering(village, form)
    if found := tampered.untouched():
        report.breach("matrix: before anything was changed", [found])
    findings = Findings()
    for cells in islice(_cells(tampered, tables), share, None, of):
        any(_try(tampered, findings, changes) for changes in cells)
    tampered.close()
    _tell(findings, report)


def _try(tampered: Tampering, findings: Findings, changes: list[Change]) -> bool:
    """One cell: of each row as many values as the form has time for, until one goes unnoticed.

    False if a brief form has to draw again: the database lets nobody make what it drew.
    """
    made: Counter[str] = Counter()
    for change in changes:
        if made[change.row] < VALUES[tampered.form]:
            outcome, by = tampered.judge(change)
            if outcome == "refused" and tampered.form == "brief":
                continue
            findings.note(change, outcome, by)
            made[change.row] += outcome != "refused"
            if outcome in ("bug", "neither"):
                return True
    return made.total() > 0


def _tell(findings: Findings, report: Report) -> None:
    report.count("matrix: cells", len(findings.worst))
    report.count("matrix: changes", findings.changes)
    for outcome, words in OUTCOMES.items():
        cells = [cell for cell, worst in findings.worst.items() if worst == outcome]
        report.count(f"matrix: {words}", len(cells))
        if outcome in ("refused", "bug", "neither"):
            told = {str(cell): findings.examples[cell] for cell in cells}
            report.list(f"matrix, {words}", [f"{cell}: {told[cell]}" for cell in told])
            if outcome != "refused":
                report.breach(f"matrix, {words}", list(told))
    for code, times in findings.codes.items():
        report.count(f"matrix: found as {code}", times)


def _cells(tampered: Tampering, tables: Sequence[str]) -> Iterator[list[list[Change]]]:
    """The changes of each cell; of a brief form those of each table, in the order of a draw."""
    drawn = tampered.form == "brief"
    places = [list(filter(None, cells_of(tampered, model))) for model in Base.tables()]
    schema = list(schema_cells(tampered))
    if drawn:
        places = [tampered.dice.sample(cells, len(cells)) for cells in places]
        schema = tampered.dice.sample(schema, min(SCHEMA_DRAWN, len(schema)))
    for cells in (*places, *([cell] for cell in schema if cell)):
        if not tables or cells[0][0].cell.table in tables:
            yield from [cells] if drawn else ([cell] for cell in cells)
