"""Draw the state machine of a case into `docs/flow.md`, from the table that the program runs on.

Usage: python -m scripts.draw_flow
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.table import Move, State, Track

FILE = Path(__file__).resolve().parents[1] / "docs" / "flow.md"
TITLES: dict[Track, str] = {
    "own_deed": "A good deed of one's own",
    "nomination": "A neighbour's nomination",
    "concern": "A concern",
}
_HEAD = """# How a case moves

Drawn by `python -m scripts.draw_flow` from the table in `kiosk/services/cases/flow/table.py`, which
alone decides who may make which move from where, and what it brings with it. A test holds this page
to the table. Days are whole days in the village; `docs/decisions/deadlines-of-a-case.md` says when
they end. What a move prints comes out when it is made; what a clerk hands over with it was printed
before, once or more often.
"""


def page() -> str:
    """The whole page, as it should stand in `docs/`."""
    return "\n".join([_HEAD, *(_track(track) for track in table.TRACKS)])


def _track(track: Track) -> str:
    parts = [f"## {TITLES[track]}", "", "```mermaid", "stateDiagram-v2", *_arrows(track), "```", ""]
    return "\n".join([*parts, *_table(track), ""])


def _arrows(track: Track) -> Iterator[str]:
    leaving: set[State] = set()
    reached: set[State] = set()
    for row, state in _steps(track):
        start = "[*]" if state == "draft" else state
        reached.add(row.leads_to(state))
        leaving.add(state)
        yield f"    {start} --> {row.leads_to(state)}: {row.name} ({', '.join(row.who)})"
    for state in table.STATES:
        if state in reached - leaving:
            yield f"    {state} --> [*]"


def _table(track: Track) -> Iterator[str]:
    yield "| from | move | who | to | ends by itself | ledger | prints | hands over | forgets |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row, state in _steps(track):
        cells = (
            state,
            row.name,
            ", ".join(row.who),
            row.leads_to(state),
            _deadline(row),
            ", ".join(row.writes),
            row.prints,
            row.hands_over,
            "what was said" if row.forgets else "",
        )
        yield f"| {' | '.join(cells)} |"


def _deadline(row: Move) -> str:
    if row.deadline is None:
        return "never"
    if row.deadline == "kept":
        return "as before"
    return "at once" if row.deadline == 0 else f"{row.deadline} days"


def _steps(track: Track) -> Iterator[tuple[Move, State]]:
    for state in table.STATES:
        for row in table.MOVES:
            if track in row.tracks and state in row.from_states:
                yield row, state


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
