"""All that a founding at the screen asks, answered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.paths import DataDirectory
from kiosk.services.upkeep import founding_form
from kiosk.services.upkeep.founding_notes import Notes

PEOPLE = (
    ("周根土", "1961-05-04", "东街", "1", ("officer",)),
    ("王建国", "19581120", "桥南", "3", ("officer", "clerk")),
    ("林春生", "1956 3 1", "东街", "12", ("keeper",)),
    ("林小满", "2015年6月21日", "东街", "12", ()),
)


def said(clock: SettableClock) -> Notes:
    """All that is asked, answered."""
    typed = {
        "name_zh": "杨桥村",
        "name_en": "Yangqiao",
        "origin": "yangqiao.example/good-deed-book",
        "assembly": village_day(clock.now()).isoformat(),
    }
    notes = Notes(typed=typed, unticked=("festival",))
    for name, born, lane, number, roles in PEOPLE:
        person = {
            "person_name": name,
            "person_born": born,
            "person_lane": lane,
            "person_number": number,
        }
        notes = replace(notes, typed={**notes.typed, **person}, roles=roles)
        notes = founding_form.with_person(notes, clock)
    return notes


def in_folder(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "village")
