from __future__ import annotations

from kiosk.services.cases.flow import table
from scripts import draw_flow


def test_the_drawing_in_docs_is_that_of_the_table() -> None:
    told = "run python -m scripts.draw_flow and commit docs/flow.md"
    assert draw_flow.FILE.read_text("utf-8") == draw_flow.page(), told


def test_every_move_of_every_track_is_drawn() -> None:
    drawn = draw_flow.page()
    for row in table.MOVES:
        for state in row.from_states:
            start = "[*]" if state == "draft" else state
            arrow = f"{start} --> {row.leads_to(state)}: {row.name} ({', '.join(row.who)})"
            assert drawn.count(arrow) >= len(row.tracks), arrow
