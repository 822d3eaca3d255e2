"""A concern that ended is forgotten: what remains of it, and that it ended by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Final

from kiosk.models.cases import Case, CaseMove
from kiosk.models.told_rows import parsed
from kiosk.services.audit.fold import cases
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.hall import open_days_of, was_closed
from kiosk.services.audit.fold.state import Entry, State, projected
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.cases.flow import due_dates, table
from kiosk.services.cases.flow.standing import track_of
from kiosk.services.ledger.contents import Told

REMAINS: Final = "remains"


@takes("forgotten")
def forgotten(state: State, entry: Entry, told: Told) -> None:
    """What was said in it is erased, and so was taken in by nobody; the next entry goes on."""
    state.forgotten = told["case"], entry.index
    state.owe(REMAINS)


@takes(REMAINS)
def remains(state: State, entry: Entry, told: Told) -> None:
    """What was said in it was erased; its rows are what this entry says of them."""
    tables = {each.__tablename__: each for each in projected()}
    rows = {
        name: [parsed(tables[name], row) for row in said] for name, said in told["rows"].items()
    }
    if not state.carries_over:
        for what in _refused(state, entry, told, rows):
            state.not_allowed(what)
    state.known_again(told["case"])
    state.ends.pop(told["case"], None)
    for name, said in rows.items():
        of = tables[name]
        state.drop(of, **{"id" if of is Case else "case_id": told["case"]})
        for row in said:
            state.put(of, **row)


def _refused(
    state: State, entry: Entry, told: Told, rows: dict[str, list[dict[str, Any]]]
) -> Iterator[str]:
    """Nothing is forgotten but a concern that came to its end as the rules say."""
    if state.forgotten != (told["case"], entry.index - 1) or state.get(Case, id=told["case"]):
        yield "was not forgotten"
    (said,) = rows[Case.__tablename__]
    case = SimpleNamespace(**{**said, "state": "draft", "due_at": None})
    moves = [SimpleNamespace(**each) for each in rows[CaseMove.__tablename__]]
    if case.kind != "concern" or told["case"] not in state.ends:
        yield "had not ended"
        return
    end, ended, then = state.ends[told["case"]]
    for move in sorted(moves, key=lambda each: each.ledger_index):
        if move.ledger_index >= end.index:
            break
        yield from _step(state, case, move)
    row = table.find(ended["from"], "concern", ended["move"], ended["role"])
    due = cases.due_of(end, ended, row, case)
    yield from cases.refused(state, end, ended, case, row, due, then)
    if row is not None and not row.forgets:
        yield "is not forgotten"


def _step(state: State, case: Any, move: Any) -> Iterator[str]:
    """One move of a case that is forgotten, whose entry was erased: all but who made it is known.

    Moves of version 0.1 are not judged.
    """
    track = track_of(case)
    rows = [
        row
        for row in table.MOVES
        if row.name == move.move and track in row.tracks and case.state in row.from_states
    ]
    written = state.erased.get(move.ledger_index)
    fits = written is not None and abs(written.at - move.at) <= SLACK
    if move.ledger_index > state.began and not (
        fits and any(_is(row, case, move, written) for row in rows)
    ):
        yield "not as its entries were"
    hall = open_days_of(state, move.at)
    dues = [
        due_dates.due_at(move.at, move.to_state, row.deadline, case.due_at, hall) for row in rows
    ]
    due: Any = dues[0] if len({*dues}) == 1 else UNSAID
    if move.to_state in due_dates.OWN and due and was_closed(state, due_dates.ends_on(due)):
        due = UNSAID  # it may have been moved by an entry that was erased, too
    case.state, case.due_at = move.to_state, due


def _is(row: table.Move, case: Any, move: Any, written: Any) -> bool:
    reached = row.leads_to(case.state)
    return (case.state, reached, written.kind) == (move.from_state, move.to_state, row.writes[0])
