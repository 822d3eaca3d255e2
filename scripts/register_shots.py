"""The yearly register on a stick, for the pictures of what it says otherwise."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import select

from kiosk.models.register import Household, Resident
from scripts.shot_stage import ShotStage

_HEADS = ("户号", "街巷", "门牌号", "姓名", "出生日期", "与户主关系", "联系电话")
_FILE = "2027年名册.csv"


def compared(*taps: str) -> Callable[[ShotStage], None]:
    """A register is held beside the village's; as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("clerk")
        stage.open("differences")
        if not stage.shows("differences.page.0"):
            _put_on_a_stick(stage)
            stage.tap("differences.find_file")
            stage.tap("differences.files.0")
            stage.tap("differences.purpose.0")
        stage.item("differences.page.0")
        for name in taps:
            stage.tap(name)
        if taps:
            stage.item(_SHOWS.get(taps[-1], taps[-1].rpartition(".")[0] + ".0"))

    return go


_SHOWS = {
    "differences.list.0": "differences.leave",
    "differences.accept_all": "differences.carry_out",
    "differences.refused": "differences.refused_print",
    "differences.page.0": "differences.list.0",
    "differences.page.3": "differences.list.0",
}
"""What is there after a tap."""


def _put_on_a_stick(stage: ShotStage) -> None:
    folder = Path(stage.village.settings.drives) / "OFFICE"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _FILE).open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([_HEADS, *_of_next_year(stage)])


def _of_next_year(stage: ShotStage) -> Iterator[tuple[str, ...]]:
    """A few who are new, written otherwise, moved, perhaps the same, or left out."""
    columns = (Resident.name, Resident.born_on, Resident.relation, Resident.phone)
    doors = (Household.code, Household.lane, Household.number)
    with stage.village.read() as session:
        people = session.execute(
            select(*columns, *doors).join(Household).where(Resident.active).order_by(Resident.id)
        ).all()
    for place, (name, born_on, relation, phone, *door) in enumerate(people):
        born = born_on.isoformat() if born_on else ""
        if place in (40, 41, 42):
            phone = f"1390000{place:04}"
        elif place == 50:
            door = ["新60", "新街", "60"]
        elif place == 60:
            name = f"{name[:-1]}瑛"
        elif place == 70:
            continue
        yield (*door, name, born, relation, phone)
    for each in ("孙来客", "孙小客"):
        yield ("新61", "新街", "61", each, "1990-02-03", "", "")
    yield ("新62", "新街", "62", "", "1991-05-06", "", "")
    yield ("新62", "新街", "62", "周来客", "三月初七", "", "")
