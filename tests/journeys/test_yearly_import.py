"""The yearly register comes on a stick, and a clerk takes it over difference by difference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.models.register import Resident
from kiosk.services.audit.tables import verify_village
from tests.journeys.album import Album
from tests.journeys.hall import REGISTER, SMALL_SCREEN, Hall, screen, sign_in, tap
from tests.ui.touch import see, until

pytestmark = pytest.mark.long

OFFICES = """周根土,,1961-05-04,河埠路1号
王建国,,1958-11-20,桥南3号
解小燕,,1970-02-14,西巷5号
曾秀英,,1972-06-01,西巷9号
"""
GONE = "方志强"


def of_this_year() -> str:
    """A family came, somebody's telephone is known, and one line is no longer there."""
    kept = [line for line in REGISTER.splitlines() if not line.startswith(GONE)]
    guests = ("孙来客,男,1970-02-03,北街9号", "孙小客,女,1972-04-05,北街9号")
    lines = [*kept, *OFFICES.splitlines(), *guests]
    head = next(place for place, line in enumerate(lines) if line.startswith("姓名"))
    lines[head] += ",联系电话"
    return "\n".join(f"{x},13900001111" if x.startswith("林春生") else x for x in lines) + "\n"


def names(hall: Hall) -> set[str]:
    with hall.village.read() as session:
        return set(session.scalars(select(Resident.name).where(Resident.active)))


def test_a_yearly_register_is_taken_over(
    hall: Hall, album: Album, open_stage: Callable[..., MainWindow]
) -> None:
    stick = hall.folder / "drives" / "OFFICE"
    stick.mkdir(parents=True)
    (stick / "2027.csv").write_bytes(of_this_year().encode("gb18030"))
    stage = open_stage(**SMALL_SCREEN)
    tap(stage, "staff")
    sign_in(stage, hall.cards["解小燕"])
    screen(stage, "staff")
    tap(stage, "staff.differences")
    tap(stage, "differences.find_file")
    until(lambda: see(stage.window, "differences.files.0"), "the file")
    album.step(stage, "the-file-on-the-stick")
    tap(stage, "differences.files.0")
    until(lambda: see(stage.window, "differences.purpose.0"), "what for")
    album.step(stage, "what-for")
    tap(stage, "differences.purpose.0")
    until(lambda: see(stage.window, "differences.page.0"), "what differs")
    album.step(stage, "what-differs")

    tap(stage, "differences.page.0")
    tap(stage, "differences.accept_all")
    until(lambda: see(stage.window, "differences.sentences"), "what would come of it")
    album.step(stage, "told-before-it-happens")
    assert "孙来客" not in names(hall)
    tap(stage, "differences.carry_out")
    until(lambda: see(stage.window, "differences.go_on"), "that it is done")
    assert "孙来客" in names(hall)
    tap(stage, "differences.go_on")

    tap(stage, "differences.page.0")
    tap(stage, "differences.list.0")
    until(lambda: see(stage.window, "differences.accept"), "both sides")
    album.step(stage, "side-by-side")
    tap(stage, "differences.accept")
    tap(stage, "differences.carry_out")
    until(lambda: see(stage.window, "differences.go_on"), "that it is done")
    tap(stage, "differences.go_on")

    tap(stage, "differences.page.0")
    tap(stage, "differences.list.0")
    until(lambda: see(stage.window, "differences.at_the_desk"), "who is not in it")
    album.step(stage, "no-longer-in-it")
    tap(stage, "differences.at_the_desk")
    screen(stage, "register")
    until(lambda: see(stage.window, "register.purpose.0"), "what the household is opened for")
    album.step(stage, "the-household-at-the-desk")
    assert GONE in names(hall), "nobody goes by a file"
    assert verify_village(hall.village).consistent
